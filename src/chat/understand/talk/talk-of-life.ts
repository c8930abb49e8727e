// What people say of their own lives, of old times and of dreams: company, and no act, whatever it is like.

import { INTENTS } from '../types.ts';
import type { TalkRule } from './talk-rules.ts';

/** Any act but those that only talk already. */
const ANY = INTENTS.filter((intent) => intent !== 'chat.other' && intent !== 'emergency.report');
/** Something is wanted, told of a school or put on record all the same. */
const WANTED =
  /帮我|麻烦|请(?!假|客)|记[一上下录]|登记|查一?[下查]|列[一出个]|发[给个一]|催|导[出成一]|排[上个到一]|通知|整改|作废|撤|改成|回避|家长|反映|投诉|隐患|发现|听了|看了|[去跑]了|[?]|吗|几[个家所条次]|多少/;

/** Somebody was there all the same, or something is wanted. */
const WANTED_THERE =
  /听了|看了|查了|转了|发现|改去|就去|只好去|顺[路道便]|换成|改[到成]|补|帮|排|记[一上下]|登记|整改|通知/;

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
    if: /^(?:今天|昨天|晚上|天天|成天|刚)*(?:我|在家|还得|得)*(?:陪|带|接|送|哄|看着?|给)?(?:我家?|家里)?(?:的)?(?:小?孙[子女]|外孙女?|老伴|老头子|老太婆)|我家?(?:的)?(?:小?孙[子女]|外孙女?)(?:天天|也|都|每天|昨天|晚上)/,
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
    // "写材料写到头秃,下班下班", "好嘞,周末愉快"
    of: ANY,
    if: /头秃|头(?:都)?(?:要|快)?(?:炸|大|晕)了|火烧眉毛|血压[^,.;]{0,6}(?:上|高|蹿|窜)|喝(?:了)?酒|钓鱼|广场舞|下班(?:下班|了|喽|咯|啦)|(?:周末|节日|新年|假期|中秋|国庆|五一|元旦|端午)(?:愉快|快乐|好)|晚安|一路(?:平安|顺风)|早点(?:休息|睡)|注意身体/,
    not: /收到|知悉|通知|整改|记[一上下]|登记|帮我|麻烦|查一?下|[去跑]了|发现/,
    is: 'chat.other',
  },
  {
    // "王老师说他改天去特校转转,我说你别逞能"
    of: ['visit.plan', 'visit.log'],
    if: /(?:他|她|人家)(?:改天|哪天|有空|回头)(?:再)?(?:去|到|来)/,
    not: WANTED_THERE,
    is: 'chat.other',
  },
  {
    // "二中今天没事吧,听说那边下暴雨"
    of: ['visit.log', 'visit.history', 'rect.query'],
    if: /(?:没(?:啥|什么)?事儿?|还好|没淹着?|没受影响)吧(?=$|[,.;?\s])/,
    not: WANTED_THERE,
    is: 'chat.other',
  },
  {
    // "本来想今天去大河中学的,车坏半路上了"
    of: ['visit.log'],
    if: /(?:本来|原本|本)(?:是)?(?:想|要|打算|准备|说好)[^,.;]{0,8}(?:去|到|跑|上)[^;]*[,\s][^;]*(?:坏|堵|下雨|下雪|没去成|没车|发烧|病|临时|走不开|开会|耽误|耽搁|封路|唉)/,
    not: WANTED_THERE,
    is: 'chat.other',
  },
  {
    // "我想着哪天去大河看看,不过孙子发烧,再看吧": no day is set, and none is wanted
    of: ['visit.plan'],
    if: /(?:想着|寻思|本?想|惦记|打算)[^;]*(?:哪天|啥时候|抽空|找时间|改天|有空)[^;]*(?:再看吧?|再说吧?|看情况吧?|以后吧)$/,
    is: 'chat.other',
  },
];
