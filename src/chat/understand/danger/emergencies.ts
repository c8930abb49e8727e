// Hears an emergency in any wording, and only an emergency: not a question about one, a drill, a closed case or a mere risk.
import { type Lexicon, wordFinder } from '../text/lexicon.ts';
import { clusterIn, lostIn, PERSON, sceneIn } from './scenes.ts';

export interface EmergencyEar {
  /** True when the message tells of a real event that is or may still be going on. */
  hears(text: string, named: boolean): boolean;
  /** True when a finding tells of a risk to life. */
  risk(text: string): boolean;
}

const MANY =
  /(?:十[几来多]|几十|好几|好多|很多|多名|多个|一批|一大批|大批|全班|集体|成批|[3-9]\d*|[1-9]\d+|[三四五六七八九十]+)(?:个|名|位|人)?/;
const SUPPOSED =
  /如果|万一|假如|要是|一旦|假设|倘若|的话|发生.{0,8}(?:时|后|以后|之后)(?:,|应|该|要|怎么|如何|谁|多久|几)/;
const ASKS =
  /怎么(?:上?报|办|处理|处置|弄|走|写|应对|定)|咋(?:报|办|处理|弄|上报)|如何|流程|程序|要不要|用不用|需不需要|需要.{0,8}[吗么]|是否|几个?(?:小时|分钟|钟头)|多少分钟|多久|多长时间|多少时间|谁负责|谁来|该谁|找谁|向谁|跟谁|算不算|算.{0,6}吗|属于|有(?:啥|什么|哪些)规定|什么规定|规定|哪些|什么(?:情况|时候|是)|应该|该怎|[吗么?]$|责任/;
const REAL = new RegExp(
  `我们(?:学校|园|食堂|班|这)|我校|我园|咱(?:们)?(?:学校|园)|有(?:一?个|两个|俩|几个|[\\d一二两三四五六七八九十]+[个名位])?${PERSON}|刚|正在|正往|现在|这会儿|快来|快派|快点|救命|我在|赶过去|赶到|已经?送|[\\d一二两三四五六七八九十几多][个名位]${PERSON}`,
);
const DONE = /了|着|正|刚|呢|送医|送往|昏迷|抢救/;
const CLOSED =
  /去年|前年|上个?学期|上学年|以前|之前(?:那|的|有)|上次|上回|早就(?!送|叫|打)|早已(?:处理|解决|康复|痊愈|好了|结束|平息|查清|整改)|处理完|处理好|处理过|处理妥|已处理|已经处理|已结案|结案|已解决|已经解决|妥善处理|回访|已平息|康复|出院了|痊愈|那(?:件|个)事|那(?:一)?年|那会儿|那阵|当年|早年|几年前|小时候|那起|那次|历史|往年|上个月|上月|上周/;
/** What is taught, read, written or shown is not happening. */
const TAUGHT =
  /(?:讲(?!台|桌)(?:的|了|解|到|授)?(?:是)?|主题(?:是|为)?|内容(?:是|为)?|学(?:的|了|习)+(?:是)?|传达|宣讲|通报了?|排练|模拟|演示|培训|观看|播放|宣传|统计|汇总|导出|整理|分析|起草|撰写|制定|修订|完善)[^,]{0,10}$/;
const NOT_SO = /没(?:有)?(?:人|学生|孩子)?(?:受伤|被|出事|大碍)|未(?:造成|发生)|不会|避免|防止|以免|杜绝/;
const MAY_SCENE = /容易|极易|怕|担心|可能会|万一|如果|假如|要是|差点|险些|会不会|小心|迟早|保不准/;
/** An order to write, count or prepare; and a question about how somebody is by now. */
const ORDER =
  /^(?:请|帮我|帮忙|给我|再|先|把|去)*(?:统计|汇总|导出|打印|列出?|查一?下|调取|整理|分析|写|起草|拟|草拟|组织|开展|布置|安排|传达|转发|学习|编|编写|出一?[期份]|搞一?次|做一?[个份])/;
