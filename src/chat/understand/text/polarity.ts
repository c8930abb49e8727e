// Whether a word that acts (passes, grants, voids, recalls, signs) is meant as said: not denied, asked, reported or put off.

const DENIED =
  /(?:不|没|未|别|勿|莫|无法|难以|无需|不用|不必|谈不上|算不上|称不上|达不到|够不上|不算|没有|未曾|还没|来不及|没来得及|没(?:有)?必要|拒绝|不想|不准备|无意)(?:是|能|可|以|给|让|予|要|用|准|该|应|许|敢|再|先|说过?|讲过?|来得及|必|打算|同意|算|让他们?|给他们?|办法|法)*[^,.;\s]{0,2}$/;
/** "没有不合格的", "不是不同意": denied twice. */
const TWICE = /(?:没有?(?!有?(?:问题|毛病|错|事))|无|不是|并非)[^,.;]{0,3}(?:不|没|未)[^,.;]{0,1}$/;
const TOLD = /(?:说|讲|称|反映|告诉我|汇报|来电说)(?:是|他们|都|已经?|全|也)*[^,.;]{0,6}$/;
const MATTER =
  /^(?:[^,.;]{0,2}的(?:事|话|记录|通知|条件|标准|流程|手续|时候|情况|有|是|学校|几|那)|不了|不下来|后|以后|之后|之前|前|时|才|与否|没有$|没$|没(?=[,.?撤成])|了没|了吗|吗|么|不(?=$|[,.?])|还是|有几|多少|率)/;
const ASKED =
  /(?:能不能|能否|可不可以|可否|是不是|是否|有没有|要不要|会不会|该不该|怎么|如何|咋|谁|哪|几(?![天个日周])|多少|多久|多长|什么|啥时候?)[^,.;]{0,8}$/;
/** Asked for the way or the limit of it, not for the act: "多久内能撤回". */
const ASKS_HOW = /(?:怎么|如何|咋|几|多少|多久|多长|什么时候|啥时候?)[^,.;]{0,8}$/;
const REQUEST = /(?:能不能|能否|可不可以|可否|能|可以|帮我|麻烦)[^,.;]{0,8}$/;
const PUT_OFF = /等[^,.;]{1,8}(?:定|说|看|再|来)|再议|再说|先放|待定|研究(?:一下)?|考虑/;

/** Says "yes, this is meant" of at least one place where `act` stands. `act` must carry the flag `g`. */
export function meantSo(
  text: string,
  act: RegExp,
  options: { hearsay?: boolean; request?: boolean } = {},
): boolean {
  for (const m of text.matchAll(act)) {
    const before = text.slice(0, m.index);
    const after = text.slice(m.index + m[0].length);
    if (DENIED.test(before) && !TWICE.test(before)) continue;
    // "能不能撤回" asks for the act itself
    if (!(options.request && REQUEST.test(before)) && (ASKED.test(before) || MATTER.test(after))) continue;
    if (!options.hearsay && TOLD.test(before)) continue;
    return true;
  }
  return false;
}

/** What is asked of an act, or said of it when it is over: "作废不", "撤回以后", "撤没撤成". */
const ASKED_AFTER =
  /^(?:以后|之后|后(?=[,.]|$)|了没|没(?:有)?(?=[,.?撤成]|$)|不(?=[,.?]|$)|不?了(?:吗|么)|吗|么|不成|的(?:事|话|标准|流程|手续|条件|那))/;

/** It nearly was, or was once wished: "差点把通知撤了", "我刚想撤回来着", "本来想作废特校那条". */
const UNREAL =
  /(?:差一?点(?:儿)?|险些|幸[亏好]没|刚想|正想|本来?(?:是)?(?:想|要|打算)|原(?:本|先)?(?:想|打算)|后悔|我记得|怕|担心)[^,.;]{0,12}$/;
/** Spoken about as a thing: "作废需要理由吧", "作废过一条", "撤回通知的时候", "作废的记录要扣分". */
const SPOKEN_OF =
  /^(?:记录|通知)?(?:的(?:时候|记录|通知|条数|次数)|这(?:个|种|事)|(?:了|掉)?(?:以?后|之后)?(?:会|需要|能|可以|影响|归|由(?!于)|扣|多久|几|怎么|咋|得(?:最|多)|要(?=写|填|交|找|走|报|经|盖|[^,.;]{0,6}(?:吗|么|不|签|批|手续|理由|原因)))|归(?:作废|撤)|(?:那|一)条(?:还|能|可以|是哪|在哪|怎么|扣|算))|^过(?!了|期)|^的(?!记录|时候)[^,.;了吧]{1,8}(?:那|这)[趟次回]/;

/** Says that the act is asked for, ordered or done: at one place at least it is neither denied nor only asked about. */
export function actsSo(text: string, act: RegExp): boolean {
  return [...text.matchAll(act)].some((m) => {
    const before = text.slice(0, m.index);
    if (DENIED.test(before) && !TWICE.test(before)) return false;
    const after = text.slice(m.index + m[0].length);
    if (ASKED_AFTER.test(after) || SPOKEN_OF.test(after) || UNREAL.test(before)) return false;
    return (REQUEST.test(before) && !ASKS_HOW.test(before)) || !ASKED.test(before);
  });
}

/** Says that the word stands there and is denied each time. */
export function deniedOnly(text: string, act: RegExp): boolean {
  const all = [...text.matchAll(act)];
  return (
    all.length > 0 &&
    all.every((m) => DENIED.test(text.slice(0, m.index)) && !TWICE.test(text.slice(0, m.index)))
  );
}

/** Decisions that are put off are none. */
export function putOff(text: string): boolean {
  return PUT_OFF.test(text);
}
