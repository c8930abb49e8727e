// What is said beside the findings and is none: how the inspector came, a greeting, how a thing is known, what was looked at and well.
import type { ClauseReading } from '../clauses/clause-kinds.ts';
import { FOR_HER } from '../clauses/finding-words.ts';
import type { ItemCode } from '../types.ts';
import { saysFault } from './fault-words.ts';
import { HOW } from './finding-grades.ts';

/** A greeting or thanks, which praise nothing. */
const POLITE = /^(?:您|你|大家|各位)们?好$|^(?:谢谢|多谢|辛苦|烦请|劳驾)/;
/** How the inspector went, whom he missed, what hindered him: "校长住院没见着", "因为修路", "晚上没留". */
const OWN_WAY =
  /^(?:我)?没进成[^,]{0,4}$|^(?:我)?没惊动(?:他们|她们|人|学校)?$|^(?:上午|下午|早上|中午)?(?:\d{1,2}|[一二三四五六七八九十]+)点(?:半|多|[一二三四五六七八九十\d]+分?)?$|(?:没|未)(?:查着|查到|查出来?)$|(?:没|未)(?:查实|坐实)$|^[^,没不未缺]{1,10}(?:本|册|簿)(?:都|也|全)*(?:翻|看|查)(?:了|过)(?:一遍)?$|^(?:总体|整体)?(?:不孬|不赖|不差)$|^(?:去)?(?:的)?(?:路上|半路|顺路)?(?:就)?(?:从|打|由)?[^,]{0,3}(?:门口|门前|校门)(?:路)?过(?:了)?(?:一?[下趟])?(?:,没进(?:去|门|校)?)?$|^(?:也|就|我|可)*没进(?:去|门|校|校门)?$|^(?:我|咱)?(?:也)?管不着|^(?:我)?[她他](?:们)?(?:还|也)?[说讲](?:那[边头儿]|人家|别处|别的)|^(?:是|还)?(?:向|跟|在|从|找)?[^,]{0,4}借(?:了|用|的)*[^,不没坏乱脏]{1,8}(?:室|间|场地|操场|教室|厅|馆|训练|排练|上课)$|^同行(?:的|是|有|:)?|^(?:替|帮|代)[^,]{1,4}(?:去|跑|到)了?趟?$|^(?:因为|由于)(?![^,]*(?:没|不|未))|手机没电|没录上$|^(?:晚上|中午|我)?没[停留](?:下)?$|^(?:我)?没(?:有)?听课$|^(?:校长|园长|书记)[^,]{0,4}没(?:见着|见到|碰上)$|^[^,]{0,6}监控我?[看查调]了$|^(?:后?[上下]?(?:午|晌|半晌))?在?蹲[着了]$/;
/** What is not known yet, from when until when, how long the way was: "收没收钱还不清楚", "两点至四点半", "路上车堵了". */
const WHEN_AND_HOW =
  /^[^,]{0,6}(?:还|暂时?)(?:不清楚|不知道|没问清|没弄清|没查清|说不清)$|^(?:从)?[\d一二两三四五六七八九十]{1,3}点(?:半|多|[\d一二三四五六七八九十]+分?)?(?:钟)?(?:至|到|-|~)[\d一二两三四五六七八九十]{1,3}点(?:半|多|[\d一二三四五六七八九十]+分?)?(?:钟)?$|^(?:的)?(?:路上|半道|一路)[^,]{0,4}(?:堵|塞)[^,]{0,3}$|^到(?:那|了|校)[^,]{0,2}(?:都|已经?|就)?[\d一二两三四五六七八九十]+点/;
/** What the inspector has to show for it, or who said so: "作业本我都拍了", "学生说的", "家委会代收的". */
const SHOWN =
  /^[^,]{0,6}我?(?:都|也|已经?)?(?:拍|录|留)(?:了照?片?|下来?了?|了像|照了?)$|^[^,没不未缺]{0,4}我(?:看|翻|查)了[^,没不未缺]{1,6}(?:本|册|簿|账)$|^(?:这个?|这条|这事儿?)?(?:要|得|该|应该)?(?:记|算|归|列)(?:在|到|进)[^,]{1,6}(?:上|里|类|头|栏)?头?$|^(?:学生|家长|老师|孩子|保安|门卫|同学|班主任)们?(?:自己|亲口|跟我|都)?(?:说|讲|反映|告诉我)的?$/;
/** What is thought of it: "这种隐患大", "这个师德问题要严肃处理". */
export const WEIGHED =
  /^(?:这|那)(?:种|个|类|些)?[^,]{0,6}(?:隐患|风险|问题|事儿?|性质)(?:很|太|挺|比较|可|就)*(?:大|多|突出|严重|恶劣|(?:得|要|该|需|必须)[^,]{0,3}(?:严肃|重视|认真|重点|马上|抓紧)[^,]{0,6})$/;

/** What there was no time to look at: "其他的没细看", "别的没顾上查". */
const NOT_LOOKED_AT =
  /^(?:其[他它余]|别的|旁的|剩下的?)?[^,]{0,3}(?:没|未)(?:有)?(?:细|顾上|顾得上|来得及|得空|工夫|功夫|时间|去)(?:看|查|翻|瞧|听|转|问)$|^(?:其[他它余]|别的|剩下的?)[^,]{0,3}(?:没|未)(?:看|查|翻)$/;

/** How it is known, which is no finding: "学生亲口讲的", "我在校门口数的". */
const HOW_KNOWN =
  /^[^,]{0,6}(?:门口|跟前|现场|边上)(?:亲自)?(?:数|量|拍|看|撞见)(?:到|见)?的$|^[^,]{0,5}(?:亲口|亲眼|亲自|亲手|当面)[^,]{0,3}(?:讲|说|看|数|量|拍|问|查|见|试|承认)(?:到|见|过)?的$|^(?:[^,]{0,2}我)?(?:就|是)?在[^,]{1,6}(?:数|量|拍|看|撞|碰)(?:到|见)?的$/;

/** Says that the text is no finding, whatever stands around it. */
export const isAside = (text: string): boolean =>
  FOR_HER.test(text) ||
  HOW.test(text) ||
  HOW_KNOWN.test(text) ||
  POLITE.test(text) ||
  OWN_WAY.test(text) ||
  WHEN_AND_HOW.test(text) ||
  SHOWN.test(text) ||
  NOT_LOOKED_AT.test(text) ||
  /^(?:不|不是|不对|没有?|没错)$/.test(text);

/** Says without doubt that nothing is wrong: the inspector did something, all was well, or it is no matter of the visit. */
export function quiet({ p }: ClauseReading, text: string, item: ItemCode | undefined): boolean {
  const calm = p.act + p.aside + p.fine + p.none + p.thing;
  const wrong = saysFault(text);
  return calm > (wrong && item ? 0.98 : wrong || item ? 0.8 : 0.55) && p.fault < 0.3;
}
