// Chooses the intent: what the examples say, weighed by the sender's role, by the shape of the message and by the open question.

import type { Entities, Span } from '../entities/entities.ts';
import type { FindingReader } from '../findings/findings.ts';
import { parseYesNo } from '../findings/verdicts.ts';
import { classifierOf, softmax } from '../learn/classify.ts';
import { featureReader, maskNumbers } from '../learn/features.ts';
import { learntFrom, type Taught } from '../learn/learnt.ts';
import { remembered } from '../text/remembered.ts';
import { type Candidate, type Context, INTENTS, type Intent } from '../types.ts';
import { likelihoods } from './roles.ts';
import { shapeOf } from './shape.ts';

export interface Choice {
  intent: Intent;
  confidence: number;
  /** The next likely ones, to be offered when the first is not sure. */
  others: Candidate[];
  /** How likely each intent is, in the order of INTENTS; undefined where the words can only be one thing. */
  likely?: Float32Array;
}

/** A stretch of the message with the intent that it has when it stands alone. */
export interface Weighed extends Choice {
  e: Entities;
}

/** What is `safe` is no emergency, whatever it may be like. */
export type Chooser = (e: Entities, context: Context, safe: boolean) => Choice;

/** The chooser that the office's words teach; what they taught is kept in `cacheDir`, if there is one. */
export function chooser(taught: Taught, findings: FindingReader, cacheDir?: string): Chooser {
  const classifier = classifierOf(learntFrom(taught, cacheDir), featureReader(taught.concepts));
  // people say the same of other schools and days all day long, and a message is weighed in many stretches
  const scores = remembered((masked) => classifier.scores(masked));
  const roleTables = new Map<string, Float64Array>();
  return (e, context, safe) => {
    const plain = plainAnswer(e, context);
    if (plain) return { intent: plain, confidence: 0.98, others: [] };
    if (/^[\d\s.,]+$/.test(e.text)) return { intent: 'chat.other', confidence: 0.3, others: [] };
    if (onlySchools(e)) return { intent: 'visit.log', confidence: 0.4, others: BARE };
    const p = Float32Array.from(scores(maskSpans(e)));
    const key = context.sender.roles.join();
    const role = roleTables.get(key) ?? Float64Array.from(likelihoods(context.sender.roles), Math.log);
    roleTables.set(key, role);
    const shape = shapeOf(e, context, findings);
    // what a role never means has a logarithm below everything
    for (let c = 0; c < p.length; c++) {
      const intent = INTENTS[c];
      p[c] = (p[c] ?? 0) + (role[c] ?? 0) + ((intent && shape[intent]) ?? 0);
    }
    softmax(p);
    const ranked = likeliest(p);
    // the ear has heard no danger: a faint likeness to one raises no alarm
    const alarmed = ranked[0]?.intent === 'emergency.report';
    const first = alarmed && (safe || (ranked[0]?.confidence ?? 0) < ALARM) ? 1 : 0;
    const likely = ranked[first];
    const none = { intent: 'chat.other' as const, confidence: likely?.confidence ?? 0 };
    // what is left when no danger is taken for one is often nothing
    const best = !likely || (first === 1 && likely.confidence < GUESS) ? none : likely;
    return { ...chosen(best, ranked), likely: p };
  };
}

interface Ranked {
  intent: Intent;
  confidence: number;
}

/** The choice as it is told, and where it is not sure, the likeliest ones to be offered beside it. */
export function chosen(best: Ranked, ranked: readonly Ranked[]): Choice {
  const others = ranked
    .filter((r) => r.confidence > 0.05)
    .map((r): Candidate => ({ kind: 'intent', ...r, confidence: round(r.confidence) }));
  return {
    intent: best.intent,
    confidence: round(best.confidence),
    others: best.confidence < 0.8 ? others : [],
  };
}

const OFFERED = 4;

/** The likeliest few intents, the likeliest first; of equal ones the first in the order of INTENTS. Each stretch of a message asks: no list of all is made. */
export function likeliest(p: Float32Array): Ranked[] {
  const best: number[] = [];
  for (let c = 0; c < p.length; c++) {
    let at = best.length;
    while (at > 0 && (p[best[at - 1] ?? 0] ?? 0) < (p[c] ?? 0)) at--;
    if (at >= OFFERED) continue;
    best.splice(at, 0, c);
    best.length = Math.min(best.length, OFFERED);
  }
  return best.flatMap((c) => (INTENTS[c] ? [{ intent: INTENTS[c], confidence: p[c] ?? 0 }] : []));
}

/** Likeness to the examples of emergencies that is taken for one. */
const ALARM = 0.85;

/** Beside a likeness that is discarded, less than this is no guess. */
const GUESS = 0.1;

/** A school's name and nothing else says what it is about, not what is wanted. */
function onlySchools(e: Entities): boolean {
  if (e.schools.length === 0) return false;
  let rest = e.text;
  for (const s of e.schools) rest = rest.replace(s.text, '');
  return rest.replace(/[,.;!?、\s和跟的]/g, '') === '';
}

