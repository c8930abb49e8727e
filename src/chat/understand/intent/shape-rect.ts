// Shapes of rectification: issuing, handing in, asking for time, objecting; reviewing stands in shape-review.ts.
import type { ShapeRule } from './shape-types.ts';

export const RECTIFICATION: readonly ShapeRule[] = [
  {
    if: /(?:下|发|开|出具?)(?:个|一?份|一?张|达|发|正式)?(?:限期)?整改(?!了|完|好|到位|不|方案)|(?:下|开|发|出具?)(?:个|一?份|一?张|达|发)?.{0,8}(?:整改单|整改通知|整改书)|发通知书/,
    signs: { principal: false, asks: false },
    add: { 'rect.issue': 2.5 },
  },
  {
    if: /(?:下|发|开|出具)(?:个|一?份|一?张|达|发|正式)?.{0,6}整改(?:通知|单)/,
    signs: { school: true, principal: false },
    add: { 'rect.issue': 2 },
  },
  {
    if: /(?:下|开|出|发)(?:个|一?份|一?张|达|发|正式)?(?:书面)?通知(?:书|吧|了|单)?$|书面通知/,
    signs: { school: true, principal: false, office: false, asks: false },
    add: { 'rect.issue': 3.5, 'notice.broadcast': -2 },
  },
  { signs: { asks: true }, add: { 'rect.issue': -2 } },
  // "019号,继续整改": sent on to be put right
  {
    if: /继续(?:整改|改)(?=$|[,.;])/,
    signs: { notice: true, principal: false, asks: false },
    add: { 'rect.review': 14, 'rect.query': -8 },
  },
  // time
  { if: /延期|宽限|展期|缓到|延到|延长/, signs: { principal: true }, add: { 'rect.extend_request': 2 } },
  {
    if: /延期|宽限|展期|缓到|延到|延长/,
    signs: { principal: false, asks: false },
    add: { 'rect.extend_decide': 2 },
  },
  {
    if: /缓.{0,4}天|缓一缓|晚.{0,3}天|再给.{0,5}[天周]|宽限/,
    and: /可以|行|同意|准|批/,
    signs: { principal: false, asks: false },
    add: { 'rect.extend_decide': 3 },
  },
  {
    if: /(?:晚|补|推|延|缓|宽).{0,6}(?:行吗|可以吗|行不行|成吗|好吗|可以不|行不)/,
    signs: { principal: true },
    add: { 'rect.extend_request': 2.5 },
  },
  {
    if: /(?:延期|宽限|申请)[^,.]{0,8}(?:批|同意|答复|回|定|下来)[^,.]{0,4}(?:了没有?|没有?|了吗|吗)$|批没批|同没同意/,
    signs: { asks: true },
    add: { 'rect.query': 5, 'rect.extend_request': -5, 'rect.extend_decide': -4 },
  },
  {
    if: /(?:我|没|不|未)(?:有)?(?:答应|松口|同意|应)(?:他们|学校)?(?:了)?$/,
    signs: { principal: false, asks: false, notice: false, school: true },
    add: { 'rect.extend_decide': 4, 'finding.report': -3 },
  },
  {
    // "那个灯换得可以,我同意": no word of time, so no time is granted
    not: /延|缓|宽|推|晚|期|(?<![今昨明前后])天|周|月|号|再给|多给|批|准|驳|拖|申请|理由|日子|时间/,
    add: { 'rect.extend_decide': -12 },
  },
  {
    // "楼梯灯全黑,给他们十天": nobody has asked for more, so it is a first limit
    if: /[^,.;]{4,}[,\s]?(?:就)?给(?:[他她]们?|学校|园里|园方|校方)?(?:[一二两三四五六七八九十半\d]+)个?(?:天|周|星期|礼拜|月|工作日)(?:时间|改|整改|弄好)?(?:吧)?$/,
    not: /延|缓|宽|拖|再给|多给|申请|批|准|同意|不行|[想要](?!求)|[那这](?:条|个|项|事)|最多|顶多|只能|理由|整改|材料/,
    signs: { principal: false, notice: false, school: true, asks: false },
    add: { 'rect.extend_decide': -9, 'finding.report': 4 },
  },
  {
    // who lets a notice go out sets its first limit, and grants no time
    if: /(?:同意|可以|准|能)(?:下)?发(?!现|生)|(?:可以|能|准)下(?:$|[,.;了吧])|下发|会签|签发|通知书[^,.;]{0,4}发(?:吧|了|出)/,
    not: /延|缓|宽|撤|群发|会议|简报/,
    signs: { principal: false, asks: false },
    add: {
      'rect.issue': 14,
      'rect.extend_decide': -12,
      'rect.review': -9,
      'opinion.reply': -6,
      'export.file': -6,
    },
  },
  {
    // "期限打成七天了,要十天": what was written is put right, and nobody granted anything
    if: /(?:打|写|填|登|录|记|发|说|定|报)成(?:了)?[^,.;]{1,8}[,\s]?[^,.;]{0,4}(?:要|应|是|改|该)/,
    signs: { principal: false, asks: false },
    add: { 'record.correct': 5, 'rect.extend_decide': -9 },
  },
  // handing in and planning
  {
    if: /(?:还)?没(?:有)?(?:整)?(?:改|弄|做)完|没改好|别当真/,
    not: /好了|完了(?!没)|换了|修了|装了|补了|先(?:报|交|发)/,
    signs: { principal: true, asks: false },
    add: { 'rect.evidence': -4 },
  },
  {
    if: /期限|截止|到期/,
    and: /是不是|哪天|几号|啥时候|什么时候/,
    not: /算|规定|最长|一般|从|延/,
    signs: { principal: true, asks: true, notice: false },
    add: { 'rect.list': 3, 'rule.query': -3 },
  },
  {
    if: /(?:整改单|通知书|整改通知)[^,.]{0,3}(?:下|发|开|出)(?!来)/,
    signs: { principal: false, asks: false, school: true },
    add: { 'rect.issue': 3, 'finding.report': -2 },
  },
  { if: /统计|列|汇总|[没未](?:有)?签收/, add: { 'rect.issue': -5, 'rect.list': 1.5 } },
  { signs: { notice: true, problem: false, principal: false }, add: { 'finding.report': -2 } },
  {
    if: /(?:改|换|修|装|补|弄|办|退)(?:好|完|了)/,
    signs: { principal: true, notice: true, asks: false },
    add: { 'rect.evidence': 1.5 },
  },
  {
    if: /明天|后天|下周|下个?月|周末|准备|打算|计划|这就|马上|将于|拟于|之前(?:完成|改完)/,
    and: /换|改|修|装|清|整|补|办/,
    not: /(?:好|完|毕|齐)了|已经|能不能|申请|延/,
    signs: { principal: true, asks: false },
    add: { 'rect.plan': 2, 'rect.evidence': -2 },
  },
  {
    if: /预计|第一步|分(?:两|三|几)步|分批|先[^,.]{1,14}(?:再|然后|之后|后)|拟(?!定了)|下一步|排期|列入/,
    not: /能不能|申请|延|宽|缓|晚|截止|还要|哪/,
    signs: { principal: true, asks: false },
    add: { 'rect.plan': 3, 'rect.evidence': -1.5, 'record.correct': -3 },
  },
  {
    if: /已(?:经)?[^,.]{0,6}(?:上墙|换|修|装|补|清|改|贴|退|调|配|公示|张贴|制定|更新|完善|安排|整理|到位)/,
    signs: { principal: true, asks: false },
    add: { 'rect.evidence': 2 },
  },
  {
    if: /(?:早|都|全|真|终于|这[回次])就?的?[^,.]{0,3}(?:换|修|装|补|清|改|贴|退)(?:好|完|掉|齐)?了?/,
    signs: { principal: true },
    add: { 'rect.evidence': 2.5 },
  },
  {
    if: /(?:再|重新|重|补|又)(?:发|传|交|拍|报)(?:了)?(?:一?[遍次份下张])?[^,.]{0,4}(?:照片|材料|报告|图|佐证|上来|给您|给你|过去)/,
    signs: { principal: true },
    add: { 'rect.evidence': 4, 'rect.query': -3 },
  },
  // a head who "went to the school and found…" says what an inspector says, and hands nothing in
  { signs: { principal: true, went: true, problem: true, asks: false }, add: { 'rect.evidence': -3 } },
  // objecting
  {
    if: /看错|搞错|弄错|写错|核实|冤|不属实|不符/,
    not: /已核实/,
    signs: { principal: true, asks: false },
    add: { 'rect.appeal': 2, 'rect.evidence': -1.5 },
  },
  {
    // "…我核了,没有这事": the paper says it, the school found nothing of the kind
    if: /没有?这(?:个|回|件|种|码)?(?:事|情况|问题|现象)|没有的事|并?不是这(?:么|样)(?:个|一)?回?事|要说明(?:一下|情况)/,
    signs: { principal: true, asks: false },
    add: { 'rect.appeal': 3, 'rect.evidence': -2 },
  },
  {
    if: /不该我们|不归我们|与我们无关|跟我们(?:学校)?(?:没|无)关|不是我们(?:学校)?(?:的|干)|以前.{0,8}的事/,
    signs: { principal: true, asks: false },
    add: { 'rect.appeal': 3 },
  },
  {
    if: /(?:上一?任|前任|以前|老)(?:的)?校长|(?:跟|和|与|同)(?:我们?|现在|本校|我校|学校)?[^,.]{0,4}(?:没有?|无|不搭)关(?:系|联)?/,
    signs: { principal: true, asks: false },
    add: { 'rect.appeal': 4 },
  },
  {
    // "哪来的校车", "督学是不是看错了": asked, but said against the paper
    if: /哪(?:里|儿)?(?:来的|有(?!哪|些|几))|(?:是不是|会不会|是否|肯定|应该是?|恐怕|怕是|可能)[^,.]{0,8}(?:看|搞|弄|记|写|认|发|查)错|误会|误判/,
    signs: { principal: true },
    add: { 'rect.appeal': 5, 'notice.ack': -3, 'rect.query': -3 },
  },
];
