// Pupils' and parents' names, phone and identity numbers do not enter a record as typed (DOMAIN §6.4).
import { COMMON, DOUBLE, GIVEN, HEADS, RARE, UNCOMMON, WORDS } from './mask-words.ts';

/** Names that may be told, such as those of the office's own people; a map of the roster serves. */
export interface Known {
  has(name: string): boolean;
}

const PUPIL =
  '(?:学生|同学|孩子|小孩|小朋友|幼儿|男生|女生|男孩|女孩|娃|学员|班干部|转学生|新生|住校生|走读生|贫困生|困难生|特困生|后进生|学困生|毕业生|残疾生|特长生|儿童|少年)';
const KIN = '(?:家长|妈妈?|爸爸?|母亲|父亲|爷爷|奶奶|姥姥|姥爷|外公|外婆|监护人)';
const CLASS =
  '(?:[一二三四五六七八九\\d]年级|年级|[初高][一二三]|[大中小托]班|\\d班|[一二三四五六七八九十]班|[(（]\\d+[)）]班?)';
const ANY = `(?:${DOUBLE}|[${COMMON}${RARE}])`;
const USUAL = `(?:${DOUBLE}|[${COMMON}${UNCOMMON}])`;
const CHAR = '[\\u4e00-\\u9fff]';
/** What may follow a name: a mark, a particle, a word of doing or suffering. */
const NEXT =
  '(?=同学|小朋友|的|被|把|在|和|跟|与|及|从|说|称|讲|反映|反应|投诉|举报|要求|家长|家里|妈|爸|父|母|爷|奶|监护|摔|受|晕|打|骂|踢|推|撞|咬|抓|扔|撕|偷|没|未|不|迟|住|患|发|过|聊|谈|肚|上|下|左|右|头|手|腿|脚|脸|鼻|眼|牙|胳膊|磕|碰|磨|两|三|俩|四|等|也|又|今|昨|前天|已|因|有|要|突然|中午|午|早|晚|课|吃|喝|哭|吐|拉|过敏|流|出|自己|经常|长期|一直|最近|多次|多天|转|辍|请假|报名|到|来|去|回|坐|骑|乘|走|跑|跳|玩|爬|掉|划|扭|烫|欺|殴|抢|拿|带|闹|吵|争|冲突|情绪|心理|成绩|作业|身体|电话|手机|号码|联系|身份证|学籍|户口|是|给|让|叫|向|对|都|全|近视|远视|代|帮|替|老是|总|还|就|偏|残|智力|听力|视力|心脏|写|抄|背|考|逃|旷|厌学|[,\\uff0c。.;\\uff1b、:\\uff1a!\\uff01?\\uff1f()\\uff08\\uff09\\s\\d]|$)';
const PLACE = `(${ANY})(${CHAR}{1,2}?)${NEXT}`;

interface Rule {
  pattern: RegExp;
  /** Announced as a name: the letters need not be those of names. */
  sure: boolean;
}
const rule = (pattern: string, sure: boolean): Rule => ({ pattern: new RegExp(pattern, 'g'), sure });

const RULES: readonly Rule[] = [
  // 名叫X, 姓名:X
  rule(
    `(?<=(?:${PUPIL}|${KIN}|${CLASS}|一个|那个|这个|个|[一那这]名|(?:打|伤|摔|病|哭|逃|躺|晕|走)的)(?:名字)?(?:名叫|叫做|叫|姓名|名字是))[是为::\\s]*${PLACE}`,
    true,
  ),
  rule(`(?<=(?:学生姓名|姓名|名叫|名字叫)[::是为]?\\s?)${PLACE}`, true),
  // 学生X, 三年级二班的X, 小班X
  rule(
    `(?<=(?:${PUPIL}|${CLASS})(?:的|是|有|里的?|[::(（])?${PUPIL}?)(${USUAL})(${CHAR}{1,2}?)${NEXT}`,
    false,
  ),
  rule(`(?<=${KIN}[::(（]?)(${USUAL})(${CHAR}{1,2}?)${NEXT}`, false),
  // X同学, X小朋友, X的家长, X妈妈, X这孩子
  rule(
    `(?<=^|[^\\u4e00-\\u9fff]|[和跟与把被让叫给对是的了名班级生说找见问找查为向因中到接位有个让由陪送])(${ANY})(${CHAR}{1,2}?)(?=同学(?!们|会|聚|录)|小朋友(?!们)|(?:的|他|她)?${KIN}|这(?:个)?(?:孩子|学生|娃|同学)|那(?:个)?(?:孩子|学生|娃)|(?:学生|孩子)(?=受|被|摔))`,
    false,
  ),
];
/** Someone beside a name that was masked: 王某和李强, 王某把李强推倒. */
const BESIDE = rule(
  `(?<=某(?:同学|小朋友)?(?:和|跟|与|、|及|以及|[,\\uff0c]|(?:把|被|打|骂|踢|推|撞|咬|抓|欺负|殴打)了?))(${USUAL})(${CHAR}{1,2}?)${NEXT}`,
  false,
);
const LIMB = '(?:手|手指|脚|腿|头|胳膊|眼睛?|脸|牙|鼻子?|膝盖|额头|嘴|腰)';
const HURT = '(?:弄|划|摔|磕|碰|割|烫|撞|打|推|砸|咬|踢|抓|扭|崴)(?:伤|破|断|倒|哭|肿|了)';
/** What happens to pupils, told of one by her bare name: "张小明把手弄伤了". */
const HAPPENS = [
  `被(?:同学|人|老师|打|撞|烫|车|欺负|砸|咬|推|踢|骂|困|接|热水|开水|球|门|狗|${USUAL})`,
  `[把和跟与](?:同学|同桌|${USUAL}${CHAR})`,
  `把(?:自己的?)?${LIMB}[^,\\uff0c。]{0,2}${HURT}`,
  `(?:打|骂|推|咬|踢|欺负|殴打)了?(?:同学|同桌|${USUAL}${CHAR})`,
  `把[^,\\uff0c。]{1,4}(?:打|推|撞|咬|抓|踢|砸)(?:伤|破|倒|哭)`,
  `(?:从|在)[^,\\uff0c。]{1,8}(?:掉|摔|跌|滚|滑)(?:下|了|倒|伤)`,
  `${LIMB}(?:受伤|破|流血|骨折|[磕摔扭碰烫夹])`,
  '(?:摔|磕|碰|扭|烫)(?:了|伤|破|倒|断)|晕倒|受伤|打架|骨折|流鼻血|发(?:高)?烧|呕吐|腹泻|拉肚子',
  '离家|没来上|(?:没|不)来上课|没系安全带|没戴头盔|(?:中午|早上)?没吃(?:早|午|晚)?饭|辍学',
  `(?:和|与|跟)?${USUAL}${CHAR}{1,2}(?:打|吵|闹)`,
].join('|');
/** At the head of a clause, or after where and when, of a thing that happens to pupils. */
const HEAD = rule(
  `(?<=^|[,\\uff0c。.;\\uff1b、\\s]|[把和跟与]|课间|课上|操场上?|教室里?|宿舍里?|食堂里?|[今昨前]天|[上下中]午|放学[后时]?|早上)(${USUAL})(${CHAR}{1,2}?)(?=${HAPPENS})`,
  false,
);
const TITLE =
  /^(?:老师|教师|督学|主任|校长|园长|书记|局长|科长|组长|所长|院长|医生|大夫|厨师|师傅|保安|阿姨|教授|副)/;