const BARE: Candidate[] = [
  { kind: 'intent', intent: 'visit.log', confidence: 0.4 },
  { kind: 'intent', intent: 'finding.report', confidence: 0.3 },
  { kind: 'intent', intent: 'visit.history', confidence: 0.2 },
];

/** To hundredths, as confidences are told. */
export const round = (n: number) => Math.round(n * 100) / 100;

const CANCEL =
  /^(?:(?:请|先|还是|那就)*(?:取消|放弃|停止|中止)(?:本次|这次|刚才的?|这个|这条|当前)?(?:发送|提交|登记|操作|录入|填报|记录|上报|填写|流程)(?:吧|了)?|(?:(?:不(?:要|用|记|发|录|登|报|写|弄|提交)|别(?:记|发|录|弄|提交|登|写|报))了?){1,3}|撤了吧,?\s?(?:先)?不(?:写|要|录|记|弄|发)了|(?:我|那)?(?:取消|算了|退出|放弃|停|停止|撤了|罢了)(?:吧|了|掉)?|(?:(?:这|那|刚才那)(?:个|条|份|次)?)?(?:先|就|暂时|都)?(?:不|别|甭)(?:要|记|发|弄|录|写|搞|报|提交|登记|整|说|办|填|存|保存|登|做|干|管|用)(?:了|啦|吧)*(?:我(?:看|弄|搞|写)错了)?(?:,?(?:先放着|算了|取消|以后再说|回头再说))*|(?:先)?(?:放着|搁着)(?:吧|再说)?|当我没说|(?:以后|回头|改天)再(?:说|弄|记)|(?:算了|取消),?.{0,4}(?:刚才|这条|那条|这个|那个|上面).{0,6}(?:不要|别|取消|不算|不记|不用)?(?:了)?)[.!]*$/;
const HELP =
  /^(?:帮助|菜单|help|\?|怎么用|使用(?:说明|帮助|手册)|功能(?:列表|菜单)?|说明书?|主菜单|指令|命令)$/;
const ACK =
  /^(?:嗯+,?|好的?,?)?(?:已)?(?:收到|收悉|已阅|阅|知道了|明白了?|了解了?|签收|确认收到|晓得了)(?:了|啦|通知|,?谢谢(?:您|领导|老师)?|,?辛苦(?:了|您了)?|,?好的)*[.!]*$/;

/** "发到第三片区群:…": what follows is what the group is to read, whatever it is like. */
const TO_A_GROUP = /^(?:请|帮我|麻烦)?(?:发|转)(?:送|发)?(?:到|给|在)[^:,.;]{1,12}群里?:/;
/** "通知王建国、李四光:…" from who may. */
const TO_PEOPLE = /^(?:请|帮我|麻烦)?通知(?!书)[^:,.;]{2,20}:/;
const ofOffice = ({ sender }: Context) => sender.roles.some((r) => r === 'office' || r === 'director');

/** Short messages that can only be one thing; 确认 and 好 as well, whether or not a question is open. */
function plainAnswer(e: Entities, context: Context): Intent | undefined {
  const text = e.text.replace(/[.!~\s]+$/, '');
  if (HELP.test(text)) return 'help.show';
  if (CANCEL.test(text) && !/留着|保留|还是要/.test(text)) return 'flow.cancel';
  if (ACK.test(text))
    return context.expecting?.includes('confirm') && !/收/.test(text) ? 'flow.confirm' : 'notice.ack';
  if (TO_A_GROUP.test(text) || (ofOffice(context) && TO_PEOPLE.test(text))) return 'notice.broadcast';
  // "行?" is no yes, and asks for no rule
  if (/^(?:行|好|可以|对|是|成|中)[?]+$/.test(text)) return 'chat.other';
  if (e.schools.length === 0 && parseYesNo(text) === true && text !== '嗯') return 'flow.confirm';
  if (text === '嗯' && context.expecting?.includes('confirm')) return 'flow.confirm';
  return undefined;
}

/** The message as the examples see it: S a school, P a person, R a notice number, A an area, D a day, T a limit, M a month. */
export function maskSpans(e: Entities): string {
  const spans = [
    ...e.schools.filter((s) => !s.echo || s.end - s.start > 2).map((s) => ({ ...s, as: 'S' })),
    ...e.places.map((s) => ({ ...s, as: 'S' })),
    ...e.people.map((s) => ({ ...s, as: 'P' })),
    ...e.notices.map((s) => ({ ...s, as: 'R' })),
    ...e.areas.map((s) => ({ ...s, as: 'A区' })),
  ];
  return maskNumbers(putFor(e.text, spans));
}

/** The text with `as` in the place of each span; of two that overlap, the later one. */
export function putFor(said: string, spans: ReadonlyArray<Span & { as: string }>): string {
  let text = said;
  let last = text.length + 1;
  for (const s of spans.toSorted((a, b) => b.start - a.start)) {
    if (s.end > last) continue;
    text = text.slice(0, s.start) + s.as + text.slice(s.end);
    last = s.start;
  }
  return text;
}
