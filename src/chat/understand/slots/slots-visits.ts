// Slots of visits and findings: where, when, how, with whom, what was seen, till when; and of visits to come.

import { sessionOf } from '../entities/entities.ts';
import { visitedOn } from '../entities/visited-on.ts';
import { maskPersonal } from '../text/mask.ts';
import type { ItemCode, Session, Slots } from '../types.ts';
import { companionsOf, onBehalfOf } from './companions.ts';
import {
  areKindergartens,
  deadline,
  elsewhere,
  type Facts,
  foundIn,
  movedTo,
  nameOf,
  schoolSlots,
  strip,
} from './facts.ts';
import { limitOf } from './limits.ts';
import { whyOf } from './reasons.ts';
import { days, span } from './slots-ask.ts';

/** What was found, and whether findings have deadlines of their own. */
function seen(f: Facts): { slots: Slots; ownLimits: boolean } {
  const all = foundIn(f, f.e.clauses);
  // "昨晚跳了闸,今天我去看,插排还在乱拉": what was before is no finding of the visit that found something
  const went = visitedOn(f.e);
  const since =
    went &&
    foundIn(
      f,
      f.e.clauses.filter((c) => c.end > went.start),
    );
  const found = since && since.findings.length > 0 ? since : all;
  const findings = found.findings.map(({ start: _start, ...rest }) => ({
    ...rest,
    text: maskPersonal(rest.text, f.context.roster.people),
  }));
  if (found.notClean) f.flags.add('not-clean');
  const items = [...new Set(findings.flatMap((x): ItemCode[] => (x.item ? [x.item] : [])))];
  return {
    slots: {
      ...(findings.length > 0 ? { findings, items } : {}),
      ...(found.noFindings ? { no_findings: true } : {}),
      ...(found.highlight ? { highlight: found.highlight } : {}),
    },
    ownLimits: found.ownLimits === true,
  };
}

/** What is reported as a problem has one, though no word of it says so: "炒菜咸得要命". */
export function likeliest(f: Facts): Slots {
  const found = foundIn(f, f.e.clauses).likeliest;
  if (!found) return {};
  const { start: _start, ...rest } = found;
  const severity = f.findings.severityOf(f.e.text);
  const text = maskPersonal(rest.text, f.context.roster.people);
  return {
    findings: [{ ...rest, text, ...(severity ? { severity } : {}) }],
    ...(rest.item ? { items: [rest.item] } : {}),
  };
}

/** "信访登记:…", "…,登记一下": that it is to be written down is no subject of it. */
const ENTERED = /(?:^|,)(?:你|请|帮我|先|信访|投诉|意见)*(?:登记|记录)(?:一下|上|下来)?(?=[:,]|$)/g;

/** The items that the message as a whole speaks of; `beside`: words in it that are no subject of it. */
export function withItems(f: Facts, beside = ENTERED): Slots {
  const text = f.e.clauses
    .map((c) => strip(f.e, c))
    .join(',')
    .replace(beside, '');
  const items = f.findings.itemsOf(text, areKindergartens(f));
  return items.length > 0 ? { items: items.slice(0, 2) } : {};
}

const TOLD = /(?:说是?|反映|投诉|举报|抱怨|提到|称|问)(?!明|一?下|了吗)[:,]?(?=[^,.;]{2})/;
const FEE = /补课费|保教费|住宿费[^,.;]{0,6}(?:超|多收|乱)|费[^,.;]{0,10}(?:没给票|不给票|不退|超标准)/;
const CHARGED = /^(?!.*(?:补课|家教|办班|补习)).*(?<!没)[收要交](?:了|取|的)?[^,.;]{0,6}(?:费|钱|[元块])/;

