// Of several schools named, which one is put aside for another: planned but not gone to, called at on an errand, whose people only tell or come along.

import { PROBLEM } from '../clauses/finding-words.ts';
import { wasThere } from './both-meant.ts';
import { isLeftAlone } from './left-alone.ts';

/** A school where it is named, and the row of schools in which it stands. */
export interface Place {
  code: string;
  start: number;
  end: number;
  row: { start: number; end: number };
}

/** One school and what is said around it: up to it, and from it to the next one named. */
interface Said extends Place {
  before: string;
  own: string;
}

/** Nothing was looked at there: "那边没查", "没进班". */
const NOTHING_DONE =
  '(?:没|未)(?:有)?(?:去|来得及)?(?:查|看|督导?|检查|进(?:去|门|班|校)?看?|听课?|算督导?|看东西|转|过问)(?:成|了)?(?=$|[,.;])';
const UNSEEN = new RegExp(
  `^(?:那[边头儿里]|里|我|是|就|也|还|倒|压根|根本|可|今天|昨天|实在)*${NOTHING_DONE}`,
);
/** "那边今天在开会我没进": why it was not gone to. */
const KEPT_OUT =
  /^(?:那[边头儿])?[^,.;]{0,4}(?:开会|没人|放假|考试|锁门|锁着|停课|封闭)[^,.;]{0,3},?我?(?:就)?没(?:进|去|看|查)(?:去|成|门)?(?=$|[,.;])/;
/** "去那儿送了张表,没查": what one came for was something else. */
const ERRAND = new RegExp(
  `^[^,.;]{0,6}(?:借|还(?:了|个)|取|拿|送|捎|带|接|放(?:了|个)|吃|开了?个?会|照面|路过|歇|躲雨|办点?事)[^,.;]{0,6}[,;](?:那[边头儿里]|[园校]里|里面|我|可|也|就|并)*${NOTHING_DONE}`,
);

/** "顺路瞄了一眼不算" */
const GLANCED = /^[^,.;]{0,8}(?:瞄|瞅|看|望|路过|进去)[^,.;]{0,3}不算数?(?=$|[,.;])/;

/** Meant to be gone to, and not: "原计划", "该去", "扑了个空". */
const PLANNED =
  /本来|原本|原来|原定|原计划|原打算|原先|原想|原说|原安排|本想|本该|打算|计划|排的|安排|约的|约好|说好|应该|该(?:去|到|上|跑|在)|想(?:去|到|上|跑)|要(?:去|到|上|跑)|没(?:能)?(?:去|到|进)|去不(?:成|了)|进不去|扑了?个?空/;
/** "改去的|二中", "换成|二中", "转到|二中", "拐到|二中" */
const TURNED =
  /(?<!整)(?:改|换|转|拐)(?:成|为|到|道|去|上|跑|的|了|在|往)*(?:[^,.;]{0,4}(?:去|到|跑))?(?:的|了)?$/;

/** Somebody who belongs to the school, and tells of another. */
const ITS_OWN =
  /^[^,.;]{0,8}(?:家长|家属|老师|教师|教务|教导|师傅|门卫|保安|会计|保育员|保洁|阿姨|妈妈|爸爸|奶奶|爷爷|的人|员工|职工|校长|园长|主任|司机)/;
/** "她闺女在|一实小", "老二上|东关园" */
const CHILD_AT =
  /(?:孩子|娃|宝宝|儿子|女儿|闺女|姑娘|小子|丫头|孙[子女]?|侄[子女儿]|外甥女?|弟弟|妹妹|哥哥|姐姐|老[大二三四]|家[大小]的|双胞胎)(?:是|就|现在|今年|也|都)*(?:在|上|读|念|就读(?:于|在)?|搁)(?:的)?$/;

