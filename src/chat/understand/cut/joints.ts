// Where a message may be cut: at its marks, and inside a breath where a new matter begins; and how each of these places looks.
import type { Entities } from '../entities/entities.ts';
import { beginsIn } from '../text/normalise.ts';
import { isQuestion, questionsIn } from './last-question.ts';

export interface Joint {
  /** Where what stands before it ends, and where the next matter begins, its turning word left out. */
  end: number;
  start: number;
  /** What speaks for or against a cut here, before anything is read. */
  signs: string[];
  /** Nothing begins here but a question: a cut only pays after something that is told. */
  onlyAsks?: boolean;
}

/** What turns to another matter. */
const TURN =
  /^(?:另外|另(?=[请问想])|还有(?!(?:一个|个)问题)|对了|顺[便手带](?:[把就])?|顺[便带]问(?:一?[下句])?|[再还]?问一?[下句]|再一个|还想问|此外|同时|哦对|等一?下|等等|先(?=通知)|(?:建|弄|定)好(?:以?后|了)(?:再|就)?(?=把|给|通知|发)|完了?(?=再|给|把|导|出|帮)|然后(?=我想|帮|问|再|给|把)|一[并块](?:儿)?(?=给|把|催|提醒|导|报|发)|再(?=帮|给|把|导|查|看|瞧|说|报|催|发|写|问|统计|排|提醒|通知|出|起|拟|告诉|按[这上]|照[这上]|算|汇总))[,\s]*/;
/** Goes on, with the same matter or with another. */
const THEN =
  /^(?:然后|接着|完了|后来|(?:学|开|听|培训|散|忙)完(?:了|会|课)?(?:就|又|我|直接)*(?=[去到跑])|(?:就|又|我)*直接(?=[去到跑]了)|还有(?=[^几多哪啥什谁没个两一]{2}))(?:呢|就是|嘛)?[,\s]*/;
/** Inside a breath: where a word begins that turns to something else, or that begins what people wish, ask or plan. */
const RUN_ON =
  /另外|对了|然后|接着|顺[便手带]|还有(?=[^几多哪啥什谁没个两]{2})|再(?=帮|给|把|导|催|问一?下|看看|提醒|查)|完了(?=再|给|把|导|出|帮|告诉)|直接(?=给|下|开|发)|(?:出门|出来|门口)(?=碰|有个|遇|又)|我(?=[明后]天|下周|这月|还|手上|想问|问一?下|原[来定])|(?:我)?还?想(?:请示|问)|(?:你|麻烦你?|请你?)?(?:帮我?|给我|替我)(?=[查看瞧催问排安记登导统算列打写提发出把拉撤开建]|[^,]{1,3}(?:一下|一声))|[明后]天|下(?:个)?(?:周|礼拜|星期|月)/g;
/** Asks for something to be done. */
const WISH =
  /^(?:请|麻烦)?(?:你)?(?:帮(?:我|忙)?|给(?!他|她)(?=[\u4e00-\u9fff])|替我|把|催|提醒|导|打|印|列|排|安排|发|写|起|统计|查(?!了)|看看|看一?下|瞧瞧|报个|算(?!过|是|了)|登|记(?!录|得)|通知|出个|拉|撤|删|作废|建|下(?:个|整改|通知)|开(?:个|单|通知|整改))/;
const WISHED =
  /(?:催|记|登|排|列|导|提醒|安排)(?:上|着|一下|一遍|一道|进去|出来|给我|一笔|下来|催)+(?:吧|了)?$/;
const ASKS = /[?吗]|几|哪|多少|谁|没(?:有)?$|什么|怎么|咋|啥|来着|([\u4e00-\u9fff])[没不]\1/;
/** "这个月我还剩谁", "我名下还差几家没去": what an inspector asks when a visit is told. */
const STILL_TO_GO =
  /^(?:那|再?告诉我|再问|问一?下|你?(?:给|帮)我?[查看数]*)?(?:我)?(?:这个?|本)?月?(?:我)?(?:这[边片]|名下|手[上里])?(?:是不是)?(?:还|总共|就|都|全)[^,.;]{0,4}(?:(?:剩|差|欠)(?:谁|哪|几[家所个])(?![^,.;]*(?:补|改|交|条|材料|动))|有(?:谁|哪|几)[^,.;]{0,4}没(?:去|跑|督)|跑完|去完)/;
