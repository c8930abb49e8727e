// Cuts a message that says two things ("…没问题,对了我这月还剩几所") into its parts, and only when both parts are sure of themselves.
import { besideDanger } from './beside-danger.ts';
import { clausesOf, normalise } from './normalise.ts';
import { compatible, ownMatter, SURE } from './pairs.ts';
import type { Intent, Reading } from './types.ts';

/** Intents that may stand beside another in one message, and how sure a part must be of each. */
const BESIDE: Partial<Record<Intent, number>> = {
  'visit.pending': 0.6,
  'visit.history': 0.7,
  'rule.query': 0.7,
  'rect.query': 0.7,
  'rect.list': 0.65,
  'assign.list': 0.75,
  'stats.query': 0.75,
  'notice.status': 0.7,
  'notice.recall': 0.6,
  'opinion.log': 0.7,
  'study.log': 0.7,
  'visit.plan': 0.65,
  'rect.review': 0.75,
  'rect.evidence': 0.6,
  'rect.plan': 0.65,
  'rect.extend_request': 0.7,
  'rect.remind': 0.75,
  'rect.issue': 0.75,
  'record.correct': 0.75,
  'notice.ack': 0.8,
  'emergency.report': 0.9,
  'visit.log': 0.8,
  'record.void': 0.75,
  'export.file': 0.7,
  'briefing.draft': 0.75,
  'assign.change': 0.8,
  'campaign.progress': 0.7,
  'rect.appeal': 0.9,
  'notice.broadcast': 0.9,
  'opinion.list': 0.8,
  'help.show': 0.9,
};
/** These take what follows as their own text. */
const GREEDY: ReadonlySet<Intent> = new Set([
  'notice.broadcast',
  'opinion.reply',
  'rect.plan',
  'rect.appeal',
  'comp.avoidance',
  'lesson.log',
  'record.correct',
]);
const TURN =
  /^(?:另外|还有(?!(?:一个|个)问题)|对了|顺[便手](?=[把给再导报发统催回登记撤提起写出拉])|顺[便带](?:问|帮|查(?!收费))?|再?问一?下|再一个|还想问|此外|同时|哦对|等下|等一下|等等|然后(?:我想|帮|问)|再(?=帮|给|把|导|查一?下|看看(?!情况)|看一下|说说|报一?下|催|发(?:个|条|通知)|写|问|统计))/;

/** Only names what the rest is about: "石佛小学那个整改,我去看了". */
const TOPIC =
  /^(?!.*(?:没|无|未|有|了))[^,.;?]{0,14}(?:[那这](?:个|条|份|项|件)|的)(?:整改|通知书?|事儿?|问题|材料|单子|记录|投诉|延期)$|^(?!.*(?:没|无|未|有|了|参加|下|发|开|整改))[^,.;?]{0,12}(?:培训|会议|例会|通知|专项)$/;
/** Begins like a matter of its own. */
const STARTS =
  /^(?:我(?!们?(?:已|也|这))|下周|下礼拜|明天|后天|家长|学习|投诉|(?:今天|昨天|前天|上午|下午)(?:去|到|学|参加|培训)|\d{3}|有家长|第[二三四]条)/;
/** Begins like a school's name. */
const NAMED = /^[\u4e00-\u9fff]{1,6}(?:小学?|中学?|园|校|学校|实验|高中)(?!时|心)/;

/** The parts in order; one part when nothing speaks for a cut. `read` must be cheap: it is called a few times. */
export function splitMessage(raw: string, read: (part: string) => Reading): string[] {
  const text = verdictsApart(normalise(raw));
  const recall = recallThenSend(text);
  if (recall) return recall;
  const clauses = clausesOf(text);
  if (clauses.length < 2 || clauses.length > 24) return [text];
  const whole = read(text);
  const each = oneByOne(whole, clauses, read);
  if (each) return each;
  if (whole.intent === 'emergency.report') return besideDanger(text, clauses, read, TURN);
  const cut = cutAt(text, clauses, read, GREEDY.has(whole.intent) && whole.confidence > 0.6, whole);
  return cut ?? [text];
}

const VERDICT =
  '(?:不?合格|不?通过|不?到位|不?达标|没过|过了|不过关|不过|过|销号|退回|打回|驳回|不行)(?:了)?';
const TWO_VERDICTS = new RegExp(
  `(\\d{3}号?[^\\d,.;]{0,4}${VERDICT})(?=\\d{3}号?(?!\\d)[^\\d,.;]{0,4}${VERDICT})`,
  'g',
);

/** "031合格028不合格": each notice has its own verdict, with or without a comma. */
function verdictsApart(text: string): string {
  return text.replace(TWO_VERDICTS, '$1,');
}

function recallThenSend(text: string): string[] | undefined {
  if (
    !/撤回|收回|撤(?:了|掉|下|(?=[,.;!\s]))/.test(text) ||
    !/重发|重新发|再(?:给|发|通知)[^,.;]{0,12}|改(?:成|到|为)?(?:周|明|后|下|\d|[一二三四五六七八九十])/.test(
      text,
    )
  )
    return undefined;
  const again = text.search(/(?:,)?(?:重发|重新发|再(?:给[^,.;]{1,12}发|发(?!现)|通知))/);
  const at =
    again > 0 ? again : text.search(/[,.;\s]改(?:成|到|为)?(?:周|明|后|下|\d|[一二三四五六七八九十])/);
  if (at <= 0) return undefined;
  // "先撤回上一条": what is recalled is a notice, as there is one to send again
  const first = text.slice(0, at);
  return [/通知|消息/.test(first) ? first : `${first}通知`, `通知${text.slice(at).replace(/^[,.;\s]/, '')}`];
}

