// The slots of questions and exports: what it is to be about (area, school, stage, days, state), and which paper is wanted.
import type { AskedFigures, Metric } from '../../supervision/figures/query.ts';
import type { AskedLedger } from '../../supervision/ledger.ts';
import type { SchoolKind } from '../../supervision/roster/file.ts';
import { type Asks, type SlotKindOf, whichPerson } from './slot.ts';

const STAGE_WORDS: readonly [RegExp, SchoolKind][] = [
  [/幼儿园|园所|kindergarten/iu, 'kindergarten'],
  [/特校|特殊教育|special (?:school|education)/iu, 'special'],
  [/九年一贯|nine-year/iu, 'nine-year'],
  [/职中|职高|中职|职业/u, 'vocational'],
  [/高中|senior/iu, 'senior'],
  [/初中|junior/iu, 'junior'],
  [/小学|primary/iu, 'primary'],
];

/** Which schools and days a message is about, and what of them. Names of schools are taken out before a stage is looked for. */
export const scopeSlot: SlotKindOf = {
  read(reading, asks) {
    const { facts, text } = asks;
    const { slots } = reading;
    const scope: AskedLedger & AskedFigures = {};
    const period = slots.period ?? slots.date;
    if (period) scope.period = period;
    if (slots.audience && [...facts.book.areaCodeOf.values()].includes(slots.audience))
      scope.area = slots.audience;
    const school = slots.school === undefined ? undefined : facts.book.byName.get(slots.school);
    if (school) scope.school = school.id;
    const named = school !== undefined || (slots.school_candidates?.length ?? 0) > 0;
    const stage = named ? undefined : STAGE_WORDS.find(([words]) => words.test(text))?.[1];
    if (stage) scope.stage = stage;
    if (isMine(asks)) scope.mine = true;
    const { person } = slots;
    if (person !== undefined && person !== 'self') scope.person = person;
    Object.assign(scope, figuresIn(text, slots.metric));
    if (slots.items && speaksOfFindings(text, scope.metrics)) scope.items = [...new Set(slots.items)];
    const filter = filterIn(text);
    if (Object.keys(filter).length > 0) scope.filter = filter;
    const which = whichPerson(reading, (name) => ({ ...scope, person: name }));
    if (which) return which;
    return Object.keys(scope).length > 0 ? { value: scope } : undefined;
  },
  without: () => ({ value: {} }),
  view: (value) => value,
};

/** "我的台账", "我这学期的记录" of an inspector; "发我", "给我" say to whom, not whose. */
function isMine({ facts, text }: Asks): boolean {
  if (!facts.person.roles.includes('inspector')) return false;
  return /(?<![发给帮让传])我(?:的|自己|这|本|上|去|今|负责|管)|\bmy\b/iu.test(text);
}

const OF_FINDINGS: readonly string[] = ['findings', 'rate', 'time', 'overdue', 'relapse'] satisfies Metric[];

/** "食堂的", asked on from figures: no more than the item. */
const NAMES_IT = 6;

/** Only what was found is of an item: "食堂去了几次" asks for visits, whatever was looked at. */
const speaksOfFindings = (text: string, metrics: readonly string[] = []): boolean =>
  metrics.some((metric) => OF_FINDINGS.includes(metric)) ||
  (metrics.length === 0 && [...text.trim()].length <= NAMES_IT) ||
  (metrics.length === 0 &&
    /问题|隐患|毛病|整改|[类项]|方面|这块|几[条个起]|多少|problem|finding|issue/iu.test(text));