/** What somebody complained of: the words after "说", not where and how he said it; what money is taken for is no subject. */
export function complainedOf(f: Facts): Slots {
  const told = TOLD.exec(f.e.text);
  const from = told ? told.index + told[0].length : 0;
  const all = withItems(f);
  if (CHARGED.test(f.e.text.slice(from)) || FEE.test(f.e.text)) return { items: ['I2'] };
  const items = told ? f.findings.itemsOf(f.e.text.slice(from), areKindergartens(f)) : [];
  return items.length > 0 ? { items: items.slice(0, 2) } : all;
}

/** Lessons heard, hours of training and a ranking are figures of their own, and no item. */
const COUNTED_BESIDE = /听(?:了|过|评)*课|(?:不|别|不要|不用|无需)?排(?:名次?|行榜?)|培训|学时/g;
const KINDERGARTENS = /幼儿园|园所|各园/;
const OTHER_SCHOOLS = /小学|[初高中]中|中学|学校|各校/;

/** What a question is about: "第三项", "吃的方面", else the items whose words it has; of kindergartens alone, their own four. */
export function askedItems(f: Facts): Slots {
  const spoken = f.parts.spokenItems(f.e.text);
  const alone = KINDERGARTENS.test(f.e.text) && !OTHER_SCHOOLS.test(f.e.text);
  const ofKindergartens = (areKindergartens(f) || alone) && !spoken.some((item) => item.startsWith('K'));
  const own = ofKindergartens ? f.findings.itemsOf(f.e.text.replace(COUNTED_BESIDE, ''), true) : [];
  if (own[0]?.startsWith('K')) return { items: own.slice(0, 1) };
  return spoken.length > 0 ? { items: spoken } : withItems(f, COUNTED_BESIDE);
}

/** A visit as it was told: where, when, how, with whom, what was found, till when. */
export function visit(f: Facts): Slots {
  const date = visitedOn(f.e)?.resolve('past') ?? days(f, 'past') ?? thisMorning(f);
  const doubtful = f.e.today.hour < 5 && f.e.dates.some((d) => d.today && !d.limit);
  if (doubtful) f.flags.add('small-hours');
  const said = f.parts.methods(f.e.text);
  const methods = f.e.lessons && !said.includes('lesson') ? [...said, 'lesson' as const] : said;
  const whose = onBehalfOf(f.e);
  const companions = companionsOf(f.e).filter((name) => name !== whose);
  const { slots: parts, ownLimits } = seen(f);
  const looked = parts.items ? {} : withItems(f);
  return {
    ...schoolSlots(f),
    ...(date && !doubtful ? { date } : {}),
    session: halfOf(f) ?? (AT_HOUR.test(f.e.text) ? 'am' : undefined),
    ...(methods.length > 0 ? { methods } : {}),
    ...(f.e.lessons ? { lessons: f.e.lessons } : {}),
    ...(companions.length > 0 ? { companions } : {}),
    ...(whose ? { person: whose } : {}),
    ...looked,
    ...parts,
    ...(ownLimits ? {} : deadline(f.e, date?.split('/')[0])),
  };
}

/** Both halves are named, and one of them is of another place or of what was found: "上午去的二中,下午东关园没进去门". */
function halfOf(f: Facts): Session | undefined {
  const { session, clauses, text } = f.e;
  if (session !== 'day' || /天/.test(text.replace(/[今昨前]天/g, ''))) return session;
  const aside = elsewhere(f);
  const [first, ...more] = clauses.filter(
    (c) => sessionOf(c.text) !== undefined && !aside(c) && !f.findings.isProblem(c.text),
  );
  return first && more.length === 0 ? sessionOf(first.text) : session;
}

/** "刚从一中出来", "我这会儿在东关": of now. */
const NOW =
  /(?:^|[,.;\s我])(?:这会儿?|现在|刚刚?|刚才|正)(?:从|到|进|出|在|去|跑|看|查|听|转|离开)|(?:^|[,.;\s我])(?:这会儿?|此刻|现在)(?:就|正|人)?在/;

/** "东关小学刚看完": behind the school too. */
const JUST_DONE =
  /刚(?:刚|才)?(?:从[^,.;]{1,8})?(?:看|跑|走|转|去|听|查|督|出)(?:完|过|来)(?:了|的)?(?=$|[,.;\s])/;

