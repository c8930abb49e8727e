// What the shape of a message says beyond its words: a school with a fault is a finding, a fault after "去了" is a visit.
import type { Entities } from './entities.ts';
import type { FindingReader } from './findings.ts';
import type { Context, Intent } from './types.ts';

export type Shape = Partial<Record<Intent, number>>;

const WENT =
  /(?:去|到|跑|(?<![起过下出回进上看说])来)(?:了|过|的(?!时)|完)|(?:今天|昨天|前天|上午|下午|今早|刚|刚才|今儿|昨儿|[日号五四三二一天]).{0,6}(?:去|到|在|跑)(?!期|位|底|时候)|去[^,.]{1,10}了(?!解)|刚从|刚到|刚去|去.{0,14}(?:看(?:了|过)|转|督导(?:了)?|检查|听|查|走访)|看过|看了(?!材料|报告|照片|下逾)|转了|督导了|走访|走了一遍|暗访|补(?:录|记|一条|登)|登记(?:一下|督导|一次)|待了/;
const FUTURE =
  /明[天儿早日晚]|后天|下(?:个)?(?:周|月|礼拜|星期)|打算|准备(?:去|到|跑)|计划(?:去|到|跑|$)|安排|想去|要去|约|排(?:一|到|个)|预约/;
const QUESTION =
  /^(?:问一?下|请问|想问|咨询)|(?:用|要|行|能|可以|需要|合适|对|得)[^,]{0,8}不$|[?吗么]$|\?|(?<![的那这好跟和有了对])几(?:个|所|次|家|号|条|天|份|张|回|件|项|节|名|位)|多少|哪(?:些|个|几|天|儿|里|所|家|位)|谁|什么|啥时|怎么|咋|如何|了没|没有?$|有没有|是不是|是否/;
const SUPERVISE_NOUN =
  /记录|台账|通知|简报|报告|材料|方案|名单|专项|延期|回执|意见|投诉|自评|综合督导|学习|培训|导出/;

