// What a receiver says of a notice beside 收到: a question is answered with its own words; that she cannot come, or would send somebody
// else, goes to whoever sent it. The bot grants nothing, and what it tells nobody of it says so: a head who is away believes otherwise.

import { isOfOffice } from '../../../supervision/act.ts';
import { asksToCome } from '../../../supervision/notices/list.ts';
import { anyOf } from '../../any-of.ts';
import { receivedMeant } from '../../slots/notices.ts';
import { maskPersonal } from '../../understand/text/mask.ts';
import { SURE, type Understood } from '../../understand/types.ts';
import { tellNow } from '../begin/begin-flow.ts';
import { openFrame } from '../draft/frames.ts';
import { type Stage, say } from '../stage.ts';
import { whichReceived } from './received.ts';

const COURTESY = anyOf(
  {
    arrived: /收到|收悉|知道了|知悉|已阅|好的?/u,
    thanks: /谢谢|感谢/u,
    whom: /领导|老师|主任/u,
    noted: /通知|确认|明白|了解|辛苦了?/u,
    willCome: /按时|准时|一定|参加|到会|会议?/u,
    who: /我们?|校长|园长|这个|那个/u,
    particles: /都|了|的|会|将|请|放心|[哈啊呢吧嗯哦]/u,
    english: /\b(?:ok|received?|got it|noted|confirmed?|thanks?|thank you)\b/u,
    marks: /\p{P}|\s/u,
  },
  'giu',
);
const MOST_TITLE = 2;

/** "收到,我出差,副校长去": a wish goes on to whoever sent it, a question is answered, and what else goes beyond 收到 reaches nobody. */
export function saysMoreThanReceived(t: Stage, text: string): void {
  const more = text
    .split(/[,\uff0c。;\uff1b!\uff01\n]/u)
    .filter((part) => [...part.replaceAll(COURTESY, '')].length >= MOST_TITLE)
    .join('，')
    .trim();
  if (more === '') return;
  // Asked which of several was meant, it is not known of which it was said.
  if (!t.c.question && (wishes(t, more) || asks(t, more))) return;
  say(t, 'common.notices.not-told-on', { said: more });
}

const ASKS =
  /[?\uff1f]$|[吗呢么]$|来着|什么|啥|哪|几[点号天个]|多[久长]|谁|怎么|咋|(?:能|可|要|用|需|行)不(?:能|可|要|用|需|行)|是不是|有没有|[行好]不[行好]|\b(?:when|where|what|who|can|may|do|is)\b/iu;

/** Asked of a meeting and of nothing else here, however it may sound. */
const OF_A_MEETING = anyOf(
  {
    hour: /几点/u,
    place: /在(?:哪|什么地方|啥地方)(?!看|查)|哪[儿里个]?(?:开|集合|会议室|楼)|地[点址]|会[议场]/u,
    itself:
      /(?:[这那个次的]|[天五日])会|通知.{0,4}(?:谁|什么时候|几时|哪天|几号)发|[开到参与]会|培训|参[加训]/u,
    toBring: /要?带(?:什么|啥|哪些|东西|材料|几个)/u,
    whoGoes: /(?:几个人|谁|亲自|必须|一定要?)去/u,
    ways: /穿(?:什么|啥|正装|校服)|停车|开多[久长]|线上/u,
    english: /\b(?:meeting|what time|where is|attend|bring)\b/u,
  },
  'iu',
);
/** Also of a notice, where nothing else was understood. */
const OF_A_NOTICE =
  /会|通知|几点|哪[天里儿]|地方|时间|带|去|来|报名|回执|这(?:是|个|条)|啥事|停[水电]|\b(?:notice|when)\b/iu;
/** A thing of its own, whatever notice went before it. */
const NOT_OF_IT =
  /通知书|整改|督导|督学|签收|延期|宽限|复核|回头看|记录|台账|照片|问题|学期|每?月(?:至少|要|得)|紧急|规定|\b(?:rectif|visit|inspect)/iu;
const MOST = 24;
/** A wish comes with its reason. */
const MOST_WISH = 60;