/** "九点半从特校出来": an hour of the morning, as the start of a visit. */
const AT_HOUR =
  /(?<!下午|晚上|十|\d)(?:[七八九十]|十一|[7-9]|1[01])点(?:半|多|来钟|一刻|\d{1,2}分?)?钟?(?:就|才|左右)*(?:从|到|去|进|出|在|赶)/;

/** "上午去了一中" is of today, unless that half of the day is still to come (DOMAIN §6.4). */
export function thisMorning({ e }: Facts): string | undefined {
  if (e.dates.some((d) => !d.limit) || e.today.hour < 5) return undefined;
  if (
    NOW.test(e.text) ||
    (JUST_DONE.test(e.text) && e.schools.length > 0) ||
    (AT_HOUR.test(e.text) && e.today.hour >= 9)
  )
    return e.today.date.toString();
  // "一实小上午的演练": the half of the day stands behind the school as well
  const text = e.schools.reduceRight((t, s) => `${t.slice(0, s.end)},${t.slice(s.end)}`, e.text);
  const half =
    /(?:^|[,.;\s]|我们?|俺们?)(?:(上午|早上|早晨|一早)|下午|中午|傍晚)(?![^,]{0,6}(?:要|想|打算|准备|再去|会去))/.exec(
      text,
    );
  if (!half || (!half[1] && e.today.hour < 12)) return undefined;
  return e.today.date.toString();
}

/** A visit to come. */
export function plan(f: Facts): Slots {
  // "今天不在,我明天再去": a day that is over or failed is not the day planned
  const today = f.e.today.date.toString();
  const named = f.e.dates.filter((d) => d.kind === 'day' && !d.limit);
  const each = named.map((d) => d.resolve('future'));
  const ahead = each.length > 1 && (each[0] ?? '') <= today ? each.find((d) => d > today) : undefined;
  const date =
    movedTo(f.e)?.resolve('future') ?? ahead ?? days(f, 'future') ?? limitOf(f.e)?.resolve('future');
  const period = span(f, 'future');
  // "下午去大河中学": no other day is named, so it is today's
  const soon = f.e.session === 'pm' && named.length === 0 && !period ? today : undefined;
  const methods = f.parts.methods(f.e.text);
  const companions = companionsOf(f.e);
  return {
    ...schoolSlots(f),
    date: date ?? period ?? soon,
    ...(period ? { period } : {}),
    session: f.e.session,
    time: f.e.time,
    ...(methods.length > 0 ? { methods } : {}),
    ...(companions.length > 0 ? { companions } : {}),
    ...(f.e.lessons ? { lessons: f.e.lessons } : {}),
    ...withItems(f),
    person: f.e.people.find(({ name }) => !companions.includes(name))?.name,
    due: limitOf(f.e)?.resolve('future'),
    reason: whyOf(f.e),
  };
}

/** "我去的是一中,可隔壁二实小墙倒了": the danger is at the school that is only named on the way. */
export function nextDoor({ e, context }: Facts): Slots {
  const there = e.schools.find(
    (s) =>
      s.code &&
      /(?:^|[,.;])(?:可|但|结果|不过|就)?(?:是)?(?:隔壁|对面|旁边|路过)(?:的)?$/.test(
        e.text.slice(0, s.start),
      ) &&
      /^[^,.;]{2,}/.test(e.text.slice(s.end)),
  );
  return there?.code ? { school: nameOf(context, there.code), schools: undefined } : {};
}

const SUBJECT = /语文|数学|英语|物理|化学|生物|历史|地理|政治|道法|科学|音乐|美术|体育|信息|劳动|心理/g;

/** "听了五年级一班的语文": as many lessons as subjects are named. */
export function subjectsHeard(text: string): number | undefined {
  return /听/.test(text) ? new Set(text.match(SUBJECT)).size || undefined : undefined;
}
