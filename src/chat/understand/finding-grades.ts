// What is said about a finding after it was told: what it is called, how grave it is, how the inspector came to it.
import type { Severity } from './types.ts';

/** "这不就是小学化嘛", "这算体罚吧" */
export const CALLED =
  /^(?:这|那|这个|这样|这种)(?:不|可|都|也)*(?:就|才)?(?:是|算|叫|属于)(?:是)?(?:明显|典型|变相|严重|一种)?(?:的)?([^,的]{2,8}?)(?:问题|行为|现象)?(?:嘛|吧|了|的|啊)?$/;
/** "按师德问题报" */
export const TAKEN_AS =
  /^(?:就|都|可以)*(?:按|按照|算|归|归入|列入)([^,]{2,6}?)(?:类|方面|问题)+(?:来)?(?:报|算|处理|登记|记|办|上报)?(?:吧|了)?$/;
/** "一般", "按严重的来", "立问题,一般": a grade and nothing else. */
export const BARE_GRADE =
  /^(?:这个?|先|就|都|立个?问题|定个?|算是?|属于?|按照?|列为?|定为?|评为?|作为|给)*(一般|严重|较重|轻微|复杂)(?:的)?(?:问题)?(?:的)?(?:来|算|处理|办|登记|记)?(?:吧|了|啊)?$/;
/** "围墙列为严重", "这个按严重的来" */
export const GRADED =
  /(?<![不没别])(?:列|定|算|按|属|评|划|判)(?:为|成|作|于|是|个)*(一般|严重|较重|轻微|复杂)/;
export const GRADES: Record<string, Severity> = {
  一般: 'general',
  严重: 'serious',
  较重: 'serious',
  轻微: 'minor',
  复杂: 'complex',
};

/** How the inspector came, which is no finding: "没提前打招呼直接进的门". */
export const HOW =
  /^(?:也|事先|我们?)*(?:没|未)(?:有)?(?:提前|事先|跟(?:他们|学校|校方))*(?:打招呼|通知|告知|说)(?:学校|校方|他们)?(?:直接|就|,)*(?:[进去到来][^,]{0,6})?$|^(?:直接|推门)(?:就)?(?:进|去)(?:的|了)?(?:门|校|学校|班|教室)?$/;
