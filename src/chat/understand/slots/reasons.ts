// Why: the clauses that tell a fact, without the wish, the verdict, the number of the notice and what was only seen to be done.
import { anyOf } from '../../any-of.ts';
import type { Entities } from '../entities/entities.ts';
import { type Clause, withoutFillers } from '../text/normalise.ts';

/** "031号那个", "大河中学那张": which notice it is about, at the head of a clause. */
const POINTER =
  /^(?:关于)?(?:(?:编号)?[\d零〇一二三四五六七八九十]{2,4}号?(?=[那这的材整单通图照,:]|[\u4e00-\u9fff]{3}))?(?:的)?(?:(?:[\u4e00-\u9fff]{2,8}(?:小学?|中学?|园|校|实验|高中))?(?:那|这)(?:个|张|份|条|家)(?:的)?(?:整改|材料|单子|通知书?|申请|延期)*(?!是同))?/;
/** "申请延期两周:…": what stands before the colon wishes, what follows tells why. */
function afterColon(text: string, wish: RegExp): string {
  const at = text.indexOf(':');
  return at > 0 && at < text.length - 2 && !/\d$/.test(text.slice(0, at)) && wish.test(text.slice(0, at))
    ? text.slice(at + 1)
    : text;
}

/** The clause by itself: no filler, no number of a notice, no "because". */
function bareOf(clause: Clause, wish: RegExp): string {
  const text = withoutFillers(afterColon(clause.text, wish));
  const rest = text.replace(POINTER, '');
  return (rest.length >= 3 ? rest : text).replace(/^(?:因为|因(?!此)|由于|原因是|理由是|理由(?=:)):?/, '');
}

export const COURTESY =
  /^(?:(?:可|你们?)?真行啊?|好家伙|你看看|说真的|您好|你好|领导好?|.{0,3}督学好?|谢谢|麻烦(?:了)?|收到|好的|申请延期|麻烦换个人|望批准|请批准|辛苦了?)$/;

/** The clauses that give a reason, without the wish itself. */
export function reasonOf(e: Entities, wish: RegExp): string | undefined {
  const given = e.clauses
    .filter(
      (c) =>
        !(
          wish.test(c.text) &&
          c.text.length <= 16 &&
          !/因为|由于|没有|得等|才能|上[次回]|已经|:[^,.;]{3}/.test(c.text)
        ),
    )
    .map((c) => bareOf(c, wish))
    .filter((t) => t.length >= 2 && !COURTESY.test(t));
  return given.length > 0 ? given.join(',') : undefined;
}

/** What keeps somebody from a thing, or makes him ask for another. */
const CIRCUMSTANCE = anyOf({
  because: /因为|由于/,
  health:
    /[腰腿眼脚](?:脚|板)?不(?:好|行)|生病|病了|住院|手术|发烧|[腿腰脚头]疼|身体|崴了|摔(?:伤|了|断)|骨折|岁数|年纪/,
  leave: /[病产婚丧事年休]假|请[一二两三四五六\d]?[个天周]?月?[病事产]假|请假|产假|休假/,
  work: /出差|学习班|(?:外出|去|在外)(?:学习|进修|挂职|支教)|培训|开会|有事|借调|抽调|帮扶|驻村/,
  leaves:
    /退休|(?:督学|[\u4e00-\u9fff]{2})退了|退下来|工作调动|[调离]岗|调[走离去到]|调动|轮岗|轮换|离职|辞职|转岗/,
  load: /超编|走不开|不过来|来不了|去不了|跑不动|顾不(?:上|过来)|忙(?:不过来|不开|不来)|(?:太|实在)(?:远|多|忙|累|满)/,
  much: /太?(?:远|多|忙|累|满)(?:了|得很)?$/,
  far: /离得?(?:太|比较|很)?[远近]/,
  kin: /回避|亲属|亲戚|表亲|亲家|(?:堂|表)?(?:侄|外甥)(?:子|女)?|小?[舅姑姨]子|[内妻]弟|内兄|妹夫|姐夫|嫂子|连襟|(?:爱人|老婆|老公|媳妇|我(?:哥|姐|弟|妹|儿子|闺女|女儿))[^,.;]{0,8}(?:校长|园长|老师|当|在|是|管)|老同学|战友/,
  home: /家里|孩子|孙子|老伴/,
  road: /封路|修路|大雪|下雨|停课|放假|停电/,
  clash: /冲突|撞(?:车|期)/,
});
/** Asks for the change, and gives no reason by itself: "能不能换个督学管". */
const WISHES =
  /^(?:能不能|能否|可不可以|想|请|麻烦)?(?:把[^,.;]{1,8})?(?:换|调|改)(?:个|一个|给|成|由|到)[^,.;]{0,8}$/;