/** "二实小031通过,一中028退回": verdicts on different schools or notices never run together. */
function oneByOne(
  whole: Reading,
  clauses: readonly Piece[],
  read: (part: string) => Reading,
): string[] | undefined {
  if (!/^rect\.(?:review|extend_decide)$/.test(whole.intent)) return undefined;
  if (!whole.slots.schools && !whole.slots.rect_nos) return undefined;
  const parts: string[] = [];
  for (const clause of clauses) {
    const { slots } = read(clause.text);
    const starts =
      slots.school !== undefined || slots.rect_no !== undefined || /^\d{3}(?!\d)/.test(clause.text);
    if (starts || parts.length === 0) parts.push(clause.text);
    else parts[parts.length - 1] += `,${clause.text}`;
  }
  const results = parts.map((p) => read(p)).map((r) => r.slots.result);
  return parts.length > 1 && results.every(Boolean) ? parts : undefined;
}

interface Piece {
  start: number;
  text: string;
}

/** Intents whose words ask. */
const ASKING =
  /\.(?:pending|history|list|query|status|progress)$|^(?:rule|help|export|briefing)\.|^rect\.extend_request$/;

/**
 * The one place where cutting gives two different intents, both sure; turning words and question marks count in favour.
 * With `greedy`, when the whole takes what follows as its own text, only a question that a turning word starts is cut off.
 */
function cutAt(
  text: string,
  clauses: readonly Piece[],
  read: (part: string) => Reading,
  greedy: boolean,
  whole: Reading,
): string[] | undefined {
  let best: { parts: string[]; worth: number } | undefined;
  for (const clause of clauses.slice(1)) {
    const left = text.slice(0, clause.start).replace(/[,.;\s]+$/, '');
    const rightRaw = text.slice(clause.start);
    const turned = TURN.test(rightRaw);
    const right = rightRaw.replace(TURN, '').replace(/^[,\s]+/, '');
    if (right.length < 4 || left.length < 2 || TOPIC.test(left)) continue;
    // "通知要是撤回了,看过的人还能看到吗": supposed, not done
    if (!turned && /要是|如果|假如|万一|的话$/.test(left)) continue;
    // "收到是收到了,可…": granted only to be turned round
    if (/^(收到|知道|看到|看|收|明白)是\1/.test(left)) continue;
    // "一中,不是二中": what it is not is no matter of its own
    if (/^不是(?!.*[,\s]?是)/.test(right)) continue;
    if (/^[^,]{0,4}(?:没|没有|不是)(?:去|到|跑)[^,]{2,10}$/.test(left)) continue;
    const asks = /[?吗]|几|哪|多少|谁|没(?:有)?$|什么|怎么|咋/.test(
      right.replace(/没(?:有)?(?:什么|啥|几)/g, ''),
    );
    // another school at the head of a clause may be another matter
    const starts = STARTS.test(right);
    const fresh = !starts && clauses.length <= 4 && NAMED.test(right);
    const acks = /^(?:好的?,?|\d{3}号?)?(?:已?收到|知道了)/.test(left) && left.length < 8;
    if (!turned && !asks && !acks && !fresh && !starts) continue;
    const b = read(right);
    if (greedy && !ownMatter(whole, b, turned, asks)) continue;
    const needed = BESIDE[b.intent];
    if (b.intent === 'notice.broadcast' && !turned) continue;
    const a = read(left);
    // "家长反映…,我明天去核实" goes to the school that was complained of
    const there = a.intent === 'opinion.log' && a.slots.school !== undefined;
    if (b.intent === 'visit.plan' && !b.slots.school && !b.slots.schools && !turned && !there) continue;
    if (
      needed === undefined ||
      b.confidence <
        needed -
          (turned || (acks && b.intent === 'rect.plan' && /换|改|修|装|清|整|补|弄/.test(right)) ? 0.15 : 0)
    )
      continue;
    if (!turned && !acks && (a.confidence < SURE.left || b.confidence < SURE.right)) continue;
    // a question that only stands there as one must be what is read of it
    if (asks && !turned && !starts && !fresh && !ASKING.test(b.intent)) continue;
    if (a.intent === b.intent || a.confidence < 0.6 || /^(?:chat|help)\./.test(a.intent)) continue;
    // "算了这条不记了,语音怎么用": what ends or confirms must be plain when something else follows
    if (a.intent.startsWith('flow.') && (a.confidence < SURE.right || !(turned || asks))) continue;
    // "第二条重,算严重": a grade of what was just told puts nothing right
    if (
      b.intent === 'record.correct' &&
      /^(?:visit\.log|finding\.report|rect\.issue)$/.test(a.intent) &&
      /^(?:第[一二三四五六]|[头前最后]+[一两二三]?)(?:个|条|项|样)(?!.*(?:错|不是|应该|改成|改为|换成))/.test(
        right,
      )
    )
      continue;
    // what the whole message does not tell of, no part of it may
    if (a.intent === 'emergency.report' || b.intent === 'emergency.report') continue;
    if (!compatible(a, b, turned, right)) continue;
    if (
      fresh &&
      !turned &&
      !asks &&
      (a.slots.school === b.slots.school || !a.slots.school || !b.slots.school)
    )
      continue;
    const worth = a.confidence + b.confidence + (turned ? 0.5 : 0) + (asks ? 0.2 : 0);
    if (!best || worth > best.worth) best = { parts: [left, right], worth };
  }
  return best?.parts;
}
