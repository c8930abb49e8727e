// The lesser slots: reasons, corrections, recipients, metrics, subjects, formats, companions. Small rules over what was found.
import type { Entities } from './entities.ts';
import type { Lexicon } from './lexicon.ts';
import { wordFinder } from './lexicon.ts';
import { type Clause, withoutFillers } from './normalise.ts';
import { parseNumber } from './numerals.ts';
import type { ItemCode, Method } from './types.ts';

/** Papers that were looked into, whatever they are called. */
const READ =
  /(?:(?<![检督复自抽])(?:查|翻)(?:看|阅|对)?了?|看了)(?:[一几]下|[^,.;没不未]{0,7})(?:记录|台账|档案|资料|材料|教案|方案|账本|账目|票据|制度|值班表|课表)(?![^,.;]{0,6}(?:没|不|缺|未))/;

export interface PartReader {
  methods(text: string): Method[];
  topic(text: string): string | undefined;
  metrics(text: string): string[];
  audience(text: string): string | undefined;
  format(text: string): string | undefined;
  /** The items that a question is about, by number ("第三项") or as people call them ("吃的方面"). */
  spokenItems(text: string): ItemCode[];
}

const NTH_ITEM = /第([一二三四五六七八1-8])项(?!整改|问题(?:已|没|还|改))/g;

/** "八项里头第三项", "第七项上个月几个问题": the items by their numbers. */
function nthItems(text: string): ItemCode[] {
  const kindergarten = /四项|幼儿园|园/.test(text);
  return [...text.matchAll(NTH_ITEM)].flatMap((m): ItemCode[] => {
    const n = parseNumber(m[1] ?? '') ?? 0;
    return kindergarten && n <= 4 ? [`K${n}` as ItemCode] : [`I${n}` as ItemCode]; // 1 to 8, as the pattern says
  });
}

const HOW_MANY = '(?:几|多少|总数|总量|合计|一共|占比|比例|百分之)';
/** Figures asked for in words that are no names of figures: "改完的有几成", "一共出了几回". */
const COUNTED: Array<[RegExp, string]> = [
  [new RegExp(`(?:反映|反馈|来信|扫码|意见|信访|举报|来电)[^,.;]{0,8}${HOW_MANY}`), 'opinions'],
  [
    new RegExp(
      `(?:改完|改好|改掉|整改|销号|办结|完成|闭环|解决)[^,.;]{0,6}(?:${HOW_MANY}|率)|${HOW_MANY}[^,.;]{0,6}(?:改完|改好|销号|办结|闭环)`,
    ),
    'closing_rate',
  ],
  [
    new RegExp(
      `问题[^,.;]{0,10}${HOW_MANY}|${HOW_MANY}[^,.;]{0,4}问题|(?:按|分)[八8]项|哪[一]?[项类方]|(?:哪|什么)方面`,
    ),
    'findings',
  ],
  [new RegExp(`(?:听|评)[^,.;]{0,4}${HOW_MANY}[^,.;]{0,2}[节堂课]`), 'lessons'],
  [
    new RegExp(
      `(?:督导|入校|进校|跑|去|到|走|下|录|记|登|填)[^,.;]{0,6}${HOW_MANY}|${HOW_MANY}[^,.;]{0,2}(?:次|趟|回)|多少(?:活|工作)|工作量|跑得怎么样`,
    ),
    'visits',
  ],
];

/** "次数、问题、整改率": one of several figures that are wanted. */
const LISTED_PROBLEMS = /[、,和及:]问题(?:数|量|情况)?(?=[、,.和及]|$)|问题(?:数|量|情况)?(?=[、和及])/;

