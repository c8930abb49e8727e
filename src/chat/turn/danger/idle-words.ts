// Small talk while an emergency goes on: thanks and sighs hold nothing of it, and told on to everybody they would drown what does.
import { EMERGENCY_LASTS_MS } from '../../conversation.ts';
import { type Stage, say } from '../stage.ts';
import { ongoing } from './follow-up.ts';

const SIGH =
  '唉+|哎+呀?|哎[哟呦]|嗨|呼+|呜+|哈+|呵+|啊+|哦+|嗯+|我?的?天[哪呐啊]?|我的天|妈呀|老天爷?|真是的?|总算|这下|phew|oh|wow';
const WHOM =
  '大家|各位|所有人|领导|老师们?|主任|校长|园长|组长|同志们?|医生|大夫|警察|师傅|您们?|你们?|了|啦|啊|哈|呀|哦|帮忙|支持|关心|配合|提醒|all|everyone|you|so|very|much';
const THANKS = `(?:真是?|太|非常|十分|万分|多|先|好的?|那就?|也|都|,)*(?:谢谢+|感谢|多谢|谢了|谢过|辛苦|(?:劳烦|麻烦|有劳)(?=大家|各位|领导|您|你|all|you)|thanks|thank)(?:${WHOM}|[\\s、])*`;
const ME =
  '(?:我们?|俺|今天|今儿|这一?天|这半天|刚才|这会儿|一上午|一下午|真是?|可|都|也|快|要|太|好|实在|有点|差点|把|给|又|得|的)*';
/** "忙晕了" is said of oneself; "吓死" may be a child's and needs its "我". 困, 慌 and 乱 may be what happens on the scene. */
const WORN = [
  `${ME}(?:忙|累)(?:得|的)?(?:晕|死|坏|懵|蒙|昏|傻|疯|惨|瘫|哭|趴|糊涂|够呛|不行|要命|慌|脚不沾地|团团转|晕头转向|不可开交|焦头烂额)?(?:我|头)*(?:了|啦|呀|啊|的)*`,
  `${ME}(?:急|愁|烦)(?:得)?(?:死|坏|疯)(?:我|人)*(?:了|啦)*`,
  `${ME}(?:吓|气|饿|渴|热|冻)(?:得)?(?:死|坏|懵|傻)(?:我|俺)们?(?:了|啦)?`,
  `${ME}(?:吓得我)?(?:头都?大|心都?累|心塞|后怕|出了?一身(?:冷)?汗|松了?(?:一)?口气|缓(?:一)?口气|喘口气|歇会儿?|歇一歇|喝口水|缓一缓)(?:了|啦|的|吧)*`,
  "(?:i[\u2019']?m |i am |so |really |totally )*(?:exhausted|worn out|swamped|busy|what a day)",
].join('|');
const LUCK =
  '万幸|好险|真悬|真倒霉|谢天谢地|阿弥陀佛|(?:老天|菩萨)保佑|没办法|命苦|晚安|再见|拜拜|回头聊|明天见|(?:您|你|大家|也)*(?:早点休息|注意身体|多?保重)(?:了|啊|吧)*|这(?:叫)?什么(?:事儿?|日子)(?:啊|呀)?';

const PIECE = `(?:${SIGH}|${THANKS}|${WORN}|${LUCK})`;
const IDLE = new RegExp(`^(?:${PIECE}[\\s,\\uff0c。.!\\uff01~\\uff5e…、;\\uff1b]*){1,4}$`, 'iu');
const GRATEFUL = /谢|辛苦|劳烦|麻烦|有劳|thank/iu;
/** Longer than this says something. */
const MOST = 24;

/** "忙晕了", "谢谢大家": nothing but small talk, whatever else it may be like. */
function idleWords(text: string): 'thanks' | 'sigh' | null {
  const said = text.trim();
  if ([...said].length > MOST || !IDLE.test(said)) return null;
  return GRATEFUL.test(said) ? 'thanks' : 'sigh';
}

/** Small talk of somebody whose emergency goes on: answered, and told to nobody. True when it was. */
export function idleBesideDanger(t: Stage, said: string): boolean {
  const { emergency } = t.c;
  const lately =
    emergency !== null &&
    t.facts.now.getTime() - Date.parse(emergency.at) <= EMERGENCY_LASTS_MS &&
    t.facts.emergencies.some(({ state }) => state !== 'closed');
  const idle = lately || ongoing(t).length > 0 ? idleWords(said) : null;
  if (idle === null) return false;
  say(t, idle === 'thanks' ? 'common.welcome' : 'common.emergency.not-told-on');
  return true;
}
