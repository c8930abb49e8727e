// What is told of a school only to leave it alone, beside another that something is wanted of: "二中的上午导过了", "育才那个我知道".

/** Up to here it is said which of its things is meant. */
const OF_IT = '(?:的|那[边头个条次节份张]?|里|我|他|她|今年|这个?月|今天|暂时|也|都|就|先)*';
const DONE_THERE = '记|登|录|报|交|销|催|回|导|发|看|查|改|办|排|说|问|签';
/** What need not be done there. */
const ACT = '去|催|下|开|安排|发|管|要|查|看|报|回|导|急|动|换|调|排|记|算|提醒|通知|处理';

const LEFT_ALONE = new RegExp(
  [
    // done already: "周一那次已经记过了", "已经都销了我知道"
    `^[^,.;]{0,8}?(?:已经?|早就?)(?:都)?(?:${DONE_THERE})(?:完|好|过)?了(?:我知道)?(?=$|[,.;])`,
    `^(?:的)?(?:这个?月|本月|这周|上周)(?:已经?|都)?(?:去|跑|督导)过了(?=$|[.;])`,
    // known, or at hand: "那个我知道", "的我手里有了"
    '^[^,.;]{0,10}我(?:都)?(?:知道|清楚|有数|手[里头]有|这[儿里]有)了?(?=$|[,.;])',
    // not wanted: "搞活动先不去了", "今年不安排", "的他没要"
    `^[^,.;]{0,10}?(?:先不|暂不|不用|不必|无需)(?:再|给|急着)?(?:${ACT})(?:他们|人家)?了?(?=$|[,.;])`,
    `^${OF_IT}(?:不(?:${ACT})了?|没(?:要|提|申请|安排))(?=$|[,.;])`,
    // why first: "昨天交了,别催人家", "他们自己修了,不下"
    `^[^.;]{1,24}?[,;](?:我|就|也|你)?(?:(?:先不|暂不|不用|不必)(?:再|给)?[\\u4e00-\\u9fff]{1,2}(?:他们|人家)?了?(?=$|[,.;])|不(?:${ACT})了?(?=$|[,.;])|(?:别|甭)(?:再)?(?:催|烦|提醒|管|问|发|打))`,
    // put off: "等学校说明来了再回", "下午才去"
    '^[^,.;]{0,6}?等[^,.;]{1,12}再(?:说|定|回|看|办|批|发)',
    '^[^,.;]{0,4}(?:下午|明天|后天|晚点|下周)才(?:去|到|跑)',
  ].join('|'),
);

/** Whether what is told of a school, from its name on, only says that nothing is wanted of it now. */
export const isLeftAlone = (own: string): boolean => LEFT_ALONE.test(own);
