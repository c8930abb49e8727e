// Shapes of what ends, confirms or calls off a conversation, and of emergencies that only likeness tells of: never guessed lightly.
import { GRAVE, UNHURT } from '../danger/emergencies.ts';
import type { ShapeRule } from './shape-types.ts';

export const ENDS: readonly ShapeRule[] = [
  {
    // "一中井盖没有", "特校听课本没评语": one fault known by heart, and whose, whatever else its words are like
    not: /[?吗呢么]|有没有|看[完了]|转了|[行好成]了$|小时|学时|整改|通知|材料(?!造假|少|没)|通过|合格|退|打回|销|反映|举报|投诉|家长/,
    signs: { school: true, heart: true, principal: false, went: false, future: false, notice: false },
    add: { 'finding.report': 20 },
  },
  // the ear has heard no emergency; likeness to an example may still tell of one, but not against these words
  { add: { 'emergency.report': -1 } },
  {
    if: /容易|可能|怕|防|演[练习]|如果|万一|怎么|咋|流程|隐患|风险|去年|以前|上个?月|上学期|没(?:有)?(?:发生|受伤)/,
    add: { 'emergency.report': -4 },
  },
  {
    if: /没(?:有)?(?:学生|人|人员|孩子)|未(?:发生|造成)|写|统计|点|病史|建档|档案|台账/,
    add: { 'emergency.report': -9 },
  },
  { signs: { asks: true }, add: { 'emergency.report': -4 } },
  // what lies or stands somewhere harms nobody yet
  {
    if: /放着|放在|存放|混放|堆着|混在一起|没锁|没上锁/,
    not: /喝|吃|吞|误|炸|着火|倒|晕|伤|送/,
    add: { 'emergency.report': -4 },
  },
  { if: UNHURT, not: GRAVE, add: { 'emergency.report': -8 } },
  {
    if: /(?:孩子|学生|娃|同学|小朋友)[^,]{0,6}(?:发烧|发热|感冒|咳嗽|流鼻血|肚子疼|拉肚子)/,
    not: /抽|昏|晕|120|抢救|医院|十|几|多|[二两三四五六七八九\d](?:个|名)|集体|一片/,
    add: { 'emergency.report': -7 },
  },
  { if: /水管|自来水|停水|停电|下水道|漏水/, add: { 'emergency.report': -6 } },
  // "食堂那个" points at something; it says nothing of it
  { if: /^[^,.;]{1,8}[那这](?:个|条|项|件|份|张)的?$/, add: { 'chat.other': 2, 'rect.evidence': -3 } },
  {
    if: /(?:督导|检查|走访|去过?)的?记录$/,
    not: /(?<!督)导|打印|下载|作废|删|改|登|记一|补|写/,
    signs: { short: true },
    add: { 'visit.history': 3, 'export.file': -3 },
  },
  // what confirms, accepts or calls off is never guessed from likeness alone
  { signs: { asks: true }, add: { 'notice.ack': -3, 'flow.confirm': -9, 'flow.cancel': -3 } },
  {
    not: /收到|知道|已阅|收悉|知悉|明白|签收|签了|看[到见着]|准(?:时)?到|好的|照办|落实|遵照|了解|嗯|放心/,
    add: { 'notice.ack': -3 },
  },
  {
    // "例会的信儿看见了,准到": a call to come is answered by coming
    if: /(?:信儿?|通知|消息|会)[^,.;]{0,5}(?:看[到见着]了|收到了?|知道了)|(?:准时?|一定|按时)(?:到场?|参加|去|参会)(?:$|[,.;])/,
    not: /整改|延|宽|缓|申请|督导记录/,
    signs: { asks: false, problem: false, notice: false, school: false },
    add: { 'notice.ack': 8, 'rect.extend_decide': -8, 'visit.log': -4, 'chat.other': -3 },
  },
  {
    if: /(?:别|不要?|甭|没|未|等会儿?|慢点)[^,.]{0,3}(?:确认|提交|发|确定|录|记|存|通过|签收)/,
    signs: { short: true, asks: false },
    add: { 'flow.cancel': 3.5, 'notice.broadcast': -3 },
  },
  {
    if: /(?:^|[,.;\s])[^,.;]{0,10}(?:先|就|还是|暂时|干脆)?(?:不|别)(?:登|记|录|发|报|填|存|提交|写)了(?:吧)?(?=$|[,.;\s])/,
    not: /作废|删|撤|通知|记录/,
    signs: { asks: false, problem: false, principal: false },
    add: { 'flow.cancel': 7, 'record.correct': -3, 'visit.log': -3 },
  },
  { if: /不|没|别|未|等|几|哪|取消|停|撤|算了|退/, add: { 'flow.confirm': -20 } },
  // a list that is wanted is no receipt
  {
    if: /列|清单|汇总|统计|看看|看一?下|查|导|收到的|没收|未收/,
    not: /^(?:好的?,?)?已?(?:收到|知道|明白|收悉)/,
    add: { 'notice.ack': -9 },
  },
  { signs: { short: false }, add: { 'flow.confirm': -9, 'flow.cancel': -3 } },
  {
    // "把刚才的记录确认一下", "再就是我昨天去的那条记录帮我确认了"
    if: /^(?:你|再就是|再有|还有|那)?(?:帮我|给我|请|麻烦)?(?:把|将)?我?(?:[今昨前]天|今早|早上|[上下]午|刚才|刚刚|上面|[这那])[^,.;]{0,6}(?:[条个份次]|的)的?(?:督导)?(?:记录|登记)?(?:给我|帮我|先|就)*确认(?:一下|了|掉|上)吧?$/,
    not: /整改|通知|延期|消息|回执/,
    signs: { asks: false, school: false, principal: false },
    add: {
      'flow.confirm': 28,
      'record.correct': -12,
      'record.void': -16,
      'notice.status': -12,
      'visit.log': -12,
    },
  },
  { signs: { school: true }, add: { 'flow.confirm': -9 } },
  {
    if: /(?:上面|上边|刚才|刚刚|前面|[这那](?:个|条))[^.]{0,8}(?:先|就|都)?(?:取消|撤[了回销]?|不要|不算|别发)/,
    not: /通知/,
    signs: { principal: true, asks: false },
    add: { 'flow.cancel': 5, 'record.correct': -3 },
  },
  {
    // "刚写的那条扔了吧,我重新说": what was only begun is dropped, to be said anew
    if: /^(?:那|算了|哎|不对)?,?(?:我)?(?:刚才?|刚刚|上面|上头|前面|前头|[这那])(?:我)?[^,.;]{0,10}(?:扔|丢|删|划|清|废|撤|不要|不算)(?:掉|了|去|空)*吧?[,.;\s]*(?:我|让我|咱)?(?:再|重新?|从头)(?:再|开始)?(?:来|说|讲|写|录|填|记|报|登)/,
    not: /作废|通知|消息|信息|群|记录|发的/,
    signs: { asks: false, school: false, dated: false, notice: false },
    add: { 'flow.cancel': 24, 'record.void': -14, 'record.correct': -8, 'chat.other': -6 },
  },
  {
    if: /不(?:用|要)?(?:延期?|缓|推迟)了|不申请了/,
    signs: { principal: true, asks: false },
    add: { 'flow.cancel': 7, 'rect.appeal': -3, 'rect.extend_request': -4 },
  },
  {
    not: /取消|算了|作罢|不(?:要|用|记|发|登|录|报|写|弄|存|做|办|说|填|提交|交|整|搞|管|干|算|延)|别|停|撤|放弃|退出|放着|搁|再说|没说|中止|罢|作数|删|清/,
    add: { 'flow.cancel': -5 },
  },
  { if: /留着|保留|还是要(?!不)|还是记/, not: /不(?:留|保留)/, add: { 'flow.cancel': -6 } },
  {
    // to wait is not to call off
    if: /等(?:我|他|她|领导|校长|主任)[^,]{0,4}(?:回来|看|定|问|确认|到)/,
    not: /取消|算了|作罢|不(?:要|记|发|登|存)|别(?:发|记|登|存|报)/,
    add: { 'flow.cancel': -6 },
  },
  { signs: { problem: true }, add: { 'flow.cancel': -3 } },
  { not: /登|记|录|存|发|报|填|[这那刚上]/, signs: { school: true }, add: { 'flow.cancel': -5 } },
];