/** The clauses that tell why, where a plan or an assignment is changed; nothing when none of them does. */
export function whyOf(e: Entities): string | undefined {
  const told = e.clauses
    .map((c) => withoutFillers(c.text).replace(/^(?:因为|由于|原因是?|理由是?):?/, ''))
    .filter((t) => CIRCUMSTANCE.test(t) && !WISHES.test(t));
  return told.length > 0 ? told.join(',') : undefined;
}

const RECORD_WISH =
  /(?:请|帮我|麻烦)?(?:把|将)?(?:删除|删掉|删了?|作废|撤销|撤掉|去掉)(?:了|吧|一下|就行)*|(?:的)?(?:那|这)[条个次](?:记录)?|(?:的)?记录/g;
/** Why a record should go: "录重了", "测试时候录的", "那天没去成"; a bare wish gives no reason. */
const RECORD_FAULT =
  /私事|放假|停[电课]|没(?:有)?人|(?:没|不)(?:督|查|看)成|(?:去|到)(?:是|了|过)?(?:了)?(?:但|却|可|没)(?:是)?没|测试|试(?:一下|着|用|录|手|试)|练习|重(?:复|了|的)|录重|两遍|两[次条]|多(?:录|记|填|写|报)|[写填登记录选报发弄搞点开]错|误(?:录|登|记|填|报|点|操作)|没去|没到|没成|压根没|一回事|同一[回次件条]|没有这|不是(?:我|他)|不属实|不存在|别人|替[^,.;]{1,4}(?:记|录|填|登)|到我名下|串(?:了|到)|手滑|错了|搞混|混了/;
export function faultOf(e: Entities, bare: (clause: Clause) => string): string | undefined {
  const told = e.clauses
    .map((c) => withoutFillers(bare(c)).replace(RECORD_WISH, '').trim())
    .filter((t) => RECORD_FAULT.test(t));
  return told.length > 0 ? told.join(',') : undefined;
}

/** A verdict without a word on why. */
export const BARE_VERDICT =
  /^(?:我(?:这)?|先|就|还是|暂时|只能|给他们?|都)*(?:不算数?|不算过?|不通过|没通过|没过|不合格|不行|不认(?:可)?|不(?:能|予)认(?:可)?|打回(?:去|来)?(?:补|重[弄做拍交报])?|退回?(?:去|来)?(?:补|重[弄做拍交报])?|退了|继续(?:整改|改)|接着改|重新?(?:整改|改|弄|做|交|报|拍)|(?:还)?[没不未](?:改)?到位|没改(?:好|完)|不达标|不(?:予|给|能|算|可以|准)(?:再)?(?:算|给)?(?:他们?|她们?|它)?(?:过|销号?|通过|认可)|不过关?|不销号?|不批|不准|别(?:让|给)?过|不同意|驳回|通过|合格|同意|糊弄(?:事|人|谁呢?)|应付(?:事|差事)?|再改改?)(?:了|的|啊|吧|呢)*$/;
