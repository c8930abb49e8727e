// Shapes of visits, findings, lessons and plans: who went, what was seen, which day it is about.
import type { ShapeRule } from './shape-types.ts';

const SUBJECT =
  /语文|数学|英语|物理|化学|生物|历史|地理|政治|道法|道德与法治|科学|音乐|美术|体育|信息技术|劳动|心理|律动|拼音/;
const COMMENT =
  /讲|课件|板书|互动|参与|练习|导入|气氛|拓展|目标|节奏|小组|评价|[,\s][优良差](?:$|[,.])|授课|(?:老师|教师)(?:的|课|讲|基本功|语|教|普)|当堂|课堂(?!秩)|学生(?:参与|回答|举手|积极|发言)/;

/** What was learnt hears that something was done at a school, and it is told, not asked or planned. */
const ACTED_THERE = {
  acted: true,
  school: true,
  inFlow: false,
  principal: false,
  asks: false,
  future: false,
  notice: false,
} as const;

export const VISITS: readonly ShapeRule[] = [
  {
    signs: { school: true, went: true, principal: false, asks: false, future: false, paper: false },
    add: { 'visit.log': 2 },
  },
  {
    signs: { problem: true, went: false, principal: false, asks: false, paper: false },
    add: { 'finding.report': 2 },
  },
  // what was learnt hears a problem, and nothing of a visit, a notice or a person hurt
  {
    not: /整改|材料|复查|销[了号吧]|[给算没不先]过|改(?:好|完|了)|[这那][几两三]?条|等于没|(?:娃|孩子|学生|女生|男生|幼儿|小朋友|人)[^,]{0,8}(?:被|泼|烫|砸|撞|咬|摔|淹|伤|血|晕|吐|倒|压|冲|跳|堵|扇)|(?:泼|烫|砸|撞|咬|压|冲进)[^,]{0,6}(?:娃|孩子|学生|人)/,
    signs: {
      fault: true,
      acted: false,
      went: false,
      school: true,
      inFlow: false,
      principal: false,
      asks: false,
      notice: false,
      paper: false,
    },
    add: {
      'finding.report': 4,
      'visit.log': -1,
      'rect.query': -3,
      'rect.review': -1,
      'chat.other': -3,
      'export.file': -3,
      'comp.avoidance': -3,
      'assign.change': -3,
    },
  },
  {
    not: /反映|投诉|举报|电话|来电|来信|信箱|信访|热线|12345|留言|扫码|转来|转办|接到|家长[^,]{0,4}(?:说|讲|问|找|嫌)/,
    signs: { fault: true, school: true, principal: false, asks: false, inFlow: false },
    add: { 'opinion.log': -5 },
  },
  {
    signs: { ...ACTED_THERE, fault: true },
    add: { 'visit.log': 3, 'finding.report': -1, 'rect.query': -2, 'briefing.draft': -3 },
  },
  {
    signs: { ...ACTED_THERE, none: true },
    add: { 'visit.log': 3, 'rect.review': -2 },
  },
  {
    if: /(?:查|看|翻)了/,
    signs: { school: true, problem: true, principal: false, asks: false },
    add: { 'visit.log': 1.5, 'visit.history': -3 },
  },
  { signs: { problem: true, went: true, asks: false }, add: { 'finding.report': -1.5 } },
  {
    if: /(?:查|看|翻|听)(?:了)?(?:台账|资料|食堂|课|记录|宿舍|教案|档案|厨房)|校园?巡视?|座谈|走访|查阅|查看/,
    signs: {
      school: true,
      dated: true,
      ahead: false,
      future: false,
      asks: false,
      principal: false,
      paper: false,
    },
    add: { 'visit.log': 2.5, 'finding.report': -1 },
  },
  {
    if: /[,](?:查|看|翻)(?:台账|资料|记录|档案)/,
    signs: { school: true, dated: true, ahead: false, future: false, asks: false, principal: false },
    add: { 'visit.log': 3, 'finding.report': -1 },
  },
  { signs: { school: true, future: true, asks: false }, add: { 'visit.plan': 1.5, 'visit.log': -1.5 } },
  {
    not: /整改|材料|复查|销[了号吧]|[给算]他?们?过/,
    signs: { school: true, none: true, notice: false, principal: false, asks: false, future: false },
    add: { 'visit.log': 1.5 },
  },
  { signs: { school: true, asks: true, principal: false }, add: { 'finding.report': -1.5 } },
  {
    if: SUBJECT,
    and: COMMENT,
    not: /被占|没开|开不齐|开足|没上|不足|^[^课节听]*$/,
    signs: { asks: false },
    add: { 'lesson.log': 2.5, 'finding.report': -2, 'visit.log': -1, 'rect.review': -3 },
  },
  {
    if: new RegExp(`听[^,.]{0,16}(?:${SUBJECT.source})`),
    not: /[查看转]|发现|座谈|问卷|巡|食堂|宿舍|操场|门口|没问题|没毛病|灭火/,
    signs: { principal: false, asks: false, future: false },
    add: { 'lesson.log': 5, 'visit.log': -4, 'finding.report': -3 },
  },
  // who went to a school and heard several lessons tells of the visit, whatever he says of each
  {
    if: /去了[^,]{1,10},听了?[两二三四五2-5]节|去的(?:是)?[^,]{1,10},听|那趟[,.]/,
    signs: { school: true, went: true, lessons: true, principal: false, asks: false },
    add: { 'visit.log': 4, 'lesson.log': -3 },
  },
  {
    if: /[查看]|发现|座谈|问卷|巡/,
    signs: { school: true, lessons: true, principal: false },
    add: { 'visit.log': 1.5, 'lesson.log': -2 },
  },
  {
    not: /[查看]|发现|座谈|问卷|巡/,
    signs: { school: true, lessons: true, none: true, principal: false },
    add: { 'visit.log': 3, 'lesson.log': -3 },
  },
  {
    if: /(?:做|搞|开展|组织|落实|管理|讲|教|表现)得(?:很|挺|比较|非常|真|特别|还)?(?:好|不错|规范|扎实|到位|认真|细)|有序|很规范|值得(?:学|推|借|表)/,
    signs: { school: true, problem: false, principal: false, asks: false, future: false },
    add: { 'visit.log': 3, 'finding.report': -4 },
  },
  {
    // what is wrong with lessons is no lesson heard
    if: /布置|卷子|抄写|作业|抄[\u4e00-\u9fff]{0,4}字|(?:没|不|未)(?:有)?(?:开(?!始)|排|上)|课表|补课|停了|挤掉|[被让][^,.;]{0,4}占/,
    not: /听|推门|节课?|旁听|评课|讲得/,
    signs: { school: true, principal: false },
    add: { 'lesson.log': -8 },
  },
  { if: /没(?:有)?去|还没去|未去|没督/, add: { 'visit.log': -4, 'finding.report': -3 } },
  { if: /没(?:有)?去|还没去|未去|没督/, signs: { future: true }, add: { 'visit.plan': 2 } },
  { if: /没(?:有)?去|还没去|未去|没督/, signs: { future: false, dated: false }, add: { 'visit.pending': 2 } },
  {
    if: /(?:晚上|下午|中午|一会儿?|待会儿?|等会儿?|等下|回头)(?:我)?(?:再|就|要|想)*(?:过)?去/,
    not: /了|过(?!去)|去的/,
    signs: { school: true },
    add: { 'visit.plan': 2, 'visit.log': -2 },
  },
  {
    if: /(?:得|要|想|打算|准备)(?:再)?(?:去|跑|上)(?:一)?[趟次下]?/,
    not: /[了过]/,
    signs: { school: true, limited: true, problem: false, principal: false, asks: false },
    add: { 'visit.plan': 4, 'finding.report': -2 },
  },
  {
    // "我下午再去看看": to come, also where no school is named
    if: /(?:晚上|[下中]午|一会儿?|[待等]会儿?|等下|回头|晚点|[明后]天)我?(?:还|会)?再(?:过)?去(?:一[趟次]|看看|瞧瞧|看一?[眼下])?$/,
    signs: { principal: false, asks: false, school: false },
    add: { 'visit.plan': 8, 'visit.history': -8, 'visit.log': -4 },
  },
  {
    // "今天本来是来常规督导的,算一次", "今天上午这趟也记上": that one was there is to be put down
    if: /(?:[这那]一?[趟回次]|督导的?|[去来跑](?:的|了|过))[^,.;]{0,4},?(?:给我|帮我|也|就|先|得)*(?:算|记)(?:我|是|作|到)?(?:[去来][了过])?(?:上|着|一?[次趟回])/,
    not: /整改|通知|听课|学习|培训|反映|家长|意见|投诉|[条张份]|没[算记]/,
    signs: { principal: false, asks: false, notice: false },
    add: { 'visit.log': 12, 'rule.query': -12, 'visit.history': -12, 'chat.other': -8 },
  },
  { signs: { back: true }, add: { 'visit.plan': -3 } },
  { signs: { ahead: true }, add: { 'visit.log': -2 } },
  // a day to come, and nothing that was done: "4月8号拉上老李走一实小"
  {
    not: /了(?!解)|(?<!路)过(?!来|去|期|程|道)/,
    signs: { ahead: true, school: true, asks: false, principal: false, problem: false },
    add: { 'visit.log': -8, 'visit.plan': 4 },
  },
  {
    if: /记(?:到|在|进)?(?:我)?(?:的)?听课(?:本|记录|里)|听课本|登记听课/,
    signs: { lessons: true, asks: false },
    add: { 'lesson.log': 10, 'visit.log': -10 },
  },
  {
    // "石佛两个校3月跑完了没"
    if: /(?:跑|去|督|走)(?:完|齐|够|到)了?(?:没有?|吗)$/,
    signs: { asks: true, notice: false },
    add: { 'visit.pending': 8, 'rect.query': -8 },
  },
  { if: /去|跑|到/, signs: { ahead: true, school: true, asks: false }, add: { 'visit.plan': 2 } },
  { signs: { went: true, future: false }, add: { 'visit.plan': -2 } },
  // what was heard is not to come, whatever day its fault is to be put right
  { if: /听了|听过|听的/, signs: { school: true, ahead: false, asks: false }, add: { 'visit.plan': -8 } },
  {
    if: /(?:去|跑|到|来|督导|看)[^,.]{0,8}(?:了没有?|过没有?|没去|了吗|过吗)$|去没去|来没来|有没有去/,
    signs: { person: true, asks: true },
    add: { 'visit.history': 4, 'rect.query': -3 },
  },
  {
    if: /(?:还|仍)(?:得|要|差|剩|欠|有)?.{0,4}(?:跑|去|督|走).{0,3}(?:哪|几|谁)/,
    signs: { asks: true },
    add: { 'visit.pending': 3 },
  },
];