/**
 * The text with pupils' and parents' names as 王某, phone numbers as 138****5678 and identity numbers shortened.
 * Names in `known` stay. Safe to apply twice.
 */
export function maskPersonal(text: string, known?: Known): string {
  let out = maskNumbers(text);
  if (!/[学孩娃生班级友儿长妈爸爷奶父母护人名]|[初高][一二三]/.test(out) && out.search(HEAD.pattern) < 0)
    return out;
  for (const each of RULES) out = apply(out, each, known);
  out = apply(out, HEAD, known);
  if (out !== text) for (let i = 0; i < 3; i++) out = apply(out, BESIDE, known);
  return out;
}

function apply(text: string, { pattern, sure }: Rule, known: Known | undefined): string {
  return text.replace(pattern, (all: string, surname: string, given: string, ...rest: unknown[]) => {
    const name = surname + given;
    const at = Number(rest.find((one) => typeof one === 'number'));
    const after = text.slice(at + all.length);
    if (known?.has(name) || TITLE.test(after) || TITLE.test(given + after)) return all;
    // a longer name of the office may begin here: 张明 in 张明明 is none, 王建 in 王建国 is
    if (known && [...'12'].some((n) => known.has(name + after.slice(0, Number(n))))) return all;
    if (given.includes('某') || WORDS.test(name) || HEADS.test(name)) return all;
    if (!sure && ![...given].every((char) => GIVEN.has(char))) return all;
    return `${all.slice(0, all.length - name.length)}${surname}某`;
  });
}

const D = '[\\d０-９]';
const MOBILE = new RegExp(`(?<!${D})(?:\\+?86[- ]?)?(1[- ]?[3-9](?:[- ]?${D}){9})(?!${D})`, 'g');
const LANDLINE = /(?<!\d)\(?(0\d{2,3})\)?[- ]?(\d{3,4})[- ]?(\d{4})(?!\d)/g;
const LOCAL =
  /((?:电话|座机|号码|固话|联系方式|拨打?|联系)(?:号码)?(?:是|为|[::])?\s*)(\d{3,4})[- ]?(\d{4})(?!\d)/g;
const SPOKEN =
  /(?<![零〇一二三四五六七八九幺])[幺一][三四五六七八九][零〇幺一二三四五六七八九]{9}(?![零〇一二三四五六七八九])/g;
const ID_CARD = /(?<!\d)(\d{6})[- ]?\d{8}[- ]?(\d{3}[\dxX])(?!\d)/g;
const OLD_ID = /(身份证(?:号码?)?(?:是|为|[::])?\s*)(\d{6})\d{6}(\d{3})(?!\d)/g;

function maskNumbers(text: string): string {
  return text
    .replace(ID_CARD, (_all, head: string, tail: string) => `${head}********${tail}`)
    .replace(OLD_ID, (_all, said: string, head: string, tail: string) => `${said}${head}******${tail}`)
    .replace(MOBILE, (_all, number: string) => {
      const digits = number.replace(/[- ]/g, '');
      return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
    })
    .replace(LANDLINE, (_all, area: string, _head: string, tail: string) => `${area}-****${tail}`)
    .replace(LOCAL, (_all, said: string, _head: string, tail: string) => `${said}****${tail}`)
    .replace(SPOKEN, (number) => `${number.slice(0, 3)}****${number.slice(-4)}`);
}