/** "陪张明去|", and "…就是搭个伴": the visit is another's. */
const ALONG_TO = /(?:陪|随|跟着?|给|帮|替)[^,.;]{2,6}(?:去|到|上|跑)(?:了?趟|的|了)?$/;
const ALONG = /搭个?伴|做个?伴|作陪|陪同|帮个?忙|凑数|不算我的/;
const MINE =
  /我(?:自己|本人|这边)[^,.;]{0,8}(?:是|查|看|督|去|跑|转|听|到)(?:的|了)*(?:是)?$|我的(?:就|却|才)?是$/;

/** "我昨天看的是|阳光园": of what was named before, this one; a school that was gone to stays beside it. */
const POINTED =
  /(?:我[^,.;]{0,5}|[今昨前]天|[上下]午|[,.;](?:正经|正式|真正|实际)?)(?:问|说|讲|指|查|看|督|记|报|批|准|同意|答应)的(?:就|其实|可)?是$/;
/** "可昨天就跑了|二中", "只来得及看|小学" */
const ONLY_AT =
  /(?:光|只|单|仅|(?:可|但|结果|不过|却|里头|[今昨前]天|今早|[上下]午)就)(?:是|来得及|顾得?上|有空)*(?:进|去|跑|到|看|查|转|督|听)(?:成|完|了|过)*[,、]?$/;
const GONE_TO = /(?:去|到|跑|看|查|听|转|督|进)(?:过|了|完|的)/;

/** "园里没事,是|小学的水管": all is well there, it is the other. */
const NOT_IT =
  /^(?:那[边头]|里|的)*(?:没(?:有)?(?:啥|什么)?(?:问题|事儿?|毛病|[那这]回事)|好好的|是好的)[,;]*(?:其实|原来|应该)?是$/;

/** "听课的还有|一中来的老师", "二中也派人来了", "叫特校的人来瞧瞧": its people came to the other. */
const GUESTS =
  /^(?:那[边头]|今天|昨天|上午|下午|也|都|还|又|就)*(?:派(?:了|过来?|来)*(?:[一两二三四五六七八九十几]?[个位名])?[^,.;]{0,4}(?:人|老师|教师|代表|同志|骨干)|来的(?:[一两二三四五六七八九十几][个位名])?(?!新)[^,.;]{0,4}(?:人|老师|教师|代表|同志|骨干)(?:$|[,.;]))|^的?(?:[一两二三四五六七八九十几][个位名])?[^,.;]{0,4}(?:人|老师|教师|代表|同行|骨干)(?:们)?(?:今天|昨天|也|都|又|还)*(?:过来|来)(?:了)?(?:一?起|跟着|现场)?(?:看|瞧|瞅|听|学|取经|观摩|交流|旁听|跟听|$|[,.;])/;

/** "我今天在|二中看见…": what was seen is of there, and a school of which nothing is told was only named. */
const BE_AT = /(?:我|咱|[今昨前]天|今早|[上中下]午|早上)[^,.;]{0,6}(?:在|到|去)了?$/;
const SAW = /^(?:里|那[边儿]|校园)?(?:的时候)?(?:就)?(?:看[见到]|发现|瞧见|瞅见|撞见|碰上|查[到出]|转了)/;

/** "一中的跑操|比二中强,二中今天我看了": of two compared, the one that was looked at. */
const BETTER_THAN = /^(?:的|那[边头])?[^,.;]{0,8}(?:比|不如|赶不上|不像)$/;
/** "一中的护学岗比二中强,二中放学一个人都没有": told of the other only. */
const HAS_FAULT = /^[^,.;]{2,12}(?:都没有|没人|没有人|坏|缺|过期|脏|乱)/;
const WAS_SEEN =
  /^(?:这[边儿次回趟]|那[边头]|里|我|是|就|又|刚|才|今天|今早|昨天|[上中下]午|亲自|进去)*(?:[去到进跑]|看|查|翻|转|听|问)(?:看|进去)?(?:了|过|的|完|遍)/;