const OWN =
  /^(?:我(?!们?(?:已|也|这就))|我们?(?:这月|手上|名下|还)|家长|有家长|有人|投诉|学习|培训|方案|自评|督导组|名单)/;
const WHEN =
  /^(?:[今昨前明后]天|[今昨明]儿?[早晚上下]?|上午|下午|早上|刚刚?|上?个?下?个?(?:周|礼拜|星期)[一二三四五六日末]|\d{1,2}[号日])/;
/** Tells how or why, or goes on: what follows it belongs to what stands before. */
const GOES_ON =
  /^(?:因为|所以|但是?|可是?|不过|就是|其实|说是|而且|也|都|只|才|还是|又|已经?|没|不|有(?!家长|人|个家长)|是|说|(?:我)?(?:让|叫|要求)|限|给(?:他|她|学校|园)|[一二两三四五六七八九十\d]+(?:天|周|个?(?:星期|礼拜|月))|(?:都|就|得|要|必须|务必))/;
/** "A的先不管,只把B的列出来", "A没问题,是B的灯坏了": not the one but the other, one matter. */
const NOT_BUT: Array<[RegExp, RegExp]> = [
  [
    /(?:先|暂时)?都?(?:先|不|别)(?:管|看|说|查|列|要|用)$|先?(?:放|搁)(?:着|一放|一边|放)$/,
    /^(?:就|只|光|单|仅)/,
  ],
  [/没(?:有)?(?:啥|什么)?(?:问题|事儿?|毛病|[那这]回事)$|好好的$/, /^(?:其实|原来|应该)?是(?![否不])/],
];
/** "作废重录和直接更正,按规定该走哪个?", "交给李秀英,她忙得过来吗": asked of what stands before. */
const BY_RULE =
  /^[她他](?:一个人)?(?:忙|管|跑|顾|应付)得(?:过来|了|住)|^(?:按规定|按理|一般|正常)[^,.;]{0,6}(?:该?[走用选]|是)?(?:哪|怎么|咋)/;
/** Granted only to be turned round, supposed, denied, or only a heading: what follows is said of it, and no cut is thought of. */
const HANGS =
  /^(收到|知道|看到|看|收|明白)是\1|^[^,]{0,4}(?:没有?|不是)(?:去|到|跑)[^,]{2,10}$|^不是[^,.;]{1,12}$|^(?!.*(?:没|无|未|有|了))[^,.;?]{0,8}[那这](?:个|条|份|项|件)$|要是|如果|假如|万一|的话$|^(?!(?:请|麻烦)?(?:你)?(?:帮我?)?(?:催|提醒|导出?|发|下|开|撤|作废)|.*(?:没|无|未|有|了))[^,.;?]{0,14}(?:[那这](?:个|条|份|项|件)|的)(?:整改|通知书?|事儿?|问题|材料|单子|记录|投诉|延期)$|^(?!.*(?:没|无|未|有|了|参加|下|发|开|整改|[收看接]到))[^,.;?]{0,12}(?:培训|会议|例会|通知|专项)$/;
/** Asked or told only so that the next thing may be done: "不交我去看", "不多的话给他", "写完导成word". */
const NEXT =
  /^(?:(?:要是|如果)?[不没][^,.;]{1,4}(?:的话|我|就)|(?:查|算|写|理|列|弄|改|看|发|排)?(?:完|好)了?(?=[再给把帮导出打做发印][^,]{2}))/;
const RECEIVED = /^(?:[^,.;]{0,10})(?:收到|收悉|签收|签了|知道了|看到了|看见了)[^,.;]{0,2}$/;

/** "034还得等厂家发货,|能不能拖到下周三": why more time is asked for belongs to the wish. */
const HELD_UP = /还?[得要需]等|没(?:到|发)?货|没(?:下来|批下来|到位|做完|弄完)|来不及|赶不上|赶不及|下了?单/;
const MORE_TIME =
  /^(?:我们?)?(?:能不能|可不可以|可否|能否|想|请求?|申请|麻烦)[^,.;]{0,6}(?:[拖延缓推]|宽限|放宽|再给|给到)/;

