// Shapes of what is said to and by the office: opinions, notices, corrections.
import type { ShapeRule } from './shape-types.ts';

const KIN =
  /亲戚|亲属|[妻小]弟|小舅子|大舅|[堂表]?[哥兄弟姐妹]夫?(?=[,.]|$|的|,)|嫂|爱人|老公|老婆|丈夫|妻子|岳|公公|婆婆|儿子|女儿|侄|外甥|[姑姨叔舅]|亲家|同学|战友|过节|矛盾|恩怨|前[夫妻]/;
export const TALK: readonly ShapeRule[] = [
  { if: /综合督导|综督/, signs: { office: true, school: true }, add: { 'comp.notify': 2 } },
  { if: /自评/, add: { 'comp.selfeval': 2 } },
  { if: /回避|避嫌/, signs: { asks: false }, add: { 'comp.avoidance': 2, 'visit.log': -2 } },
  { if: KIN, and: /回避|换(?:个?人|一?位|掉|别人)|更换|不参加|合适吗|避嫌/, add: { 'comp.avoidance': 3 } },
  {
    if: /组里|督导组|督学|名单|来督导/,
    and: /不适合|不合适|纠纷|矛盾|过节|有意见|利益|争执|争吵|冲突|得罪|恩怨|换(?:个?人|一?位)|更换/,
    signs: { principal: true, person: true },
    add: { 'comp.avoidance': 4 },
  },
  { if: /专项/, signs: { asks: true }, add: { 'campaign.progress': 2 } },
  {
    if: /专项/,
    and: /进度|进展|完成(?:了|情况)|还(?:剩|有)/,
    signs: { asks: false },
    add: { 'campaign.progress': 2 },
  },
  {
    if: /专项/,
    not: /进度|进展|完成(?:了|情况)|还(?:剩|有)/,
    signs: { office: true, asks: false },
    add: { 'campaign.create': 1.5 },
  },
  // opinions
  {
    if: /家长|群众|举报|投诉|匿名|热线|来信|来电|12345|留言|扫码/,
    and: /反映|投诉|举报|打电话|来电|说|嫌|来信|转来|匿名|留言/,
    not: /家访|座谈|走访|回复|答复|核实|处理(?:好|完|了)|沟通了/,
    signs: { asks: false },
    add: { 'opinion.log': 2 },
  },
  { if: /座谈|走访|家访|问卷|补录/, signs: { problem: true }, add: { 'opinion.log': -2 } },
  {
    not: /反映|投诉|举报|说|打电话|打来|来电|匿名|热线|留言|来信|嫌/,
    signs: { problem: true, school: true },
    add: { 'opinion.log': -2 },
  },
  { if: /投诉|意见|举报|反映/, signs: { asks: true }, add: { 'opinion.list': 2.5, 'notice.status': -2.5 } },
  {
    if: /(?:未|没|待|还没)(?:办结|处理|办完|回复|答复|处理完)|看看|列|有哪些|清单/,
    and: /意见|投诉|举报|来信/,
    not: /已经?(?:办结|回复|处理)|跟|核实了/,
    signs: { principal: false },
    add: { 'opinion.list': 3, 'opinion.reply': -3 },
  },
  { if: /答复|回复(?:家长|投诉|举报|反映|群众)|这么回复/, add: { 'opinion.reply': 2 } },
  {
    if: /投诉|举报|反映|意见|来信|家长/,
    and: /回(?:过|了)话|回话|(?:回复|答复|解释)(?:了|过|好)|已(?:经)?(?:道歉|处理|解决|核实|退|办结|查清|沟通|整改)|跟(?:家长|人家|投诉人|反映人|群众)(?:说|讲|回|解释)/,
    signs: { principal: false, asks: false },
    add: { 'opinion.reply': 3, 'opinion.log': -3 },
  },
  {
    if: /(?:给|跟|向|对)[^,.]{0,8}(?:回(?![家来去访头校])|答复|回复|解释|说清|说明)|就(?:说|回)|告诉(?:家长|人家|他们|举报人|投诉人)/,
    and: /投诉|举报|反映|意见|来信|家长/,
    not: /记一?[下条]|登记|来电|打电话|给我/,
    signs: { principal: false, asks: false },
    add: { 'opinion.reply': 4, 'opinion.log': -4 },
  },
  // notices
  {
    if: /^给[^,.;:]{1,12}(?:群)?发(?:一?[条个])?(?:通知|消息)?:/,
    signs: { office: true },
    add: { 'notice.broadcast': 24, 'study.log': -12 },
  },
  {
    // "流感的通知大河那边两所看了没"
    if: /(?<!整改)通知(?!书)[^,.;]{0,14}(?:看|收|签|回)(?:到|收)?了没/,
    add: { 'notice.status': 8, 'rect.query': -8 },
  },
  {
    if: /^(?:请|帮我)?(?:发到|发在|发给|转发到|转到|通知到?|在|给)[^:,]{1,24}(?:群|机器人)(?:里|内|上|中)?(?:发(?:一?条|个)?(?:通知|消息)?)?[:,]/,
    signs: { office: true },
    add: { 'notice.broadcast': 24, 'rect.remind': -24 },
  },
  {
    if: /^(?:请?(?:帮我)?(?:发(?:个|一个|条|一条)?|下发|群发)?通知|群发|转告|发给[^,:]{2,20}名单[^,:]{0,8}[,:]|请各|各位|各(?:区|校|园|学校)[^,:]{0,6}:)/,
    not: /撤回|作废/,
    signs: { office: true, asks: false },
    add: { 'notice.broadcast': 2.5 },
  },
  { if: /撤回|撤下来|收回来/, add: { 'notice.recall': 2 } },
  {
    if: /发(?:的|出去|错|早|重)|重(?:新)?发/,
    and: /撤|收回/,
    signs: { office: true },
    add: { 'notice.recall': 3, 'record.void': -4, 'record.correct': -3 },
  },
  {
    if: /撤/,
    and: /会议|(?<!座谈|家长|例)会(?:改|推|挪|提前)|培训|改到|改成.{0,4}点/,
    not: /督导|记录|作废/,
    signs: { office: true, asks: false },
    add: { 'notice.recall': 6, 'record.void': -6, 'record.correct': -3 },
  },
  { not: /通知|消息|群发|发错|刚发|那条|信息/, add: { 'notice.recall': -4 } },
  { if: /回执|没确认|没回复/, signs: { asks: true }, add: { 'notice.status': 2 } },
  { if: /签收/, signs: { principal: true, asks: false }, add: { 'notice.ack': 2 } },
  {
    if: /已(?:经)?签收|签收(?:了|完)|签(?:过)?字了/,
    signs: { principal: true, asks: false },
    add: { 'notice.ack': 4, 'rect.evidence': -2 },
  },
  {
    if: /(?:都|全|谁|几个|多少)?[^,.]{0,4}(?:确认|回执|回复|签收|看|收到|回)(?:了|过)(?:没|吗|没有|么)/,
    not: /整改|材料|投诉|意见|\d{3}号?/,
    signs: { office: true, asks: true, school: false },
    add: { 'notice.status': 4 },
  },
  {
    if: /(?:通知|消息|信息)[^,.]{0,4}(?:看到|看过|看|知道|收)了|(?:看到|看过)(?:通知|消息)了?/,
    not: /没|未|整改通知书?[^,.]{0,6}(?:说|写)/,
    signs: { principal: true, asks: false },
    add: { 'notice.ack': 7 },
  },
  {
    if: /(?:领导|督学|老师|您|你们?|请)放心/,
    signs: { principal: true, asks: false, notice: false },
    add: { 'notice.ack': 5 },
  },
  {
    if: /^(?:我们?|刚)?(?:都|已经?)?签(?:了|好了|过了|完了)$/,
    signs: { principal: true },
    add: { 'notice.ack': 10, 'rect.evidence': -10 },
  },
  { if: /没(?:有)?收到|未收到|没(?:有)?签收|没看到/, add: { 'notice.ack': -6 } },
  // corrections
  {
    // "前头说的石佛小学不对,是石佛中心园"
    if: /(?:前头|前面|刚才|刚刚|上面|上头)(?:说|写|记|报|登|填)的[^,.;]{1,10}(?:不对|错了|有误),?(?:应该)?是/,
    signs: { asks: false },
    add: { 'record.correct': 14, 'visit.log': -8 },
  },
  {
    // "宿舍那条 期限7天 改10天"
    if: /期限?[^,.;]{0,6}(?:天|日|号|周)[\s,]*改(?:成|为|到)?[^,.;整\s]{1,4}(?:天|日|号|周)/,
    signs: { principal: false, asks: false },
    add: { 'record.correct': 10, 'rect.issue': -8 },
  },
  // who takes nothing back corrects nothing
  {
    not: /错|改|不是|而是|更正|应该?[是为]|其实|漏|补|添|加|少|多|删|去掉|不要|糊涂|[写记登填选录说搞弄]成|有误|不对|调|换|变|岔/,
    add: { 'record.correct': -5 },
  },
  {
    if: /写错|填错|选错|登错|记错|更正|不是.{1,14}(?:是|,是)|(?:改成|改为)/,
    not: /整改|通知/,
    add: { 'record.correct': 1.5 },
  },
  {
    // a number put down too high, a name left out, one school's record under another's
    if: /[写记填登报录说](?:多|少|岔|混|反)了|[搞弄]混了|[写记填登录]成了?[^,.;]{1,10}了?(?=$|[,.;])|名单里?[^,.;]{0,4}(?:没|漏|少)|[没漏少](?:记|写|填|登)(?:上|了)?[^,.;]{0,6}(?:人|同行|同去|一道|一起|跟我)|(?:同行|同去)(?:的|人)[^,.;]{0,3}(?:把|加|添|补|漏|少)/,
    not: /整改好|[怎咋]|吗/,
    signs: { asks: false, principal: false },
    add: { 'record.correct': 4, 'visit.log': -3, 'finding.report': -3 },
  },
  {
    if: /写成|记成|登成|填成|选成|其实是|本来是|搞错了|说错/,
    signs: { asks: false },
    add: { 'record.correct': 2.5, 'visit.log': -1.5 },
  },
  {
    if: /(?:记录|那条|刚才|登记|上一条|昨天的|前天的)[^,.]{0,10}(?:加(?!固|装)|添|补上|漏|少(?:写|记|填|登)|忘(?:写|记|填|登))/,
    signs: { asks: false, principal: false },
    add: { 'record.correct': 4, 'visit.log': -2, 'finding.report': -1 },
  },
  {
    // "还有是上午去的": no school is named anew, only the day or the half of it
    if: /(?:^|[,\s])(?:还有|另外|而且|我)*(?:应该|其实)?是[^,.]{1,8}(?:去|到|跑|看)的/,
    signs: { school: false, problem: false, asks: false },
    add: { 'record.correct': 3, 'visit.log': -2 },
  },
  { if: /没(?:有)?去.{2,12}[,.]?(?:去的)?是/, add: { 'record.correct': 6 } },
  {
    if: /(?:^|[^不])是[^,.不]{1,10}[,]?不是[^,.]{1,10}$/,
    signs: { principal: false, asks: false },
    add: { 'record.correct': 4, 'finding.report': -2, 'visit.log': -2 },
  },
  {
    if: /^(?:刚才)?(?:的)?第[一二三四五\d](?:个|条|项).{0,8}(?:当场|现场|不算|删|去掉|改|严重|一般)/,
    add: { 'record.correct': 4, 'finding.report': -2 },
  },
  {
    if: /(?:改|换)(?:一)?[下改]|想改|要改|得改|不对|有误/,
    and: /日期|时间|学校|期限|节数|人数|第[一二三四五\d]条|内容|方式|编号/,
    not: /整改|通知|会议/,
    signs: { asks: false, principal: false },
    add: { 'record.correct': 4 },
  },
  { if: /作废|删(?:了|掉|除)/, not: /通知/, add: { 'record.void': 2.5 } },
  // a numbered notice is on record, not a message that can be taken back
  {
    if: /作废|撤销/,
    signs: { notice: true, principal: false, asks: false },
    add: { 'record.void': 6, 'notice.recall': -8 },
  },
  {
    if: /登重|录重|重复(?:登|录|了)|撤掉|录错.{0,4}(?:删|撤)|没去成.{0,6}(?:删|撤|作废)/,
    not: /通知/,
    add: { 'record.void': 3, 'visit.log': -3 },
  },
];