const METRIC_OF: Readonly<Record<string, Metric>> = {
  visits: 'visits',
  findings: 'findings',
  closing_rate: 'rate',
  coverage: 'coverage',
  overdue: 'overdue',
  relapse: 'relapse',
};
/** "各区每月覆盖率" is area by area: every month is the floor there. */
const GROUP_WORDS: readonly [RegExp, NonNullable<AskedFigures['group']>][] = [
  [/学段|by stage/iu, 'stage'],
  [/按(?:责任|片)?区|各(?:个)?(?:责任|片)?区|分区|分片|每个(?:责任|片)?区|by area/iu, 'area'],
  [/按学期|各学期|每学期|by semester/iu, 'semester'],
  [/按月|每个?月|逐月|各月|走势|趋势|by month|each month/iu, 'month'],
  [/八项|四项|按项|按事项|分项|哪[类项]|按类|占多少|by item/iu, 'item'],
];

function figuresIn(
  text: string,
  metric: string | string[] | undefined,
): Pick<AskedFigures, 'metrics' | 'group' | 'ranking'> {
  const said = [metric ?? []].flat().flatMap((one) => METRIC_OF[one] ?? []);
  const time = /用时|多长时间|多久|几天(?:能|才)|how long/iu.test(text) ? (['time'] as const) : [];
  const group = GROUP_WORDS.find(([words]) => words.test(text))?.[1];
  // "按八项" is about what was found, whatever else was asked.
  const item = group === 'item' && said.length > 0 ? (['findings'] as const) : [];
  const metrics = [...new Set([...said, ...time, ...item])];
  const ranking =
    /排名|排行|名次|(?:哪个|谁|哪位).{0,6}(?:最多|最少|最好|最差)|(?:各|按|每个?)督学|ranking/iu.test(text) &&
    !/哪[类项]/u.test(text);
  return {
    ...(metrics.length > 0 ? { metrics } : {}),
    ...(group ? { group } : {}),
    ...(ranking ? { ranking } : {}),
  };
}

function filterIn(text: string): NonNullable<AskedLedger['filter']> {
  const filter: NonNullable<AskedLedger['filter']> = {};
  if (/逾期|超期|到期(?:没|未)|overdue/iu.test(text)) {
    const days = /(\d+)\s*(?:天|日|days?)/u.exec(text)?.[1];
    filter.overdue = days ? Number(days) : 0;
  } else if (/未(?:整改|销号|办结|完成|闭环)|没(?:整改|改|销号|办结)|待整改|未关闭|\bopen\b/iu.test(text)) {
    filter.state = 'open';
  } else if (/已(?:整改|销号|办结|完成|关闭)|\bclosed\b/iu.test(text)) {
    filter.state = 'closed';
  }
  if (/严重|serious/iu.test(text)) filter.disposition = 'serious';
  return filter;
}

/** The paper that was named; the sheet of the ledger when only "export" was said. */
const PAPER_NAMES: readonly [RegExp, string][] = [
  [/一校一(?:清单|单)|一报告|学校清单|school checklist/iu, 'checklist'],
  [/回头看|look-?back/iu, 'look-back'],
  [/通知书|整改通知|rectification notice|notice no/iu, 'notice'],
  [/台账|问题清单|问题表|逾期|超期|整改(?:清单|情况|名单)|ledger|overdue/iu, 'ledger'],
  [/记录表|记录单|visit record\b/iu, 'visit'],
  [/督导记录|督导情况|入校|听课|visits|records/iu, 'visits'],
  [/统计|数据|figures|statistics/iu, 'figures'],
  [/明细|rows/iu, 'rows'],
  [/问题|findings/iu, 'ledger'],
];

export const paperSlot: SlotKindOf = {
  read(reading, { text }) {
    const kind = PAPER_NAMES.find(([words]) => words.test(text))?.[1];
    // One school's record, or what is wanted in Word, is the form; many are a sheet.
    const one = reading.slots.school !== undefined || /word|docx?|文档/iu.test(text);
    const form = kind === 'visits' && one && !/excel|xlsx?|表格/iu.test(text);
    return kind ? { value: form ? 'visit' : kind } : undefined;
  },
  view: (value) => value,
};

/** `031`, as numbers of papers are said. */
export const paperNumberSlot: SlotKindOf = {
  read: ({ slots }) => (slots.rect_no ? { value: slots.rect_no } : undefined),
  view: (value) => value,
};