/** The joints of a message, in order. */
export function jointsOf(e: Entities): Joint[] {
  const { text, clauses } = e;
  const joints: Joint[] = [];
  clauses.forEach((clause, i) => {
    const before = clauses[i - 1];
    if (
      before &&
      before.mark !== '、' &&
      !BY_RULE.test(clause.text) &&
      !(HELD_UP.test(before.text) && MORE_TIME.test(clause.text)) &&
      !HANGS.test(before.text) &&
      !NOT_BUT.some(([not, but]) => not.test(before.text) && but.test(clause.text))
    )
      joints.push(joint(e, before.end, clause.start, before.mark));
    if (clause.text.length < 9) return;
    const inside = new Set([...clause.text.matchAll(RUN_ON)].map((m) => clause.start + m.index));
    for (const s of [...e.schools, ...e.notices])
      if (!/[,和跟与及、到去在给把从离过]$/.test(text.slice(0, s.start))) inside.add(s.start);
    for (const at of [...inside].sort((a, b) => a - b))
      if (at - clause.start >= 4 && clause.end - at >= 5) joints.push(joint(e, at, at, ''));
    for (const at of questionsIn(e, clause))
      if (!inside.has(at)) joints.push({ ...joint(e, at, at, ''), onlyAsks: true });
  });
  return joints;
}

/** "…没问题,|下周三再排一次阳光园": a school on a day to come, after another was told of. */
function isToCome({ today, dates, schools }: Entities, start: number, end: number): boolean {
  const inside = beginsIn({ start, end });
  const day = dates.find((d) => inside(d) && d.kind === 'day' && !d.limit);
  return (
    day !== undefined &&
    day.start - start < 6 &&
    schools.some((s) => inside(s) && !s.echo) &&
    day.resolve('near') > today.date.toString()
  );
}

const MARKS: Record<string, string> = { ',': 'comma', ' ': 'comma', '': 'run-on' };

function joint(e: Entities, end: number, from: number, mark: string): Joint {
  const { text } = e;
  const turn = TURN.exec(text.slice(from))?.[0] ?? '';
  const then = turn ? '' : (THEN.exec(text.slice(from))?.[0] ?? '');
  const start = from + turn.length + then.length;
  const right = text.slice(start);
  const clause = e.clauses.find((c) => c.end > start);
  const next = text.slice(start, clause?.end ?? text.length);
  const last = e.clauses.findLast((c) => c.start < end);
  const left = text.slice(last?.start ?? 0, end);
  const keys = (until: number, since = 0) =>
    [
      ...e.notices.map((n) => ({ ...n, key: n.no })),
      ...e.schools.map((s) => ({ ...s, key: s.code ?? s.text })),
    ]
      .filter((s) => s.start >= since && s.start < until)
      .sort((a, b) => a.start - b.start);
  const known = keys(end).map(({ key }) => key);
  const first = keys(start + 6, start)[0];
  const signs = [
    MARKS[mark] ?? 'stop',
    ...(turn ? ['turn'] : then ? ['onward'] : []),
    ...(first ? [known.includes(first.key) ? 'same' : known.length > 0 ? 'other' : 'named'] : []),
    ...(WISH.test(right) ? ['wish'] : []),
    ...(WISHED.test(next) ? ['wished'] : []),
    ...(WISHED.test(left) ? ['closed'] : []),
    ...(NEXT.test(right) ? ['next'] : []),
    ...(ASKS.test(next) ? ['asks'] : []),
    ...(isQuestion(next) && !/[?呢问]|吗/.test(left) ? ['question'] : []),
    ...(STILL_TO_GO.test(next) ? ['still-to-go'] : []),
    ...(ASKS.test(left) ? ['asked'] : []),
    ...(OWN.test(right) ? ['own'] : []),
    ...(WHEN.test(right) ? ['when'] : []),
    ...(GOES_ON.test(right) ? ['goes-on'] : []),
    ...(RECEIVED.test(left) ? ['received'] : []),
    ...(known.length > 0 && isToCome(e, start, clause?.end ?? text.length) ? ['to-come'] : []),
    ...(/^第[二三四](?:条|个|项)|^(?:其[它他]|没|剩下?)[^,.;]{1,6}的/.test(right) ? ['rest'] : []),
  ];
  return { end, start, signs };
}