/** She asks to be let off, or says that she will be late: nothing else here is said so. */
const LET_OFF = anyOf(
  {
    leave: /(?:请|告)(?:个|一下|一?[天次]|半天|事|病)?假/u,
    late: /(?:会|要|得|能|可能|估计|恐怕)(?:晚|迟)(?:一?点|些|会儿?)?到/u,
    notThere:
      /(?:开会|参会|到会|参加|出席)不(?:了|成)|会(?:议|上)?[^,\uff0c。]{0,6}[去来]不[了成]|(?:不能|没法|无法)(?:参加|出席|到会|参会|去开会|来开会)/u,
    english: /\b(?:can(?:no|['\u2019])t (?:come|attend|make it)|excused from|be late)\b/u,
  },
  'iu',
);
/** She cannot come, or would send somebody else; where it may also be a visit or a repair, it is that. */
const CANNOT_COME =
  /(?:去|来|到|赶)(?:不了|不成|不过[来去]|不上)|(?:不能|没法|无法|没时间|没空)(?:去|来)|提前(?:走|离开|离会)|早点走/u;
const ANOTHER_COMES = anyOf(
  {
    sent: /(?:派|让|叫|由|请|安排|委托|换)(?!我|你|您)[^,\uff0c。]{1,14}?(?:去|来|参加|到会|出席|代|替)/u,
    somebody: /(?:换|派)(?:个|别的?|其他)?人(?:去|来|参加|代|替|行|可以|吗)|别人(?:去|来|代|替|参加)/u,
    deputy:
      /(?:副校长|副园长|主任|老师|书记)[^,\uff0c。]{0,6}(?:去|来|参加|代|替)(?![^,\uff0c。]{0,8}[了过]$)/u,
    inPlace: /[代替](?:我|他|校长|园长)(?:去|参加|开)/u,
    english: /\b(?:my deputy|somebody else|someone else|instead of me|in my place)\b/u,
  },
  'iu',
);
/** More time, a thing being mended, or somebody of the school: of a rectification or a visit, though the words may be like these. */
const OF_THE_SCHOOL = anyOf({
  moreTime: /缓|宽限|延[期到后长]|推迟/u,
  mended: /[改修装查检清]|换(?!人|个|别)|处理|解决|看(?:过|了|的)/u,
  byWhom: /消防|公司|厂家|师傅|工人|施工/u,
  ofTheSchool: /保安|门卫|学生|孩子|班主任|厨师|阿姨|保洁|电工|家长/u,
});

/**
 * What is said of a notice that reached her of late. Heard before anything else is made of the words, which sound like much: "几点来着",
 * "请个假", "可能晚到". False: nothing of a notice, or none is there.
 */
export function saidOfNotice(t: Stage, understood: Understood, text: string): boolean {
  const { intent, slots, confidence } = understood;
  const said = text.trim();
  const { received, unconfirmed } = t.facts;
  if (received.length === 0 || [...said].length > MOST_WISH || NOT_OF_IT.test(said)) return false;
  if (namesOther(t, slots.school) || slots.rect_no !== undefined) return false;
  if (t.c.frame && isOfOffice(t.facts.person)) return false;
  const rest = said.replace(ACK_FIRST, '');
  const ofIt = LET_OFF.test(rest) || (ASKS.test(rest) && OF_A_MEETING.test(rest));
  if (rest !== said && ofIt && unconfirmed.length > 0 && whichReceived(t, understood, said)) {
    saysMoreThanReceived(t, said);
    return true;
  }
  if (understood.intents || intent === 'emergency.report' || (intent === 'notice.ack' && ACK.test(said)))
    return false;
  // Whoever visits schools speaks of going and coming all day long.
  const visits = t.facts.person.roles.some((role) => role === 'inspector' || role === 'area-leader');
  const unclear = !visits && !t.c.frame && (confidence < SURE || !OF_OTHERS.test(intent));
  if ((LET_OFF.test(said) || unclear) && wishes(t, said)) return true;
  return [...said].length <= MOST && ASKS.test(said) && OF_A_MEETING.test(said) && asks(t, said);
}

const ACK = /收[到悉]|知[道悉]|明白|好的|\b(?:received|got it|noted)\b/iu;
/** "收到,能请假吗": it has arrived, and then more. */
const ACK_FIRST = /^(?:好的?|嗯|行)?[,\uff0c\s]*收到(?:了|啦)?[,\uff0c。;\uff1b!\uff01\s]+(?=.)/u;

/** What the office, the schools and the visits do; talk, rules and the notices themselves are none of it. */
const OF_OTHERS = /^(?!chat\.|rule\.|notice\.|help\.|flow\.)/;

/** A school that is not the one she heads: a visit there, or somebody's question about it. */
const namesOther = ({ facts }: Stage, name: string | undefined): boolean =>
  name !== undefined &&
  !(facts.person.roles.includes('principal') && facts.mine.has(facts.book.byName.get(name)?.id ?? ''));

/** A question, understood as nothing else, of somebody who was sent a notice: that notice, unless papers wait that it may be of as well. */
export function asksAboutNotice(t: Stage, understood: Understood, text: string): boolean {
  const { intent, confidence } = understood;
  const said = text.trim();
  if (intent !== 'chat.other' && intent !== 'rule.query' && confidence >= SURE) return false;
  if ([...said].length > MOST || !ASKS.test(said) || !OF_A_NOTICE.test(said) || NOT_OF_IT.test(said))
    return false;
  return t.facts.notices.length === 0 && asks(t, said);
}

/** The notice is read out again. False: there is none. */
function asks(t: Stage, said: string): boolean {
  const notice = ASKS.test(said) ? receivedMeant(t.facts.received, said) : undefined;
  const flow = t.deps.scripts.flows.get('read-notice');
  if (!notice || !flow) return false;
  tellNow(t, openFrame(t, flow, [{ notice: notice.id }]));
  return true;
}

/** Her words go to whoever sent the notice. False: they are none of these, or nobody was to come anywhere. */
function wishes(t: Stage, said: string): boolean {
  const wished =
    [LET_OFF, CANNOT_COME, ANOTHER_COMES].some((words) => words.test(said)) && !OF_THE_SCHOOL.test(said);
  const meetings = t.facts.received.filter(({ content }) => asksToCome(content));
  const notice = wished ? receivedMeant(meetings, said) : undefined;
  const flow = t.deps.scripts.flows.get('tell-sender');
  if (!notice || !flow) return false;
  tellNow(
    t,
    openFrame(t, flow, [{ notice: notice.id, said: maskPersonal(said, t.facts.book.index.people) }]),
  );
  return true;
}