/** Compiles the office's words for the slots that are codes. */
export function partReader(lexicon: Lexicon): PartReader {
  const methods = wordFinder<Method>(lexicon.methods);
  const topics = wordFinder(lexicon.topics);
  const metrics = wordFinder(lexicon.metrics);
  const audiences = wordFinder(lexicon.audiences);
  const formats = wordFinder(lexicon.formats);
  const spoken = wordFinder<string>(lexicon.spoken);
  return {
    methods: (text) => {
      const found = methods.keys(text.replace(/没听课|没有听课/g, ''));
      if (
        /(?<![打翻])转了(?!给)|(?<![打翻运周])转(?:一?转|着)?(?:校园|操场|教学楼|食堂|宿舍|全校)/.test(
          text,
        ) &&
        !found.includes('tour')
      )
        found.push('tour');
      if (READ.test(text) && !found.includes('docs')) found.push('docs');
      return /听(?:了)?[^,]{0,10}[节堂](?:课)?/.test(text) && !found.includes('lesson')
        ? [...found, 'lesson']
        : found;
    },
    topic: (text) => {
      const hits = topics.all(text).sort((a, b) => b.word.length - a.word.length);
      return hits[0]?.key;
    },
    metrics: (text) => {
      const known = metrics.keys(text);
      if (known.length > 0 && !known.includes('findings') && LISTED_PROBLEMS.test(text))
        known.push('findings');
      return known.length > 0 ? known : COUNTED.flatMap(([words, key]) => (words.test(text) ? [key] : []));
    },
    audience: (text) => audiences.keys(text)[0],
    format: (text) => formats.keys(text)[0],
    spokenItems: (text) => {
      const nth = nthItems(text);
      return nth.length > 0 ? nth : (spoken.keys(text) as ItemCode[]); // the schema has checked the keys
    },
  };
}

/** The clauses that give a reason, without the wish or the verdict itself. */
export function reasonOf(e: Entities, wish: RegExp): string | undefined {
  const given = e.clauses
    .filter(
      (c) =>
        !(wish.test(c.text) && c.text.length <= 16 && !/因为|由于|没有|得等|才能|上[次回]|已经/.test(c.text)),
    )
    .map((c) =>
      withoutFillers(c.text).replace(
        /^(?:\d{3}号?(?:那个|整改|通知)?(?:的)?)?(?:因为|因(?!此)|由于|原因是|理由是|理由|原因)[::]?/,
        '',
      ),
    )
    .filter(
      (t) =>
        t.length >= 2 &&
        !/^(?:您好|你好|领导好?|.{0,3}督学好?|谢谢|麻烦(?:了)?|收到|好的|申请延期|麻烦换个人|望批准|请批准)$/.test(
          t,
        ),
    );
  return given.length > 0 ? given.join(',') : undefined;
}

/** What keeps somebody from a thing, or makes him ask for another: illness, leave, the road, too much to do. */
const CIRCUMSTANCE =
  /因为|由于|生病|病了|住院|手术|发烧|腿疼|腰疼|身体|岁数|年纪|退休|请假|产假|出差|学习班|培训|开会|有事|走不开|不过来|来不了|去不了|跑不动|顾不(?:上|过来)|忙不过来|太?(?:远|多|忙|累)(?:了|得很)?$|离得?(?:太|比较|很)?[远近]|工作调动|调[走离]|调去|调动|轮岗|轮换|回避|亲属|家里|孩子|孙子|老伴|封路|修路|大雪|下雨|停课|放假|冲突|撞(?:车|期)/;

/** The clauses that tell why, where a plan or an assignment is changed; nothing when none of them does. */
export function whyOf(e: Entities): string | undefined {
  const told = e.clauses
    .map((c) => withoutFillers(c.text).replace(/^(?:因为|由于|原因是?|理由是?):?/, ''))
    .filter((t) => CIRCUMSTANCE.test(t));
  return told.length > 0 ? told.join(',') : undefined;
}

const RECORD_WISH =
  /(?:请|帮我|麻烦)?(?:把|将)?(?:删除|删掉|删了?|作废|撤销|撤掉|去掉)(?:了|吧|一下|就行)*|(?:的)?(?:那|这)[条个次](?:记录)?|(?:的)?记录/g;
/** Why a record should go: "录重了", "测试时候录的", "那天没去成"; a bare wish gives no reason. */
const RECORD_FAULT =
  /测试|试(?:一下|着|用|录)|练习|重(?:复|了|的)|录重|两遍|两[次条]|多(?:录|记|填|写|报)|[写填登记录选报发弄搞点]错|误(?:录|登|记|填|报|点|操作)|没去|没到|没成|没有这|不是(?:我|他)|不属实|不存在|别人|串(?:了|到)|手滑|错了|搞混|混了/;
export function faultOf(e: Entities, bare: (clause: Clause) => string): string | undefined {
  const told = e.clauses
    .map((c) => withoutFillers(bare(c)).replace(RECORD_WISH, '').trim())
    .filter((t) => RECORD_FAULT.test(t));
  return told.length > 0 ? told.join(',') : undefined;
}