/** What the one who judges did, or till when, and no fault. */
export const NO_FAULT =
  /^(?:我|咱)?(?:今天|昨天|上午|下午|刚才?|又|亲自|到|去|现场|实地|专门)*(?:去)?(?:看|核|查|复查|瞅|瞧|验|审)(?:了|过)(?:看|一[下圈遍])?(?:了)?$|^(?:再|限|限期|就)?(?:给|宽限)?(?:他们?|她们?|学校)?[\d一二两三四五六七八九十半]+个?(?:天|周|星期|礼拜|月)(?:内)?(?:整改|改|弄|换|补|修|装)?(?:完|好|齐)?$|^(?:报告|单子)[里上]?(?:写|说)[^,.;]{0,4}(?:改完|改好|完成)了?$/;
/** Ends like something done, and tells of a fault. */
const GONE_WRONG = /没|不|未|还|又|旧|假|反|老样|一样|糊|坏|掉|裂|漏|黑|脏|少|锈|丢|忘|错|超|过期|延过|退/;
/** "护栏是焊了", "围墙修好了": done, and told only to be set against what is not. */
const DONE =
  /^[^,.;]{0,14}(?:了|(?:[换修装补清贴焊改写砌办买配刷做弄拆挪铺]|可以|通)(?:[好完齐新上通]|起来)+|可以|合格)(?:新的)?$/;

/** "照片看不清退回": sent back, said in one breath with why. */
const VERDICT_AFTER =
  /(?<=[\u4e00-\u9fff]{3})(?:先|就|给(?:他们?|学校)?|所以|一律)*(?:退回|打回)(?:去|来|学校|(?:重新?|继续)?(?:[拍做交报弄改]|整改))*(?:了|吧)?$/;

/** What of a review is still wrong, or else what is said of it: the fact, not the verdict. */
export function reviewReason(e: Entities): string | undefined {
  const told = e.clauses
    .map((c) =>
      bareOf(c, /过|销|行|回|退|格|位|认/)
        .replace(/^(?:可是?|但是?|就是|不过)(?=[\u4e00-\u9fff]{3})/, '')
        .replace(VERDICT_AFTER, ''),
    )
    .filter((t) => t.length > 1 && !COURTESY.test(t) && !NO_FAULT.test(t))
    .filter(
      (t) =>
        !BARE_VERDICT.test(
          t.replace(
            /^(?:\d{3}号?|这个?|那个?|这条|那条|[\u4e00-\u9fff]{2,6}那[条张份个])?(?:的)?(?:材料|照片|整改|报告|改得|弄得|改|整改得)?(?:还是|都|也|这[回次])?/,
            '',
          ),
        ) &&
        !BARE_VERDICT.test(t) &&
        !/^\d{2,3}号?$/.test(t),
    );
  const wrong = told.filter((t) => GONE_WRONG.test(t) || !DONE.test(t));
  return wrong.length > 0 ? wrong.join(',') : undefined;
}

/** "都延过两回了": why more time is or is not given, without what is decided and for how long. */
export function decisionReason(e: Entities): string | undefined {
  const told = e.clauses
    .map((c) =>
      bareOf(c, /同意|批|准|延/)
        .replace(
          /^(?:\d{3}号?)?(?:的)?(?:就|那就|先|只能|最多|顶多|再|不能?|可以|同意|不同意|不批|不准|批准?了?|准了?|驳回|给|延期?|缓|宽限?|到|他们?|学校|吧|了|的|按原(?:期限|来的?)|[\d一二两三四五六七八九十半]+个?(?:天|周|星期|礼拜|月)|下不为例|不能再多)+(?=$|,)/,
          '',
        )
        .trim(),
    )
    .filter((t) => t.length >= 4 && !COURTESY.test(t) && !BARE_VERDICT.test(t))
    .filter(
      (t) =>
        !/^[^,.;]{0,14}(?:同意|批准?|准(?!备)|延到?|缓到?|宽限|再给|给到|最多给?|就给)[^,.;]{0,8}$/.test(t) ||
        /已经|过[两二三几]|因为|由于|没有/.test(t),
    );
  return told.length > 0 ? told.join(',') : undefined;
}
