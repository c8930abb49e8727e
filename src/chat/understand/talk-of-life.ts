// What people say of their own lives, of old times and of dreams: company, and no act, whatever it is like.
import type { TalkRule } from './talk-rules.ts';
import { INTENTS } from './types.ts';

/** Any act but those that only talk already. */
const ANY = INTENTS.filter((intent) => intent !== 'chat.other' && intent !== 'emergency.report');
/** Something is wanted, told of a school or put on record all the same. */
const WANTED =
  /帮我|麻烦|请(?!假|客)|记[一上下录]|登记|查一?[下查]|列[一出个]|发[给个一]|催|导[出成一]|排[上个到一]|通知|整改|作废|撤|改成|回避|家长|反映|投诉|隐患|发现|听了|看了|[去跑]了|[?]|吗|几[个家所条次]|多少/;

export const OF_LIFE: readonly TalkRule[] = [
  {
    // "昨儿做梦还在大河中学听课呢"
    of: ANY,
    if: /做(?:了?个|的)?梦|梦[见到]/,
    not: /梦想|圆梦|帮我|记[一上下]|登记/,
    is: 'chat.other',
  },
  {
    // "当年我在石佛小学当校长,一年才来人检查一回", "我那会儿哪有这么多表"
    of: ANY,
    if: /(?:想)?当年|我们?(?:那会儿|那时候|那阵|年轻(?:时候|那会儿|时))|(?:以前|从前|过去)我们?(?:当|教|做|干)/,
    and: /不一样|哪[有像会]|不容易|好[多过]了|强[多过]|方便|[喽咯]|时代|变化|享福|羡慕|一年才|全靠/,
    not: WANTED,
    is: 'chat.other',
  },
  {
    // "陪孙子写作业比督导还累哈哈", "老伴说我比上班那会儿还忙"
    of: ANY,
    if: /^(?:今天|昨天|晚上|天天|成天|刚)*(?:我|在家|还得|得)*(?:陪|带|接|送|哄|看着?|给)?(?:我家?|家里)?(?:的)?(?:小?孙[子女]|外孙女?|老伴|老头子|老太婆)/,
    not: WANTED,
    is: 'chat.other',
  },
  {
    // "退休前最后一个学期喽,想想还怪舍不得"
    of: ANY,
    if: /退休/,
    and: /[喽咯]|舍不得|想想|感慨|清闲|闲不住|日子|享福|惦记|眨眼|转眼|数着/,
    not: WANTED,
    is: 'chat.other',
  },
  {
    // "我想着哪天去大河看看,不过孙子发烧,再看吧": no day is set, and none is wanted
    of: ['visit.plan'],
    if: /(?:想着|寻思|本?想|惦记|打算)[^;]*(?:哪天|啥时候|抽空|找时间|改天|有空)[^;]*(?:再看吧?|再说吧?|看情况吧?|以后吧)$/,
    is: 'chat.other',
  },
];
