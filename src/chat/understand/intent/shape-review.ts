// Shapes of a verdict on what a school has put right: passed, sent back, in part, or none yet.
import type { ShapeRule } from './shape-types.ts';

export const REVIEWING: readonly ShapeRule[] = [
  {
    // "…,算改了一半吧": how far it was put right
    if: /(?:算|只|才|就|顶多)(?:是)?(?:整?改|弄|做)(?:好|完|到位)?了?(?:一半|大半|一部分|个?七?八?成)/,
    signs: { principal: false, asks: false },
    add: { 'rect.review': 10, 'finding.report': -8 },
  },
  {
    if: /合格|通过|到位|销号|可以销|销[了吧]|打回|退回/,
    signs: { principal: false, notice: true, asks: false },
    add: { 'rect.review': 2 },
  },
  {
    if: /(?<![检督测体])(?:验|核|复[查核看])(?:了|过|收|查|实)|改(?:好|完|了)?(?:[一两二三四五六七八九\d]+|大半|一半)(?:条|个|项|处)|(?:剩|差|缺)[^,.]{0,3}(?:条|个|项|处)/,
    signs: { principal: false, notice: true, asks: false },
    add: { 'rect.review': 4, 'finding.report': -4 },
  },
  {
    if: /整改|材料|复查|改[得的]/,
    and: /(?:可以|给|算|不)过|通过|合格|到位|销[号了吧]|先不销|退回|打回|重新|没改/,
    not: /通知/,
    signs: { principal: false, asks: false },
    add: { 'rect.review': 2.5, 'visit.log': -1.5 },
  },
  {
    if: /(?:^|[,.;\s])(?:不|没|未)(?:合格|通过|到位|达标|算过|过关)(?:$|[,.;\s])/,
    signs: { principal: false, asks: false, went: false },
    add: { 'rect.review': 3.5, 'finding.report': -2 },
  },
  {
    if: /(?:[这那](?:条|个|项)|[,\s]|\d{3}号?)(?:我)?(?:看了|核了|验了|去过)?(?:就|可以|算|给|不|没|先不|能|怎么)*(?:过(?:了|吧)?|行了|销(?:了|吧|掉))(?=$|[,.;\s])/,
    signs: { principal: false, asks: false, went: false },
    add: { 'rect.review': 8, 'finding.report': -3 },
  },
  {
    // "别给大河中学过,烟道还在漏油"
    if: /(?:别|不要|不能|先别)给.{1,8}过(?=$|[,.;])/,
    signs: { principal: false, asks: false },
    add: { 'rect.review': 10, 'finding.report': -6 },
  },
  {
    if: /回头看|复查|验收|复核(?!员)/,
    signs: { principal: false, asks: false },
    add: { 'rect.review': 2, 'finding.report': -1.5 },
  },
  {
    if: /材料|照片|佐证|报告/,
    and: /让(?:他们|学校|园里)?(?:重新)?(?:补|再交)|重新(?:交|报|拍)|退/,
    signs: { principal: false, asks: false },
    add: { 'rect.review': 3 },
  },
  {
    if: /没啥?问题|可以|到位/,
    and: /销|过/,
    signs: { principal: false, notice: true, asks: false },
    add: { 'rect.review': 2 },
  },
  {
    if: /还差|先退|退$|不行|没改/,
    signs: { principal: false, notice: true, asks: false },
    add: { 'rect.review': 2.5 },
  },
  // a visit without a word of checking is no verdict, nor is what the school says of itself
  {
    not: /整改|材料|复查|复核|验收|销|通过|合格|(?<![看去来])过了|行了|给过|算过|打回|退|到位|改[好完得了彻]|改[^,]{0,3}[没不]|照片|回头看|核查|核实|审|重[新弄做改]|返工|佐证|报告|还是(?:旧|老|坏)|能?算/,
    add: { 'rect.review': -4 },
  },
  {
    if: /说(?:是|都|已经?)?[^,.]{0,4}(?:改|修|换|弄|整改)(?:好|完|了)/,
    and: /没(?:有)?(?:去|看|核|查)|还没|等我/,
    add: { 'rect.review': -6 },
  },
  { if: /等[^,.]{1,8}(?:定|说|拍板)/, add: { 'rect.review': -4, 'rect.extend_decide': -2 } },
  {
    if: /整改|材料/,
    and: /看着(?:还)?行|还行|就差|只差|凑合/,
    signs: { principal: false, asks: false },
    add: { 'rect.review': 3, 'finding.report': -2 },
  },
  {
    // "说修好了,我去一拧还是凉的"
    if: /(?:说|报)(?:的|是|都|已经?)?[^,.;]{0,8}(?:修|换|改|装|弄|补|清)(?:好|完|了|过)/,
    and: /我(?:去|过去|一|到)[^,.;]{0,6}[拧看试查推摸按踩拉开瞧]/,
    signs: { principal: false, asks: false },
    add: { 'rect.review': 9, 'visit.log': -3 },
  },
  {
    if: /打回(?:去|来)?(?:$|[,.;])|退(?:回去?|掉)(?:$|[,.;])/,
    signs: { principal: false, asks: false, school: true },
    add: { 'rect.review': 12, 'finding.report': -8 },
  },
  {
    // who upholds what a school said against a notice passes no rectification
    if: /申[辩诉]|异议|不服|不认(?:的|那)|有意见的/,
    and: /站得住|在理|有道理|成立|看走眼|看错|撤(?:掉|了|回)?|属实/,
    signs: { principal: false, asks: false },
    add: {
      'rect.review': -30,
      'record.void': -14,
      'rect.extend_decide': -9,
      'opinion.reply': -9,
      'notice.recall': -9,
    },
  },
  // people who stand where they should are no rectification
  {
    if: /到位|合格/,
    not: /整改|材料|复查|复核|验收|销|通过|改[好完得了]|照片|回头看|核查|核实|审|佐证|报告|交的|就差|只差|基本到位|(?:改|修|换|装|补|清|落实|完成)[^,]{0,3}到位/,
    signs: { notice: false },
    add: { 'rect.review': -5, 'visit.log': 1 },
  },
  {
    if: /部分(?:完成|整改|到位|改了)|(?:算|按)[^,]{0,2}(?:过|完成|部分|合格|没过)/,
    signs: { principal: false, asks: false, school: true },
    add: { 'rect.review': 4, 'finding.report': -2 },
  },
  // a limit is no verdict
  { not: /复查|材料|看了|验收|合格|通过|销/, signs: { limited: true }, add: { 'rect.review': -7 } },
];
