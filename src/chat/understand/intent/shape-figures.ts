// Shapes of what is asked for: papers and figures, hours of study, rules.
import type { ShapeRule } from './shape-types.ts';

const RULE =
  /几天内|几个?小时|多久|多长时间|最[多少长短]|至少|要不要|必须|谁来|找谁|后果|会怎|怎么样处理|规定|依据|有权|算.{0,8}吗|(?:可以|能|需要|应该|要).{0,14}[吗么?]$|怎么(?:上?报|办|认定|处理)|咋报|如何(?:上?报|处理|认定)|什么(?:情况|流程|程序|条件|叫)|哪些(?:情形|情况|方面|内容)|几(?:次|回|年|天)/;

export const FIGURES: readonly ShapeRule[] = [
  // papers and figures
  { if: /简报|月报|通报.{0,2}(?:写|起草)/, add: { 'briefing.draft': 2 } },
  { if: /导出|导成|导一?份|excel|pdf|word|打印|下载/, add: { 'export.file': 2.5 } },
  { if: /(?:拉|出|做|弄|列|整)(?:一)?[个张份](?:表|表格|excel)/, add: { 'export.file': 3.5 } },
  {
    if: /(?:最多|哪类|哪些问题|占|排|比例)/,
    and: /问题|督导|整改/,
    not: /最多(?:能|可以|几|给|延)/,
    signs: { asks: true },
    add: { 'stats.query': 1 },
  },
  { if: /一共|总共|总计|共[计有]?|累计/, signs: { asks: true }, add: { 'stats.query': 2.5 } },
  {
    if: /(?:次数|数量|整改率|覆盖率|完成率|数据).{0,4}(?:报|给|看|统计|汇总|咋样|怎么样|多少)|统计|汇总/,
    not: /导|excel|简报/,
    signs: { principal: false },
    add: { 'stats.query': 2 },
  },
  {
    if: /(?:几次|多少).*(?:督导|问题|整改|听课|检查)|(?:督导|问题|整改|听课|检查).*(?:几次|多少)/,
    not: /还(?:差|剩|有|没)|一个月到底/,
    signs: { asks: true, dated: true },
    add: { 'stats.query': 1.5 },
  },
  {
    if: /问题(?:数|量)?[^,]{0,4}最多|最多的[^,]{0,4}(?:问题|项|类|方面)|哪[几些]?(?:类|项|个?方面)[^,]{0,6}(?:最多|突出|集中)/,
    signs: { asks: true, notice: false },
    add: { 'stats.query': 5, 'rule.query': -5 },
  },
  {
    if: /(?:次数|数量|节数|学时|数据|情况|率)[^,.]{0,4}(?:报|给|发|说|拿)(?:一下|给|来)?(?:我|给我)/,
    signs: { principal: false },
    add: { 'stats.query': 4, 'assign.change': -4 },
  },
  {
    if: /最多的(?:[一二三四五几前\d]+(?:类|项|个|条|所))?|排(?:个)?前[一二三五十]|占比|分类(?:统计|汇总)/,
    signs: { principal: false, notice: false },
    add: { 'stats.query': 4, 'opinion.log': -6, 'finding.report': -3 },
  },
  // study
  {
    if: /(?:学习|培训|学了|学的|例会)/,
    signs: { hours: true, asks: false },
    add: { 'study.log': 2.5 },
  },
  {
    if: /(?:学习|培训|学了|学的|例会)/,
    and: /参加|学习(?:了|登记|记录)|记(?:个|一?下)学习/,
    signs: { hours: false, asks: false },
    add: { 'study.log': 2.5 },
  },
  { signs: { asks: true }, add: { 'study.log': -2 } },
  // "专任教师去年没一个参加过培训"
  {
    if: /没(?:有)?(?:一个|一人|几个|人|谁)[^,.;]{0,3}(?:参加|去|接受)/,
    add: { 'study.log': -10, 'finding.report': 3 },
  },
  { if: /不算|算不算/, and: /学时/, add: { 'study.log': -6, 'rule.query': 3 } },
  { if: /学时/, and: /还差|够|欠/, add: { 'stats.query': 4, 'visit.pending': -5, 'study.log': -3 } },
  {
    if: /(?:调|换|交|划|转|让)给/,
    signs: { person: true, school: true, principal: false, asks: false },
    add: { 'assign.change': 4, 'visit.plan': -3 },
  },
  // rules
  {
    // "想知道幼儿园一个月要接受几次督导"
    if: /一个?(?:月|学期|年)[^,.;]{0,4}(?:要|得|该|应)[^,.;]{0,4}(?:接受|被)?[^,.;]{0,2}几[次回]/,
    signs: { school: false, person: false },
    add: { 'rule.query': 8, 'visit.history': -8 },
  },
  {
    if: /(?:带|管|负责|包)(?:着|了)?几(?:个|所)(?:学校|校|园)/,
    signs: { principal: false },
    add: { 'assign.list': 8, 'stats.query': -4 },
  },
  {
    // "我们园责任督学换人了吗"
    if: /督学[^,.;]{0,4}(?:换(?:人|了|成)|是不是换|还是)[^,.;]{0,4}(?:吗|没有?|谁)?$/,
    signs: { asks: true },
    add: { 'assign.list': 10, 'assign.change': -6 },
  },
  {
    if: RULE,
    not: /我(?!们)|还(?:差|剩|有)|一共|总共/,
    signs: { asks: true, school: false, notice: false, dated: false },
    add: { 'rule.query': 1.5 },
  },
  {
    if: /什么时候|最晚|最迟|多久|几天内|还是/,
    and: /延期|申诉|异议|回避|复查|签收|报告|期限/,
    signs: { asks: true, notice: false, dated: false },
    add: { 'rule.query': 2, 'rect.extend_request': -2 },
  },
  {
    if: /一般|通常|原则上|按规定|正常(?:情况)?/,
    and: /几|多少|多久|多长/,
    not: /问题|我(?!们)/,
    signs: { asks: true, school: false, person: false, notice: false },
    add: { 'rule.query': 4, 'assign.list': -4, 'stats.query': -2 },
  },
  {
    if: /标准|一年要|一学期要|必须|应当|应该|最多|至少|规定|要(?:培训|学|去|听|管)(?:多少|几)/,
    and: /多少|几/,
    not: /我(?!们)|还(?:差|剩|有)|今年|这个?月|上个?月|本/,
    signs: { asks: true, school: false, notice: false },
    add: { 'rule.query': 3, 'stats.query': -3 },
  },
  {
    if: /如果|要是|万一|假如|碰上|碰到|遇到/,
    and: /用不用|要不要|需不需要|算不算|该不该|谁(?:来|去)?(?:报|管|负责)|怎么(?:报|办|处理)|多久|先往哪/,
    signs: { school: false, notice: false },
    add: { 'rule.query': 4 },
  },
  {
    // who asks nothing and names no rule asks for none
    not: /规定|依据|政策|标准|文件|条例|办法|制度|多久|多长|几[天个次]|怎么|咋|啥|什么|如何|能不能|可不可以|要不要|是不是|还是|知道|弄清|搞清|明白|来着|解释|查一?下/,
    signs: { asks: false },
    add: { 'rule.query': -3 },
  },
];