const FOLLOW_UP =
  /(?:好|出院|恢复|处理|解决|查清|调查|康复|返校|回来上课)(?:得|的)?(?:了)?(?:没有?|吗|咋样|怎么样|如何|到哪)|那个[^,]{0,8}的(?:学生|孩子|老师|人)[^,]{0,6}(?:怎么样|咋样|好了|恢复|出院)/;
/** "消防栓没水,着火了咋办": the speaker fears it. */
const FEARED =
  /(?:没|缺|坏|过期|松|锁|堵|裂|不)[^;]{0,12}[,\s](?:要是|万一|真)?(?:着火|起火|出事|地震|摔着|伤着|砸着|失火|出了事)[^,]{0,3}(?:咋办|怎么办|咋整|谁负责|怎么得了|可不得了)|(?:没|缺|坏|过期|松|锁|堵|裂|占|反|错|旧|不)[^;]{0,12}[,\s](?:要是|万一|真)?(?:着火|起火|出事|地震|失火)了?(?:可|都|就|根本|也)*(?:(?:跑|逃|出|撤|疏散|灭|救|用)(?:都|也)?(?:不|没)|没法|不知道)/;
/** Asks for help, not for a rule: "…,现在怎么办". */
const CRY =
  /不好了|出事了|救命|快来|快派|(?:现在|这会儿)(?:可|该|我们|我)*(?:怎么办|咋办|咋整|怎么弄|如何处理|怎么处理)/;
/** What follows a word of an event that has taken place. */
const HAPPENED = /^(?:了|着|过去|到了|[^,]{0,4}(?:送|抢救|昏|吐))/;
/** What is read of a thing long past is a paper, also when it is read today. */
const OLD_PAPER =
  /(?:去年|前年|上个?学期|上学年|以前|之前|上次|上回|往年|当年|上个?月|那(?:次|起|件|回|年))[^,;]{0,14}(?:档案|材料|记录|资料|台账|报告|卷宗|案卷|案子|处理|整改|的?(?:事|事儿|事情))/;
const LONG_PAST = /去年|前年|上个?学期|上学年|往年|当年|几年前|上个?月|上上?(?:个?星期|个?礼拜|周)/;
const NOW = /现在|正在|刚才?|今天|今早|今晚|又|这会儿|马上|快来|正往/;
const NEGATED =
  /(?:没有?|未|无|没有?发生|未发生|没有?出现|未出现|没有?人|无人|没有?学生|没有?人员|无人员|不会|不能|避免|以免|免得|防止|防|防范|杜绝|预防|谨防|严防|小心|会不会|差点|差一点|险些|存在|严禁|禁止)(?:儿|就)?(?:学生|孩子|人员?|再次?|发生|出现|造成|引起|引发|导致|把|让|被|的)*$/;
/** What may happen has not; what may have happened has ("可能食物中毒了"). */
const MAY =
  /(?:容易|极易|易|担心|害怕|就怕|生怕|怕|恐怕|可能|也许|说不定|迟早|早晚|保不齐|保不准|万一)(?:会|要)?[^,.;]{0,10}$|(?:会|要)(?:学生|孩子|人员?|再次?|发生|出现|造成|引起|引发|导致|把|让|被|的)*$/;
const RECORD_AFTER =
  /^(?:自救|救护|救援|急救|常识|防护|案例|课|情况(?:统计|汇总|表|简报|报告)|案件|材料|数据|次数|起数|人数|概率|几率)|^(?:事[件故]|行为|类)?(?:记录|台账|档案|制度|报告(?!了)|率|通报|案例|处理办法|办法|教育|治理|防治|专项|委员会|举报|保险|应急|演练|演习|防控|防范|警示|宣传|知识|讲座|班会|的?风险|的?隐患|的?危险|流程|处置|怎么|如何|咋|几|多久|要不要|需|应|该|归|谁|属|算|的?定义|标准|范围|险|上报|器|排查|预警|调查处理办法|类别|等级|分几)/;
