// A danger and another matter in one message ("…在等120;下午原定去清河的,改到周一"): both are kept, and only what is plainly another is cut off.
import { anyOf } from '../../any-of.ts';
import type { Entities } from '../entities/entities.ts';
import type { Intent, Reading } from '../types.ts';
import { jointsOf } from './joints.ts';

/** How sure of itself the other matter must be: without a turning word ("另外…"), with one, and where it asks to be put down. */
const SURE = { alone: 0.85, turned: 0.7, putDown: 0.5 };
const PUT_DOWN = /记[上下]|登记|记一[下条笔]/;
/** So many lessons heard are no part of any danger. */
const HEARD = /听了?[一二两三四五\d]节/;
/** What binds somebody needs that of which it is said: "120我打过了", "还说不准" decide nothing. */
const OF_WHAT = /整改|材料|照片|延期?|宽限|申请|通知|记录|单子|[那这](?:条|个|张|份)|0\d\d/;
const BINDS: ReadonlySet<Intent> = new Set([
  'rect.review',
  'rect.extend_decide',
  'record.void',
  'notice.recall',
]);
/** More clauses are one told story. */
const MOST = 10;
/** Words too few to be a matter. */
const SHORT = 4;

/**
 * What a danger is told with is often like a record, a finding or a question of its own ("我在二中", "门还锁着", "怎么办"); these
 * are other matters only when they say so. An intent that is not named here never stands beside a danger.
 */
const OWN_SIGN: Partial<Record<Intent, RegExp>> = {
  'visit.log': anyOf({
    done: /[看听查督跑转走巡]完|看过了|督导(?:我)?[完先也算]|巡视|转了|去过了/,
    heard: /听了|听课|听的课/,
    told: /[那这]趟|没(?:发现|有)?问题|没啥|记录|也记|算(?:我|是)?(?:去了)?一[次回趟]/,
    // "上午柳桥小学我也去了", "今天来大河小学看,…"
    there:
      /(?:[今昨前]天|今早|上午|早上|下午)(?!.*现场)[^,.;]{0,10}(?:(?:去|跑|看|到)[了过的](?!时)|来[^,.;]{2,8}(?:看|督导|检查)(?=[,.;]|$))/,
  }),
  'lesson.log': /听(?:了|的|课)?[^,.;]{0,8}(?:节|课)/,
  'opinion.log': /登记|记[上下一]|反映|投诉/,
  'rect.issue': /整改通知|下(?:个|发)?通知|限[^,;]{0,4}[天周日]/,
  'finding.report':
    /也?记[上下]|一[块并起道](?:儿)?记|这个问题|记一[下条笔]|记着|登记|列为|限[^,;]{0,4}[天周日]|整改/,
  'visit.plan':
    /排上|排进|排个|排到|排在|改到|改成|改在|改天|挪|推到|推迟|推掉|取消|不去了|去不了|原定|安排|(?:[下中]午|晚上|[明后]天|晚点|回头)我?(?:还)?再(?:过)?去/,
  'rect.extend_request': /缓|延|宽限|晚[几一两二三四五]?天|推迟/,
  'notice.broadcast': /通知|转告|说一声|提醒|发(?:给|个|一)/,
  'rect.remind': /催|提醒|说一声|盯/,
  'rect.review': /算过|过了|通过|合格|销|退回|不过/,
  'rect.extend_decide': /同意|批|准|不行|不给/,
  'assign.change': /代管|接(?:管|手)?|换/,
  'notice.ack': /收到|签收|知道了/,
  'record.correct': /错|改成|改为|不是/,
  'record.void': /作废|删/,
  'notice.recall': /撤/,
  'rect.evidence': /\d{3}|照片|材料|改好|换好|修好/,
  'rule.query': /规定|条例|几(?:天|次|个|小时|分钟|日)|多少|多久/,
  'visit.pending': /差|剩|没[跑去]|几[所个]/,
  'visit.history': /记录|上次|去过|几[次回趟]|历次/,
  'rect.list': /整改|通知书|哪[些几]|几[条个]|没改|销号|老问题/,
  'rect.query': /\d{3}|整改|进度|到哪/,
  'notice.status': /谁|几个|多少|回执|收到没/,
  'stats.query': /多少|几[次个条]|统计|率/,
  'assign.list': /管|负责|几[所个]/,
  'export.file': /导|下载|打印|excel|word|表/,
  'study.log': /学|培训/,
  // "我刚才那条没存的先不要": only of what is pointed at
  'flow.cancel': /(?:[这那]|刚才|上面|没存)[^,.;]{0,8}(?:条|个|份|记录|草稿)/,
  'flow.confirm': /(?:[这那]|刚才|上面)[^,.;]{0,8}(?:条|个|份|记录)/,
};

/** The parts in order, the danger's and the other's; the whole when nothing is plainly another matter. */
export function besideDanger(e: Entities, read: (part: string) => Reading): string[] {
  const { text } = e;
  let best: { parts: string[]; worth: number } | undefined;
  if (e.clauses.length > MOST) return [text];
  for (const { end, start, signs } of jointsOf(e)) {
    const left = text.slice(0, end).replace(/[,.;\s]+$/, '');
    const right = text.slice(start).replace(/^[,\s]+/, '');
    if (left.length < SHORT || right.length < SHORT) continue;
    const turned = signs.includes('turn') || signs.includes('onward');
    const [a, b] = [read(left), read(right)];
    const danger = (r: Reading) => r.intent === 'emergency.report';
    if (danger(a) === danger(b)) continue;
    const [other, words] = danger(a) ? [b, right] : [a, left];
    const least = PUT_DOWN.test(words)
      ? SURE.putDown
      : turned || HEARD.test(words)
        ? SURE.turned
        : SURE.alone;
    if (other.confidence < least) continue;
    const own = OWN_SIGN[other.intent];
    if (!own || !(own.test(words) || (turned && other.confidence >= SURE.alone))) continue;
    if (BINDS.has(other.intent) && !OF_WHAT.test(words)) continue;
    const worth = other.confidence + (turned ? 0.5 : signs.includes('stop') ? 0.2 : 0) + words.length / 1000;
    if (!best || worth > best.worth) best = { parts: [left, right], worth };
  }
  return best?.parts ?? [text];
}
