// Words of the reporter while her emergency goes on, later than an hour after its last word: plainly about it they are told on, and where
// it is not plain she is asked once. Nothing of it is lost because the word 续报 was not said.
import { anyOf } from '../../any-of.ts';
import { EMERGENCY_FOLLOWED_MS, EMERGENCY_LASTS_MS, type Question } from '../../conversation.ts';
import type { OpenEmergency } from '../../facts.ts';
import { isNo, isPlainYes, saysNone } from '../../short-words.ts';
import { maskPersonal } from '../../understand/text/mask.ts';
import { type Reading, SURE, type Understood } from '../../understand/types.ts';
import { chosen } from '../answer/choices.ts';
import { beginAll } from '../begin/begin.ts';
import { choiceButtons } from '../draft/buttons.ts';
import { openFrame, proceed } from '../draft/frames.ts';
import { ask, close, iso, read, type Stage } from '../stage.ts';

const FLOW = 'emergency-report';
const MOST_NAMED = 3;

/** What becomes of those who were hurt, and of the fire: said of an emergency that is known. */
const GOES_ON = anyOf(
  {
    taken: /送(?:到|往|去|进|医|走)/u,
    hospital: /(?:到|在|去|回)(?:了)?(?:县|市|区|人民|中心)*医院|医院(?:里|那边|说|检查|诊断)|医生|大夫/u,
    treated: /手术|骨折|缝(?:了|合|针)|出院|住院|转院|急诊|拍(?:了)?片|CT|检查结果|诊断/u,
    better: /(?:脱离|没有?)(?:了)?(?:生命)?(?:危险|大碍|大事)|(?:清?醒|稳定|平稳)(?:了|过来|下来)|退烧|输液/u,
    fireOut: /(?:火|火势)(?:已经?|被)*(?:扑?灭|控制)|扑灭/u,
    peopleOut: /疏散完|(?:撤|转移)出来/u,
    helpCame: /(?:消防|救护车|民警|警察|派出所|120)(?:队|车|员|的人)?(?:已经?|也|都|刚)*(?:到|来|走)/u,
    found: /(?:人|孩子|学生)?找到了/u,
    english: /\b(?:hospital|surgery|ambulance|stable|discharged)\b/u,
  },
  'iu',
);
/** Somebody else, or once more: that is a danger of its own. */
const NEW = /又|另外|(?<!没)有(?:一|两|几|好几|\d)*(?:个|名|位)?(?:小)?(?:学生|孩子|老师|幼儿|小朋友|人)/u;
const ASKS = /[?\uff1f吗]|怎么|咋|多少|哪|几[所条个次]|什么时候|谁/u;

/** Those of this person that go on and of which she spoke, or that she raised, lately enough. */
export function ongoing(t: Stage): OpenEmergency[] {
  const lately = (at: string | undefined) =>
    at !== undefined && t.facts.now.getTime() - Date.parse(at) < EMERGENCY_FOLLOWED_MS;
  return t.facts.emergencies.filter(
    ({ state, mine, at }) => state !== 'closed' && mine && (lately(at) || lately(t.c.emergency?.at)),
  );
}

/**
 * "已经送到县医院了", hours later: more of the emergency that she has told of, whose school she need not say again. Null when
 * the words may be of something else.
 */
export function plainlyFollows(t: Stage, understood: Understood, said: string): Reading | null {
  const { school, schools, school_candidates: among, school_unresolved: unknown } = understood.slots;
  const going = ongoing(t);
  // Of several it is the one that she spoke of last.
  const only = going.length === 1 ? going[0] : going.find((one) => one.school === t.c.emergency?.school);
  if (!only || only.school === '' || understood.intents) return null;
  if ((school !== undefined && school !== only.school) || schools || among || unknown) return null;
  if (!GOES_ON.test(said) || NEW.test(said) || ASKS.test(said)) return null;
  return { ...understood, slots: { school: only.school }, intent: 'emergency.report' };
}

/** Words that nothing can be made of: asks whether they are more of the emergency. True when it was asked. */
export function asksWhetherMore(t: Stage, understood: Understood, said: string): boolean {
  const { c, facts } = t;
  const flow = t.deps.scripts.flowFor(understood.intent, facts.person.roles);
  const { school, date, findings } = understood.slots;
  // "班主任在陪着" is like a visit that names no school.
  const seen =
    ['finding.report', 'visit.log'].includes(understood.intent) &&
    school === undefined &&
    date === undefined &&
    (findings !== undefined || c.question?.kind === 'follow-up') &&
    !t.deps.scripts.isMenuWord(facts.locale, said);
  const unclear =
    seen ||
    understood.intent === 'chat.other' ||
    understood.confidence < SURE ||
    (flow === undefined && !/^(?:flow|help)\./.test(understood.intent));
  const denied = c.emergency?.deniedAt;
  const deniedLately = denied !== undefined && facts.now.getTime() - Date.parse(denied) < EMERGENCY_LASTS_MS;
  const going = ongoing(t).slice(0, MOST_NAMED);
  if (!unclear || deniedLately || going.length === 0 || c.frame) return false;
  if ([...said].length < 4 || saysNone(said) !== null || ASKS.test(said)) return false;
  // What she said before she was asked goes along.
  const text = c.question?.kind === 'follow-up' ? `${c.question.text ?? ''}\n${said}` : said;
  const [only, ...more] = going;
  const yes = t.voice.text('common.button.follow-up');
  const no = t.voice.text(more.length === 0 ? 'common.button.not-that' : 'common.none-of-these');
  const choices = [
    ...going.map(({ id, school, text: what }) => ({
      label: more.length === 0 ? yes : school || what.slice(0, 10),
      value: id as string | null,
    })),
    { label: no, value: null },
  ];
  const title = t.voice.text('common.emergency.more', {
    school: more.length === 0 ? (only?.school ?? '') : '',
    what: more.length === 0 ? (only?.text ?? '') : '',
  });
  ask(t, { kind: 'follow-up', choices, wrong: 0, text }, { title, ...choiceButtons(t, choices) });
  return true;
}

/** Words while that is asked. False: they are no answer to it. */
export function answerFollowUp(t: Stage, question: Question, said: string): boolean {
  const short = [...said.trim()].length <= 6;
  const [first, ...others] = question.choices;
  const picked = chosen(said, question.choices);
  if (picked && 'choice' in picked) followUp(t, question, picked.choice.value);
  else if ((picked && 'none' in picked) || isNo(said)) followUp(t, question, null);
  else if (
    first &&
    others.length === 1 &&
    short &&
    /^(?:是|对|嗯|yes)/iu.test(said.trim()) &&
    isPlainYes(said)
  )
    followUp(t, question, first.value);
  else return false;
  return true;
}

/** She said of which it is more, or of none: then the words are heard as any others, and she is not asked again for a while. */
export function followUp(t: Stage, question: Question, emergency: unknown): void {
  const text = question.text ?? '';
  close(t, t.voice.text('common.over.answered'));
  const flow = t.deps.scripts.flows.get(FLOW);
  if (typeof emergency === 'string' && flow) {
    const content = maskPersonal(text, t.facts.book.index.people);
    t.c.frame = openFrame(t, flow, [{ emergency, content }], true);
    return proceed(t, null);
  }
  if (t.c.emergency) t.c.emergency.deniedAt = iso(t);
  else t.c.emergency = { at: new Date(0).toISOString(), school: '', deniedAt: iso(t) };
  beginAll(t, read(t, text), text);
}