const BROADCAST =
  /^(?:请?(?:帮我)?(?:发(?:个|一个|条|一条)?|下发|群发|发布|转发)?(?:紧急)?通知|请各|各(?:位|校|学校|园|幼儿园|中小学|单位)|转告|告诉各|群发|给(?:各|全|所有).{0,10}(?:发|通知)|提醒各|[^,。]{0,8}通知(?:各|全|所有))/;
const CALM_ASK = /(?:专项|督导|检查|整治|演练|教育|讲座|简报|统计|导出|方案|课|班会)/;

/** A tumble that hurt nobody is none: "摔了一跤,校医看了没大碍". */
const SMALL = /摔了|摔倒|跌倒|绊|磕|碰|擦|扭|崴|推了|打架|打闹/;
export const UNHURT =
  /没(?:有)?(?:啥|什么)?(?:大)?(?:碍|事|问题)(?!故)|无大碍|不要紧|不严重|擦破(?:了)?(?:点|一?点儿?|块)?皮|没(?:有)?伤着?|没受伤|拉开了/;
export const GRAVE = /医院|120|救护|血|骨|昏|晕|楼上|从[^,]{1,6}(?:掉|摔|滚|栽)|头破|缝|刀/;

/** "累死了", "快淹死在路上了": a manner of speaking. */
const MANNER = /(?:我|快|要|都|真是|简直)[^,.;]{0,3}(?:累|急|气|饿|冻|热|困|忙|淹|烦|笑|堵|渴|晒|愁)死/;
/** Somebody complains, and it is to be put down: an opinion, looked into before it is more than one. */
const HEARSAY =
  /(?:家长|群众|匿名|热线|12345|有人|扫码|来信|信访)[^.;]*(?:反映|举报|投诉|来电|打电话|说)[^.;]*(?:登记|记[一下上着]|(?:没|未)(?:有)?(?:去)?核实)/;

/** It was looked into and was nothing, or it is a rumour denied. */
const FALSE_ALARM =
  /虚惊|误报|没(?:有)?[这那](?:回|个|件)?事|没有的事|谣[言传]|[造辟]谣|不属实|(?:查了?(?:一下|下)?,?|原来|其实|说|结果)(?:就)?是[^,;]{0,5}(?:下水道|水汽|蒸汽|灰尘|粉尘|油烟|味儿?$)/;

/** Builds the ear once from the office's words. */
export function emergencyEar(words: Lexicon['emergency']): EmergencyEar {
  const find = wordFinder({ ...words });
  const hears = (text: string, named: boolean): boolean => {
    if (BROADCAST.test(text)) return false;
    if (FALSE_ALARM.test(text) && !GRAVE.test(text)) return false;
    if (MANNER.test(text) && !GRAVE.test(text) && !/学生|孩子|老师|人员/.test(text)) return false;
    if (HEARSAY.test(text) && !GRAVE.test(text) && !NOW.test(text)) return false;
    const parts = text.split(/[,.;!?\n]+|\s{1,}/).filter(Boolean);
    if (
      clusterIn(text) &&
      !/通知|如果|预防|专项|制度|台账/.test(text) &&
      (!ASKS.test(text) || CRY.test(text))
    )
      return true;
    if (lostIn(text) && !SUPPOSED.test(text) && !ASKS.test(text) && !CLOSED.test(text)) return true;
    return parts.some((part, i) => {
      const events = eventsIn(part, find);
      if (events.length === 0) return false;
      const around = parts.slice(Math.max(0, i - 1), i + 2).join(',');
      const question = /\?/.test(text) ? `${around}?` : around;
      return happened(part, around, question, events, named, find);
    });
  };
  const risk = (text: string) => find.all(text).some((f) => f.key === 'danger');
  return { hears, risk };
}

type Finder = ReturnType<typeof wordFinder<keyof Lexicon['emergency']>>;