/** "老李说|二中的不干净,我今天去的|一中": heard of the one, gone to the other. */
const SAID_OF = /(?:说|讲|听说|反映|提到)(?:是|的是)?$/;
const I_WENT_TO = /我[^,.;]{0,6}(?:去|到|看|查|跑)的(?:却|可|倒)?(?:是)?$/;

/** "他说一中的好,咱|二中可不行": others' is only heard of. */
const OURS = /(?:^|[,.;\s])(?:可|但|不像|倒是)*(?:咱们?|我们|俺们)(?:这边|这儿|这)?(?:的)?$/;
const HEARD = /(?:说|讲|听|夸|提|看看|羡慕|表扬|学学?)(?:了|过|起|到)?$/;

/** "那孩子转去|一中了": what is told is told of where somebody is now. */
const MOVED = /^的?[^,.;]{0,4}(?:孩子|学生|娃|老师|校长|主任)[^,.;]{0,3}(?:转|调|划)(?:去|到|往|进)了?$/;

const clauseBefore = (text: string) => /[^,.;]*$/.exec(text)?.[0] ?? '';

/** Whether `a`, named before `b`, is put aside for it. */
function gaveWay(a: Said, b: Said, text: string): boolean {
  const between = text.slice(a.row.end, b.row.start);
  if (TURNED.test(b.before) && PLANNED.test(b.before)) return true;
  if (CHILD_AT.test(b.before) && ITS_OWN.test(a.own)) return true;
  if (MINE.test(b.before) && (ALONG.test(between) || ALONG_TO.test(clauseBefore(a.before)))) return true;
  // what leads to the next school is not said of this one
  const done = GONE_TO.test(a.own.slice(0, a.own.search(/[^,.;]*$/)));
  if ((POINTED.test(b.before) || ONLY_AT.test(b.before)) && !done) return true;
  if (OURS.test(b.before) && HEARD.test(a.before)) return true;
  if (I_WENT_TO.test(b.before) && SAID_OF.test(a.before)) return true;
  if (BE_AT.test(b.before) && SAW.test(b.own) && !done && !isToldOf(a)) return true;
  return NOT_IT.test(between) || MOVED.test(between);
}

/** Something is told of the school itself: it was gone to, looked at, or a fault or praise is its own. */
const isToldOf = (a: Said) =>
  wasThere(a.before, a.own) || PROBLEM.test(a.own.slice(0, a.own.search(/[^,.;]*$/)));

/** A record on file is changed by its own act; nothing is put aside there. */
const ON_FILE = /(?:的|那?[条次])记录|作废|那[条次]|[写记填录登]错/;

/** Codes of the schools put aside for another one, or on which nothing but an errand was spent. */
export function putAside(text: string, places: readonly Place[]): Set<string> {
  const said = places.map((p): Said => {
    const next = places.find((o) => o.row.start >= p.row.end);
    return { ...p, before: text.slice(0, p.row.start), own: text.slice(p.row.end, next?.row.start) };
  });
  // "A比B强,B我看了": B is named again, and looked at there
  const comparedOnly = (a: Said) =>
    said.some(
      (b) =>
        b.code !== a.code &&
        BETTER_THAN.test(text.slice(a.row.end, Math.max(a.row.end, b.row.start))) &&
        said.some(
          (c) => c.code === b.code && c.start > b.start && (WAS_SEEN.test(c.own) || HAS_FAULT.test(c.own)),
        ),
    );
  const aside = said.filter(
    (a) =>
      UNSEEN.test(a.own) ||
      KEPT_OUT.test(a.own) ||
      ERRAND.test(a.own) ||
      GLANCED.test(a.own) ||
      isLeftAlone(a.own) ||
      GUESTS.test(a.own) ||
      comparedOnly(a) ||
      (!ON_FILE.test(text) &&
        said.some((b) => b.code !== a.code && b.row.start >= a.row.end && gaveWay(a, b, text))),
  );
  return new Set(aside.map(({ code }) => code));
}
