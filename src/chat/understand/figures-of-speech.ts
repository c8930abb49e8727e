// What only sounds like harm: "忙晕了", "腿都要断了", a dream, a film, the news of another province.

/** Said of oneself or of laughter; blanked before danger is listened for. */
const ALWAYS =
  /(?:腿|腰|胳膊|脚|肠子|脖子)(?:都|也)?(?:快|要)?(?:跑|走|笑|站|等|伸)?(?:都)?(?:快|要)?断(?:了|掉)?|嗓子(?:眼)?(?:都|也)?(?:快|要)?(?:冒烟|喊?炸|喊?哑|着火)(?:了)?|(?:忙|晕头|转|绕|看|算|填|写|背)(?:得|的)?(?:我)?(?:头)?(?:都|快|要)*(?:晕|吐血?)(?:头转向)?(?:了)?|晕头转向|笑(?:得)?(?:疯|死|喷|翻|抽|岔气|肚子疼)(?:了)?|要吐了|(?:想|快|要)吐血|火冒三丈|心都(?:快|要)?(?:碎|跳出来)(?:了)?|炸(?:了)?锅|急得(?:直)?跳(?:楼|脚)/g;
/** The same where no pupil or colleague is who suffers it. */
const OF_MYSELF =
  /(?:累|急|气|饿|冻|热|困|忙|烦|渴|愁|吓|臭|笑|堵)(?:得)?(?:要)?(?:死|晕|瘫|趴下|崩溃)(?:了|人)?/g;
const SOMEBODY = /学生|孩子|娃|同学|老师|教师|家长|保安|师傅|男生|女生|有人|一个|一名|[两三四五六七八九十]个/;

/** What was dreamt, shown, read of or played, and is happening to nobody here. */
const DREAMT = /梦(?:见|到|里|话)|做(?:了)?(?:个)?(?:恶|噩)?梦|(?:昨晚|夜里|昨夜)[^,.;]{0,3}梦/;
const SHOWN =
  /(?:看|听|刷|翻|追)(?:了|到|过|着)?(?:个|部|场|一[个部场])?[^,.;]{0,4}(?:电影|电视剧|小说|纪录片|短剧|动画片)|(?:课本剧|情景剧|剧本|小品|话剧)[^.;]{0,12}|(?:排|演|拍)(?:练)?(?:的|了|着)?[^,.;]{0,4}(?:剧|戏|片子)/;
const ELSEWHERE = /(?:外省|外地|外市|外县|别的?(?:省|市|县|地方)|某地|某省|国外|邻省|人家那边)[^.;]{0,20}/;
const TOLD_BY = /报上|报纸|新闻|电视|网上|热搜|视频号|抖音|公众号|朋友圈|通报|群里(?:转|发)/;

/** The text with its figures of speech blanked, as long as before, so that places keep. */
export function plainly(text: string): string {
  const blank = (said: string) => '　'.repeat(said.length);
  const said = text.replace(ALWAYS, blank);
  return SOMEBODY.test(said) ? said : said.replace(OF_MYSELF, blank);
}

/** Told of a dream, a film or another province, and of no school of ours. */
export function isTale(text: string, namesSchool: boolean): boolean {
  if (DREAMT.test(text) || SHOWN.test(text)) return true;
  return !namesSchool && ELSEWHERE.test(text) && TOLD_BY.test(text);
}

/** A parent or a caller tells of it: an opinion, unless harm is plain in the words. */
export const isHearsay = (text: string): boolean =>
  /(?:家长|群众|村民|有人|来电|热线)[^,.;]{0,8}(?:捎话|打进来|来电|打(?:来)?电话|反映|投诉|来信|留言)/.test(
    text,
  );
