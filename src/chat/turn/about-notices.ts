// What a receiver says of a notice beside 收到: a question that its words do not answer, or something for whom sent it. The bot tells
// nobody of it, and says so: a head who is away believes otherwise that the office knows.
import { SURE, type Understood } from '../understand/types.ts';
import { type Stage, say } from './stage.ts';

const COURTESY =
  /收到|收悉|知道了|知悉|已阅|好的?|谢谢|感谢|领导|老师|主任|通知|确认|明白|了解|辛苦了?|按时|准时|一定|参加|到会|会议?|我们?|校长|园长|这个|那个|都|了|的|会|将|请|放心|[哈啊呢吧嗯哦]|\bok\b|\p{P}|\s/giu;
const MOST_TITLE = 2;

/** "收到,我出差,副校长去": what goes beyond 收到 reaches nobody. */
export function saysMoreThanReceived(t: Stage, text: string): void {
  const more = text
    .split(/[,\uff0c。;\uff1b!\uff01\n]/u)
    .filter((part) => [...part.replaceAll(COURTESY, '')].length >= MOST_TITLE)
    .join('，')
    .trim();
  if (more !== '') say(t, 'common.notices.not-told-on', { said: more });
}

const ASKS =
  /[?\uff1f]$|[吗呢么]$|什么|啥|哪|几[点号天]|多久|谁|怎么|咋|(?:能|可|要|用|需)不(?:能|可|要|用|需)|是不是|有没有|请(?:个)?假|去不了|来不了|\b(?:when|where|what|who)\b/iu;
const OF_A_NOTICE =
  /会|通知|培训|几点|哪[天里儿]|地[点方]|会议室|时间|带|参加|去|来|报名|回执|请(?:个)?假|这(?:是|个|条)|啥事|\b(?:meeting|notice|where|when)\b/iu;
const MOST = 24;

/** A question, understood as nothing else, of somebody who has just had a notice of the office: its words again, and whom to ask. */
export function asksAboutNotice(t: Stage, { intent, confidence }: Understood, text: string): boolean {
  if (intent !== 'chat.other' && intent !== 'rule.query' && confidence >= SURE) return false;
  const said = text.trim();
  if ([...said].length > MOST || !ASKS.test(said) || !OF_A_NOTICE.test(said)) return false;
  const [newest] = t.facts.unconfirmed;
  if (newest && t.facts.notices.length === 0) {
    say(t, 'common.notices.its-words', { content: newest.content });
    return true;
  }
  if (!confirmedToday(t)) return false;
  say(t, 'common.notices.its-words', { content: '' });
  return true;
}

const DAY_MS = 24 * 60 * 60_000;
/** Nothing was asked of the bot since she confirmed a notice. */
const confirmedToday = ({ c: { asked }, facts }: Stage): boolean =>
  asked?.flow === 'confirm-notice' && facts.now.getTime() - Date.parse(asked.at) < DAY_MS;
