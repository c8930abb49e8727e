// Words about an emergency that is going on: heard, on the scene, contained, more of it. They go before whatever else is open.
import { type Conversation, EMERGENCY_LASTS_MS } from '../../conversation.ts';
import { isReceived, saysNone } from '../../short-words.ts';
import { normalise } from '../../understand/text/normalise.ts';
import { type Reading, SURE, type Understood } from '../../understand/types.ts';
import { beginCommand } from '../begin/begin.ts';
import { beginFlow } from '../begin/begin-flow.ts';
import { settingChange } from '../change/setting-said.ts';
import { putAside } from '../draft/aside.ts';
import { openFrame, proceed } from '../draft/frames.ts';
import { close, readNamed, type Stage } from '../stage.ts';

const ACKNOWLEDGE = 'emergency-ack';
/** What such a person says besides 收到; only while no question is open that it may answer. */
const HEARD = /^(?:知道了|明白|(?:我)?(?:马上|这就|立刻|立即)(?:到|去|过去|赶)|在路上|got it|on my way)/iu;
const RECEIVED_MOST = 24;

/** True when the words were about an emergency: an agreed one such as “误报”, or “收到” to one that she was told of. */
export function aboutEmergency(t: Stage, said: string): boolean {
  const { roles } = t.facts.person;
  const command = t.deps.scripts.commandIn(t.facts.locale, said, roles);
  if (
    command &&
    settingChange(t, said) === null &&
    t.deps.scripts.flows.get(command.flow)?.do.startsWith('emergency.')
  ) {
    leaveOpen(t);
    return beginCommand(t, said);
  }
  const off = t.deps.scripts.flows.get('emergency-call-off');
  if (off && CALLS_OFF.test(said) && !DOUBTS.test(said) && raisedByHer(t)) {
    leaveOpen(t);
    const named = readNamed(t, said);
    beginFlow(t, off, [{ ...named, slots: { ...named.slots, content: said } }], said);
    return true;
  }
  const unheard = t.facts.emergencies.filter(
    ({ mine, heard, state }) => !mine && !heard && state !== 'closed',
  );
  const flow = t.deps.scripts.flows.get(ACKNOWLEDGE);
  if (unheard.length === 0 || !flow || !saysHeard(t, said)) return false;
  leaveOpen(t);
  for (const { id } of unheard) {
    t.c.frame = openFrame(t, flow, [{ emergency: id }], true);
    proceed(t, null);
  }
  return true;
}

/** "刚才那个打架是误报 别报了" */
const CALLS_OFF = /(?<![不没])是(?:个|场|一场)?误报/u;
const DOUBTS = /[吗么?\uff1f]|可能|也许|好像|估计|怀疑|会不会|是不是|是否|如果|要是|万一/u;

const raisedByHer = ({ facts }: Stage) =>
  facts.emergencies.some(({ mine, state }) => mine && state !== 'closed');

function saysHeard(t: Stage, said: string): boolean {
  if (isReceived(said)) return true;
  if ([...said].length > RECEIVED_MOST) return false;
  return /^(?:已)?收到/u.test(said) || (!t.c.question && HEARD.test(said));
}

/** What was open waits without a word until it is called for. */
function leaveOpen(t: Stage): void {
  if (!t.c.frame) return;
  close(t, t.voice.text('common.over.put-aside'));
  putAside(t);
  t.c.frame = null;
}

/** "是石佛小学", "就在一中呢": what may stand about the name. */
const ABOUT_A_NAME =
  /^(?:就|是|在|我们?|那个|说的)+(?=.{2})|(?:的|呢|啊|呀|吧|那边|那里|里|学校)+$|[\s\p{P}]+/gu;

/** The school of an emergency whose school was asked for: its name and no more, however else that may sound. */
export function tellsWhere(t: Stage, text: string): Reading | null {
  const { emergency } = t.c;
  if (emergency?.school !== '') return null;
  if (t.facts.now.getTime() - Date.parse(emergency.at) > EMERGENCY_LASTS_MS) return null;
  if (!t.facts.emergencies.some(({ state, mine }) => mine && state !== 'closed')) return null;
  const named = readNamed(t, text);
  const { school } = named.slots;
  const { forms } = t.facts.book.index;
  if (school === undefined || !forms.has(normalise(text.replaceAll(ABOUT_A_NAME, '')))) return null;
  return { ...named, slots: { school }, intent: 'emergency.report' };
}

/** Her own record that is to be written, or a rumour of another place: nothing of it helps those who were called. */
const ELSEWHERE =
  /登(?:个|一下|上)?记|登(?:一下|上)|(?:督导|今天的|昨天的|上午的|下午的)记录|台账|整改通知|隔壁(?:县|市|区)|(?:别|其他)的?(?:县|市|区)|外[县地]/u;

/** "还有几项": what is left of her own work. */
const OF_HER_WORK =
  /^(?:那|我|我们)*(?:还|现在)?(?:有|差|剩|欠)(?:几|多少|哪些)(?:[项条所家个份样]|没)?[^人学]{0,6}$|待办|清单|期限/u;

/** "三个人,都送医院了", or the school's name, said after a danger was told on: meant for the same people. */
export function moreOfDanger(t: Stage, understood: Understood, text: string): Reading | null {
  const { emergency } = t.c;
  if (!emergency || t.facts.now.getTime() - Date.parse(emergency.at) > EMERGENCY_LASTS_MS) return null;
  // Closed meanwhile, or called off by somebody else: whoever speaks now speaks of something new.
  if (!t.facts.emergencies.some(({ state }) => state !== 'closed')) return null;
  if ([...text].length < 4 || saysNone(text) !== null || ELSEWHERE.test(text) || OF_HER_WORK.test(text))
    return null;
  const { school } = understood.slots;
  const bareName = school !== undefined && [...text].length <= [...school].length + 4;
  const whichSchool = bareName && emergency.school === '';
  // "孩子没事了,家长接走了" is like an answer to an opinion, of which nothing can be done here.
  const flow = t.deps.scripts.flowFor(understood.intent, t.facts.person.roles);
  const unclear =
    understood.intent === 'chat.other' ||
    understood.confidence < SURE ||
    (flow === undefined && !/^(?:flow|help)\./.test(understood.intent));
  const { date } = understood.slots;
  const seen =
    ['finding.report', 'visit.log'].includes(understood.intent) && school === undefined && date === undefined;
  const isReal = /不是误报/u.test(text);
  if (!whichSchool && !unclear && !seen && !isReal) return null;
  const where = school ?? emergency.school;
  return { ...understood, slots: where === '' ? {} : { school: where }, intent: 'emergency.report' };
}

/** "又有两个学生受伤了" within the hour, with no word of where: at the school of which was spoken. */
export function whereItWas(t: Stage, understood: Understood): Understood {
  const { school, schools, school_candidates, school_unresolved } = understood.slots;
  const { emergency } = t.c;
  if (school ?? schools ?? school_candidates ?? school_unresolved) return understood;
  if (!emergency || emergency.school === '' || understood.intents) return understood;
  if (t.facts.now.getTime() - Date.parse(emergency.at) > EMERGENCY_LASTS_MS) return understood;
  return { ...understood, slots: { ...understood.slots, school: emergency.school } };
}

/** After such an act what follows within the hour is more of the same; after these two it no longer is. */
export function remember(c: Conversation, action: string, school: string, now: Date): void {
  if (action === 'emergency.close' || action === 'emergency.call-off') c.emergency = null;
  else if (action !== 'emergency.list' && action !== 'emergency.review')
    c.emergency = { at: now.toISOString(), school };
}
