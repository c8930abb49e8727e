// What binds somebody must be said plainly: an act that is asked about, denied, supposed, put off or told of others is none.
import { likeliest, round } from './choose.ts';
import type { Weighed } from './cut.ts';
import { actsSo } from './polarity.ts';
import type { Intent, Reading } from './types.ts';

/**
 * How sure it must be. Of some 6,000 labelled lines one in three decisions on an extension that said neither yes nor no and were
 * less sure than this was one; of receipts none.
 */
const SURE: Partial<Record<Intent, number>> = { 'rect.extend_decide': 0.94, 'notice.ack': 0.6 };

/** What undoes, closes or binds: never the second guess. */
const BINDING: ReadonlySet<Intent> = new Set([
  'notice.ack',
  'notice.recall',
  'record.void',
  'rect.extend_decide',
  'rect.review',
  'flow.confirm',
]);

/** The words of an act, where it has some: one of them must be meant as said. */
const ACTS: Partial<Record<Intent, RegExp>> = {
  'notice.recall': /撤(?!开|离|走人)(?:回|销|掉|下)?|收回/g,
  'record.void': /作废|废(?:掉|了)?|删(?:掉|除|了)?|撤(?:销|掉|了)?|抹掉|去掉|取消|不算/g,
};

/** "要是周五前补全,我就给他过,现在先不动", "延不延的回头再说", "最多能延几天". */
const SUPPOSED =
  /(?:要是|如果|假如|等)[^.;]{2,16}[,就][^.;]{0,8}(?:给|让|同意|批|准|算|过)[^.;]{0,8}(?:先|再说|现在)/;
const LEFT_OPEN =
  /([\u4e00-\u9fff])不\1的?[^,.;]{0,4}(?:回头|以后|见面|改天|到时)|(?:先|暂时)(?:不|别)(?:动|定|批|办)$|没(?:吐口|松口|答应|表态|吭声)|先不算$|(?:申辩|申诉|异议)(?!.*整改)[^;]{0,12}(?:站得住|属实|成立|有理)/;
/** "校长打电话说018要缓到26号": somebody wishes it, and nobody here has said yes or no. */
const WISHED =
  /(?:[校园]长|学校|园里|园方|校方|他们|对方)[^,.;]{0,8}(?:说|讲|问|提出|想|来电)[^,.;]{0,10}(?:缓|延|宽限|拖)(?!.*(?:同意|批|准|行吧|可以|给他|不行|不给|不能|太长))/;
const WANTS_TO_KNOW = /(?:几天|多久|多少|几次|怎么|能不能|可不可以|行不行)[^,.;]{0,4}[?吗呢]?$/;
const DECIDES: ReadonlySet<Intent> = new Set(['rect.extend_decide', 'rect.review']);

/** "他说他收到了", "园长确认了没": a receipt of somebody else's, or one that is asked for. */
const OF_OTHERS =
  /(?:[他她]们?|对方|那边|[校园]长|督学|主任|[\u4e00-\u9fff]老师|家长)(?:他|她)?(?:说|讲|称|都|也|已经?|是不是)*[^,.;]{0,4}(?:收到|签收|签了|确认|知道|看到|明白)/;
const ASKED_FOR = /(?:收到|签收|签|确认|看到|知道)[^,.;]{0,2}(?:没有?|吗|么|不)(?=[,.?]|$)|是不是|有没有/;
/** Where a receipt is one matter of several, it must begin like one: "30号前落实" ends a plan. */
const RECEIVED =
  /^(?:好的?|嗯|对了)?(?:[^,.;]{0,6}(?:通知书?|文件|消息|要求|精神)|0?\d{2,3}号?)?(?:那[个条份张])?(?:已经?|都|我们?|我园|我校|本校|园里|学校)*(?:收到|收悉|知悉|已阅|签收|签了|签过了|签字|知道了|明白了?|好的|了解)(?!快|[^,.;]{0,6}天了)/;

/** `unsure`: neither said plainly nor denied. `not-meant`: asked about, denied, supposed, put off or told of somebody else. */
export type Doubt = 'unsure' | 'not-meant';

/** Whether what is likest to an act that binds is one; undefined where it is. `alone`: it is all that the message says. */
export function doubtOf(
  { intent, confidence, slots }: Reading,
  text: string,
  alone: boolean,
): Doubt | undefined {
  if (confidence < (SURE[intent] ?? 0) && slots.result === undefined) return 'unsure';
  const act = ACTS[intent];
  // beside other matters it must be named: "我让他们把人撤开了" takes nothing back
  if (act && (text.search(act) >= 0 ? !actsSo(text, act) : !alone)) return 'not-meant';
  if (DECIDES.has(intent) && (SUPPOSED.test(text) || LEFT_OPEN.test(text))) return 'not-meant';
  if (intent === 'rect.extend_decide' && WISHED.test(text)) return 'not-meant';
  if (intent === 'rect.extend_decide' && slots.result === undefined && WANTS_TO_KNOW.test(text))
    return 'not-meant';
  if (intent !== 'notice.ack') return undefined;
  return OF_OTHERS.test(text) || ASKED_FOR.test(text) || (!alone && !RECEIVED.test(text))
    ? 'not-meant'
    : undefined;
}

/** A guess less likely than this is no better than none. */
export const FAINT = 0.05;

/**
 * What it may be instead, never an emergency, which is heard in other ways; for what was not meant nothing that binds, and small
 * talk when there is hardly a guess. Undefined where the words allow only one thing.
 */
export function nextLikely(
  { likely, intent }: Weighed,
  doubt: Doubt,
): { intent: Intent; confidence: number } | undefined {
  if (!likely) return undefined;
  const barred = (other: Intent) =>
    other === intent || other === 'emergency.report' || (doubt === 'not-meant' && BINDING.has(other));
  const other = likeliest(likely).find((r) => !barred(r.intent));
  if (doubt === 'not-meant' && (!other || other.confidence < FAINT))
    return { intent: 'chat.other', confidence: FAINT };
  return other && { ...other, confidence: round(other.confidence) };
}