/** Logits to add, by intent. Small and few: each stands for a regularity of the language, not for a sentence. */
export function shapeOf(e: Entities, context: Context, findings: FindingReader): Shape {
  const shape: Shape = {};
  const add = (intent: Intent, by: number) => {
    shape[intent] = (shape[intent] ?? 0) + by;
  };
  const t = e.text;
  const office = context.sender.roles.some((r) => r === 'office' || r === 'director');
  const principal = context.sender.roles.includes('principal');
  const school = e.schools.length > 0;
  const problem = e.clauses.some(
    (c) => findings.isProblem(c.text) && findings.itemsOf(c.text, false).length > 0,
  );
  const question = QUESTION.test(t.replace(/没(?:有)?(?:什么|啥)|(?:不|没)(?:怎么|咋)/g, ''));
  const went = WENT.test(t);

  if (!principal && school && went && !question && !FUTURE.test(t) && !SUPERVISE_NOUN.test(t))
    add('visit.log', 2);
  if (!principal && problem && !went && !question && !SUPERVISE_NOUN.test(t)) add('finding.report', 2);
  if (problem && went && !question) add('finding.report', -1.5);
  if (FUTURE.test(t) && school && !question) {
    add('visit.plan', 1.5);
    add('visit.log', -1.5);
  }
  if (/综合督导|综督/.test(t)) add('comp.notify', office && school ? 2 : 0);
  if (/专项/.test(t)) {
    if (question || /进度|进展|完成(?:了|情况)|还(?:剩|有)/.test(t)) add('campaign.progress', 2);
    else if (office) add('campaign.create', 1.5);
  }
  if (
    /家长|群众|举报|投诉|匿名|热线|来信|来电|12345|留言|扫码/.test(t) &&
    /反映|投诉|举报|打电话|来电|说|嫌|来信|转来|匿名|留言/.test(t) &&
    !question &&
    !/家访|座谈|走访/.test(t) &&
    !/回复|答复|核实|处理(?:好|完|了)|沟通了/.test(t)
  ) {
    add('opinion.log', 2);
  }
  if (/答复|回复(?:家长|投诉|举报|反映|群众)|这么回复/.test(t)) add('opinion.reply', 2);
  if (
    office &&
    /^(?:请?(?:帮我)?(?:发(?:个|一个|条|一条)?|下发|群发)?通知|群发|转告|请各|各位)/.test(t) &&
    !question &&
    !/撤回|作废/.test(t)
  )
    add('notice.broadcast', 2.5);
  if (/撤回|撤下来|收回来/.test(t)) add('notice.recall', 2);
  if (/作废|删(?:了|掉|除)/.test(t) && !/通知/.test(t)) add('record.void', 2.5);
  if (/写错|填错|选错|登错|记错|更正|不是.{1,14}(?:是|,是)|(?:改成|改为)/.test(t) && !/整改|通知/.test(t))
    add('record.correct', 1.5);
  if (/自评/.test(t)) add('comp.selfeval', 2);
  if (/简报|月报|通报.{0,2}(?:写|起草)/.test(t)) add('briefing.draft', 2);
  if (/导出|导成|导一?份|excel|pdf|word|打印|下载/.test(t)) add('export.file', 2.5);
  if (/延期|宽限|展期|缓到|延到|延长/.test(t)) {
    add('rect.extend_request', principal ? 2 : 0);
    add('rect.extend_decide', !principal && !question ? 2 : 0);
  }
  if (/回避|避嫌/.test(t) && !question) {
    add('comp.avoidance', 2);
    add('visit.log', -2);
  }
  if (/催|督促/.test(t) && !question) add('rect.remind', 1.5);
  if (/回执|没确认|没回复/.test(t) && question) add('notice.status', 2);
  if (
    school &&
    !principal &&
    /(?:综合|整改|通知|材料)/.test(t) &&
    /(?:下|发|开|出具)(?:个|一?份|一?张|达|发|正式)?.{0,6}整改(?:通知|单)/.test(t)
  )
    add('rect.issue', 2);
  if (e.overdueDays !== undefined) add('rect.list', 1.5);
  if (principal && e.notices.length > 0 && /(?:改|换|修|装|补|弄|办|退)(?:好|完|了)/.test(t) && !question)
    add('rect.evidence', 1.5);
  if (!principal && e.notices.length > 0 && /合格|通过|到位|销号|打回|退回/.test(t) && !question)
    add('rect.review', 2);
  const none = e.clauses.some((c) => findings.saysNone(c.text)) || /正常$/.test(t);
  if (!principal && school && none && !question && !FUTURE.test(t) && !/整改|材料|复查/.test(t))
    add('visit.log', 1.5);
  if (findings.isProblem(t) && /座谈|走访|家访|问卷|补录/.test(t)) add('opinion.log', -2);
  if (/投诉|意见|举报|反映/.test(t) && question) {
    add('opinion.list', 2);
    add('notice.status', -1.5);
  }
  if (question && school && !principal) add('finding.report', -1.5);
  if (
    question &&
    /(?:改|修|换|装|弄|整改|交|批|审|过|完|好)(?:了|好|完)?(?:没|吗|了没|没有)|交没交|改没改/.test(t)
  ) {
    add('rect.query', 1.5);
    add('rect.extend_request', -1);
  }
  if (
    question &&
    /(?:最多|哪类|哪些问题|占|排|比例)/.test(t) &&
    /问题|督导|整改/.test(t) &&
    !/最多(?:能|可以|几|给|延)/.test(t)
  )
    add('stats.query', 1);
  if (
    /(?:学习|培训|学了|学的|例会)/.test(t) &&
    (e.hours !== undefined || /参加|学习(?:了|登记|记录)|记(?:个|一?下)学习/.test(t)) &&
    !question
  )
    add('study.log', 2.5);
  if (/回头看|复查|验收|复核(?!员)/.test(t) && !question && !principal) {
    add('rect.review', 2);
    add('finding.report', -1.5);
  }
  if (principal && /签收/.test(t) && !question) add('notice.ack', 2);
  const rule =
    /几天内|几个?小时|多久|多长时间|最[多少长短]|至少|要不要|必须|谁来|后果|会怎|怎么样处理|规定|依据|有权|算.{0,8}吗|(?:可以|能|需要|应该|要).{0,14}[吗么?]$|怎么(?:上?报|办|认定|处理)|咋报|如何(?:上?报|处理|认定)|什么(?:情况|流程|程序|条件|叫)|哪些(?:情形|情况|方面|内容)|几(?:次|回|年|天)/;
  if (
    question &&
    rule.test(t) &&
    !school &&
    e.notices.length === 0 &&
    e.dates.length === 0 &&
    !/我(?!们)|还(?:差|剩|有)|一共|总共/.test(t)
  )
    add('rule.query', 1.5);
  const subject =
    /语文|数学|英语|物理|化学|生物|历史|地理|政治|道法|道德与法治|科学|音乐|美术|体育|信息技术|劳动|心理|律动|拼音/.test(
      t,
    );
  if (
    subject &&
    /讲|课件|板书|互动|参与|练习|导入|气氛|拓展|目标|节奏|小组|评价|[,\s][优良差](?:$|[,.])|授课|老师(?:的|课|讲|基本功)/.test(
      t,
    ) &&
    /课|节|听/.test(t) &&
    !/被占|没开|开不齐|开足|没上/.test(t) &&
    !question
  ) {
    add('lesson.log', 2.5);
    add('finding.report', -2);
    add('visit.log', -1);
  }
  if (!principal && school && e.lessons !== undefined && (/[查看]|发现|座谈|问卷|巡/.test(t) || none)) {
    add('visit.log', 1.5);
    add('lesson.log', -2);
  }
  if (
    /(?:几|多少|哪).{0,8}(?:没|未|待).{0,2}(?:销|改|整改|结|办完|复查|审|交)|(?:没|未|待)(?:销|改完|整改|结|复查|审).{0,6}(?:几|多少|哪|有谁)/.test(
      t,
    ) &&
    !/投诉|意见|回执/.test(t)
  ) {
    add('rect.list', 3);
    add('assign.list', -3);
  }
  if (
    !principal &&
    /整改|材料|复查|改[得的]/.test(t) &&
    /(?:可以|给|算|不)过|通过|合格|到位|销[号了吧]|先不销|退回|打回|重新|没改/.test(t) &&
    !question &&
    !/通知/.test(t)
  ) {
    add('rect.review', 2.5);
    add('visit.log', -1.5);
  }
  if (!question && /提个?醒|催/.test(t) && /逾期|没交|没改|整改|到期|材料/.test(t)) add('rect.remind', 2);
  const kin =
    /亲戚|亲属|[妻小]弟|小舅子|大舅|[堂表]?[哥兄弟姐妹]夫?(?=[,.]|$|的|,)|嫂|爱人|老公|老婆|丈夫|妻子|岳|公公|婆婆|儿子|女儿|侄|外甥|[姑姨叔舅]|亲家|同学|战友|过节|矛盾|恩怨|前[夫妻]/.test(
      t,
    );
  if (kin && /回避|换(?:个?人|一?位|掉|别人)|更换|不参加|合适吗|避嫌/.test(t)) add('comp.avoidance', 3);
  if (question && /一共|总共|总计|共[计有]?|累计/.test(t)) add('stats.query', 2.5);
  if (question) add('rect.issue', -2);
  if (/写成|记成|登成|填成|选成|其实是|本来是|搞错了|说错/.test(t) && !question) {
    add('record.correct', 2.5);
    add('visit.log', -1.5);
  }
  if (
    principal &&
    /明天|后天|下周|下个?月|周末|准备|打算|计划|这就|马上|将于|拟于|之前(?:完成|改完)/.test(t) &&
    !question &&
    !/(?:好|完|毕|齐)了|已经|能不能|申请|延/.test(t) &&
    /换|改|修|装|清|整|补|办/.test(t)
  ) {
    add('rect.plan', 2);
    add('rect.evidence', -2);
  }
  if (/没(?:有)?去|还没去|未去|没督/.test(t)) {
    add('visit.log', -4);
    add('finding.report', -3);
    if (FUTURE.test(t)) add('visit.plan', 2);
    else if (!e.dates.some((d) => d.kind === 'day')) add('visit.pending', 2);
  }
  if (problem && school && !/反映|投诉|举报|说|打电话|打来|来电|匿名|热线|留言|来信|嫌/.test(t))
    add('opinion.log', -2);
  if (/没(?:有)?去.{2,12}[,.]?(?:去的)?是/.test(t)) add('record.correct', 6);
  if (
    /(?:晚上|下午|中午|一会儿?|待会儿?|等会儿?|等下|回头)(?:我)?(?:再)?去/.test(t) &&
    !/[了过]|去的/.test(t) &&
    school
  ) {
    add('visit.plan', 2);
    add('visit.log', -2);
  }
  if (/没(?:有)?收到|未收到|没(?:有)?签收|没看到/.test(t)) add('notice.ack', -6);
  if (question) add('study.log', -2);
  if (principal && /看错|搞错|弄错|写错|核实|冤|不属实|不符/.test(t) && !/已核实/.test(t) && !question) {
    add('rect.appeal', 2);
    add('rect.evidence', -1.5);
  }
  const near = e.dates.filter((d) => d.kind === 'day' && !d.limit).map((d) => d.resolve('near'));
  const today = e.today.date.toString();
  if (near.some((d) => d < today) && !near.some((d) => d > today)) add('visit.plan', -3);
  if (near.length > 0 && near.every((d) => d > today) && e.durations.length === 0) {
    add('visit.log', /[周号日./]/.test(e.dates[0]?.text ?? '') ? -1 : -3);
  }
  const limited = e.durations.length > 0 || e.dates.some((d) => d.limit);
  if (limited && !/复查|材料|看了|验收|合格|通过|销/.test(t)) add('rect.review', -7);
  if (/口头|提醒了/.test(t)) add('rect.remind', -3);
  if (question && e.notices.length > 0) add('rect.query', 2);
  if (!principal && e.notices.length > 0 && /还差|先退|退$|不行|没改/.test(t) && !question)
    add('rect.review', 2.5);
  if (
    principal &&
    e.people.length > 0 &&
    /组里|督导组|督学|名单|来督导/.test(t) &&
    /不适合|不合适|纠纷|矛盾|过节|有意见|利益/.test(t)
  )
    add('comp.avoidance', 4);
  if (
    /登重|录重|重复(?:登|录|了)|撤掉|录错.{0,4}(?:删|撤)|没去成.{0,6}(?:删|撤|作废)/.test(t) &&
    !/通知/.test(t)
  ) {
    add('record.void', 3);
    add('visit.log', -3);
  }
  if (!/通知|消息|群发|发错|刚发|那条|信息/.test(t)) add('notice.recall', -4);
  if (
    /投诉|举报|反映|意见|来信/.test(t) &&
    /已(?:经)?(?:道歉|处理|解决|核实|退|办结|查清|沟通|整改)|跟(?:家长|人家|投诉人|反映人|群众)(?:说|讲|回|解释)/.test(
      t,
    ) &&
    !question &&
    !principal
  ) {
    add('opinion.reply', 3);
    add('opinion.log', -3);
  }
  if (
    !principal &&
    /(?:次数|数量|整改率|覆盖率|完成率|数据).{0,4}(?:报|给|看|统计|汇总|咋样|怎么样|多少)|统计|汇总/.test(
      t,
    ) &&
    !/导|excel|简报/.test(t)
  )
    add('stats.query', 2);
  // the ear has heard none; likeness to an example may still tell of one, but not against these words
  add(
    'emergency.report',
    /容易|可能|怕|防|演[练习]|如果|万一|怎么|咋|流程|隐患|风险|去年|以前|上个?月|上学期|没(?:有)?(?:发生|受伤)/.test(
      t,
    ) || question
      ? -5
      : -1,
  );
  // what confirms, accepts or calls off is never guessed from likeness alone
  if (question || !/收到|知道|已阅|收悉|明白|签收|好的|照办|落实|遵照|了解|嗯/.test(t)) add('notice.ack', -3);
  const held = /(?:别|不要?|甭|没|未|等|慢)[^,.]{0,3}(?:确认|提交|发|确定|录|记|存|通过|签收)/.test(t);
  if (held && t.length <= 12 && !question) {
    add('flow.cancel', 3.5);
    add('notice.broadcast', -3);
  }
  if (held || question || t.length > 12 || school) add('flow.confirm', -6);
  if (t.length > 14 || question || problem) add('flow.cancel', -3);
  if (context.flow && question) add('flow.confirm', -1);
  return shape;
}