/** A verdict without a word on why. */
const BARE_VERDICT =
  /^(?:先|就|还是|暂时)?(?:不算过?|不通过|没通过|不合格|不行|打回(?:去|来)?|退回(?:去|来)?|退了|继续(?:整改|改)|重新?(?:整改|改|弄|做|交|报)|(?:还)?[没不未](?:改)?到位|没改(?:好|完)|不达标|不(?:予|给|能|算|可以|准)(?:算|给)?(?:他们?|她们?|它)?(?:过|销号?|通过|认可)|不过关?|不认可|再改改?)(?:了|的|啊|吧)?$/;

/** What of a review is still wrong, or else what is said of it. */
export function reviewReason(e: Entities): string | undefined {
  const wrong = e.clauses.filter(
    (c) =>
      /没|未|不(?!算过|通过|合格)|还|缺|差|旧的?|看不清|假|坏|剩|模糊|反弹|少|只有|晃|松|漏|堵/.test(
        c.text,
      ) && c.text.length > 2,
  );
  const useful = wrong
    .map((c) => withoutFillers(c.text))
    .filter(
      (t) =>
        !BARE_VERDICT.test(
          t.replace(
            /^(?:\d{3}号?|这个?|那个?|这条|那条)?(?:的)?(?:材料|照片|整改|报告|改得|弄得|改|整改得)?(?:还是|都|也|这[回次])?/,
            '',
          ),
        ),
    );
  return useful.length > 0 ? useful.join(',') : undefined;
}

interface Row {
  start: number;
  end: number;
  names: string[];
  /** The first of the row is not one of those who came along. */
  led?: boolean;
}

/** People named in one row: "老李老周", "红梅、张明". */
function rows(e: Entities): Row[] {
  const out: Row[] = [];
  for (const p of e.people) {
    const last = out.at(-1);
    const joined = last && /^(?:督学|老师|同志)?[、,和跟与及\s]*$/.exec(e.text.slice(last.end, p.start));
    if (last && joined) {
      last.end = p.end;
      // "王建国跟李秀英一起去": the first is who goes, the second comes along
      if (last.names.length === 1 && !WITH.test(e.text.slice(0, last.start)))
        last.led = /[和跟与及]/.test(joined[0]);
      last.names.push(p.name);
    } else out.push({ start: p.start, end: p.end, names: [p.name] });
  }
  return out;
}

const WITH = /(?:跟着?|和|与|同|带着?|带上|陪着?|约上?|叫上?|喊上?|拉上?|会同|连同|还有|、|,)(?:了)?\s*$/;
const GOING =
  /一起|一块|一同|一道|陪同|同行|同去|结伴|搭伴|俩|仨|[两三四]个?人|去|到|跑|走|督导|检查|走访|看/;
const TOGETHER =
  /^(?:督学|老师|同志)?(?:[他她]们?)?(?:也|跟我|和我|与我|陪我|同我|都|跟着)*(?:一起|一块|一同|一道|陪同|也去|同行|同去|结伴|搭伴|俩)/;
const AMONG = /(?:同行|陪同|随行|同去|搭档)(?:的|人员|督学|者|人)*(?:是|有|为|:)?\s*$/;

/** Who came along: "跟老李一起", "和张明去的", "老李老周三个人到的"; a row of names goes together. */
export function companionsOf(e: Entities): string[] {
  return rows(e)
    .filter(({ start, end }) => {
      const before = e.text.slice(0, start);
      const after = e.text.slice(end);
      if (AMONG.test(before) || TOGETHER.test(after)) return true;
      return WITH.test(before) && GOING.test(after.slice(0, 10));
    })
    .flatMap(({ names, led }) => (led ? names.slice(1) : names));
}

/** "替张明补一条": whose record it is to be. */
export function onBehalfOf(e: Entities): string | undefined {
  return e.people.find(
    (p) =>
      /(?:替|帮|代|给)(?:着)?$/.test(e.text.slice(0, p.start)) &&
      /^(?:督学|老师|同志)?(?:再|先)?(?:补|记|录|登|填|报|写|建|存)/.test(e.text.slice(p.end)),
  )?.name;
}