/** Incident words of one clause that are neither negated nor part of a document's or a lesson's name. */
function eventsIn(part: string, find: Finder): string[] {
  const found = find.all(part);
  const events: string[] = [];
  for (const f of found) {
    const before = part.slice(0, f.start);
    const after = part.slice(f.end);
    if (f.key === 'harmless' || f.key === 'drill' || f.key === 'danger') continue;
    if (TAUGHT.test(before)) continue;
    if (NEGATED.test(before) || RECORD_AFTER.test(after)) continue;
    if (MAY.test(before) && !(/可能|恐怕|也许|怕/.test(before) && HAPPENED.test(after))) continue;
    if (f.key === 'incidents') events.push(f.word);
    if (
      f.key === 'to_person' &&
      new RegExp(PERSON).test(part) &&
      !/监控|灭火器|标牌|钥匙|材料|照片|手机|通知/.test(before)
    ) {
      events.push(f.word);
    }
    if (f.key === 'symptoms' && MANY.test(part.replace(/[一二三四五六七八九]年级|[\d一二三四五六]班/g, '')))
      events.push(f.word);
  }
  const bare = found
    .filter((f) => f.key === 'harmless')
    .reduceRight((rest, f) => `${rest.slice(0, f.start)}*${rest.slice(f.end)}`, part);
  const scene = sceneIn(bare) && !TAUGHT.test(part) && !NOT_SO.test(part) && !MAY_SCENE.test(part);
  if (scene) events.push('出事');
  if (clusterIn(part.replace(/[一二三四五六七八九]年级/g, ''))) events.push('暴发');
  return events;
}

function happened(
  part: string,
  around: string,
  question: string,
  events: readonly string[],
  named: boolean,
  find: Finder,
): boolean {
  if (SUPPOSED.test(around) || FEARED.test(around)) return false;
  if (ORDER.test(part) && !/现在|正在|刚才|快来|救命/.test(around)) return false;
  if (FOLLOW_UP.test(around) && !/现在|正在|刚才|又/.test(around)) return false;
  const real = REAL.test(around) || named;
  const hard = events.some((e) => /砸|医|昏|晕|血|骨折|断|伤|120|救护|死|抢救|不行|着火|起火|捅|砍/.test(e));
  if (find.all(part).some((f) => f.key === 'drill')) {
    const staged = /模拟|假设|预案|讲座|宣[传讲]|教育|案例|手抄报|培训|班会|课|专项/.test(part);
    if (staged || !hard || !/[了送]/.test(part)) return false;
  }
  if (CLOSED.test(around) && !NOW.test(around)) return false;
  // At a drill everybody leaves the house, and somebody who coughed is well.
  const calm = UNHURT.test(around) || events.every((event) => /撤|疏散/.test(event));
  if (/演练|演习/.test(around) && calm && !hard && !GRAVE.test(around)) return false;
  if (SMALL.test(part) && !hard && UNHURT.test(around) && !GRAVE.test(around)) return false;
  const at = Math.max(...events.map((e) => part.indexOf(e)));
  const head = at > 0 ? part.slice(0, at) : '';
  if (LONG_PAST.test(head) && !/又|再次|现在|刚才?|正在/.test(head)) return false;
  if (OLD_PAPER.test(part) && !/又|刚才|正在|现在|这会儿/.test(around)) return false;
  if (ASKS.test(question)) {
    if (CALM_ASK.test(part) && !hard) return false;
    const rule =
      /几个?(?:小时|分钟|钟头)|多少分钟|这种|这类|多久|多长时间|多少时间|要不要|需不需要|是否|流程|规定|算不算/.test(
        question,
      );
    // "…了怎么办" is a cry for help, not a question about the rules
    const cry = hard && /了[,!]?(?:该|我|我们)?(?:怎么办|咋办|咋整|怎么弄)/.test(around);
    if (CRY.test(around) && !rule) return true;
    return (real || cry) && DONE.test(part) && !rule;
  }
  // a bare noun ("安全事故", "欺凌") tells of nothing by itself
  if (!real && part.length <= 4 && !DONE.test(part) && !/出事|救命|着火|跳楼|中毒|紧急/.test(part))
    return false;
  return true;
}
