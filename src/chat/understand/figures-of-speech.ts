// What only sounds like harm: "忙晕了", "腿都要断了", a dream, the story of a film, the news of another province. Whatever may be real stays.

/** Nobody is hurt by these, whoever they are said of; blanked before danger is listened for. */
const ALWAYS =
  /嗓子(?:眼)?(?:都|也)?(?:快|要)?(?:冒烟|喊?炸|喊?哑|着火)(?:了)?|晕头转向|忙炸(?:了)?|(?:电话|手机|键盘|嘴皮子?)(?:都|也)?(?:快|要)*(?:被)?(?:打|说|敲|磨)?(?:爆|冒烟|烫手)(?:了)?|笑(?:得)?(?:疯|喷|翻|抽|岔气|肚子疼)(?:了)?|火冒三丈|心都(?:快|要)?(?:碎|跳出来)(?:了)?/g;
/** These are, where a pupil or a colleague suffers them: "腿断了" of nobody at all is not blanked either. */
const OF_MYSELF =
  /(?:腿|腰|胳膊|脚|肠子|脖子)(?:都|也)?(?:(?:快|要)+(?:跑|走|站|等|伸)?断|(?:跑|走|笑|站|等|伸)(?:得)?(?:都)?(?:快|要)*断)(?:了|掉)?|(?:忙|转|绕|看|算|填|写|累|急|气|饿|冻|热|困|烦|渴|愁|吓|臭|笑|堵)(?:得|的)?(?:我)?(?:头)?(?:都|快|要)*(?:死|晕|瘫|趴下|崩溃|吐血?)(?:了|人)?|要吐了|(?:想|快|要)吐血/g;
const SOMEBODY =
  /学生|孩子|娃|幼儿|宝|同学|老师|教师|家长|保安|师傅|司机|阿姨|校长|园长|男生|女生|他|她|有人|[一两三四五六七八九十\d]个|一名|一位/;

/** Happening now, or somebody is on the way: never a tale. */
const REAL =
  /1(?:10|19|20)|救命|快来|快点来|赶紧|正在|正往|送医|医院|抢救|报警|我(?:们)?(?:校|园|正|在|马上|这就|这边)|我们?(?:学校|幼儿园)|刚(?:才|刚)?(?!看|听|刷)|门口|现在|这会儿/;
/** What was dreamt. "还在做梦" is asleep. */
const DREAMT = /梦(?:见|到)|做了?(?:个|一个)?(?:恶|噩)梦|(?:昨晚|夜里|昨夜)[^,.;]{0,3}做了?个?梦|说的是梦话/;
/** What a film or a play tells, not what befalls those who watch or play it: "看了个电影,讲…", "课本剧里有一场…". */
const SHOWN =
  /(?:看|刷|追|翻)(?:了|到|过)?(?:个|部|场|本|一[个部场本])?[^,.;]{0,2}(?:电影|电视剧|小说|纪录片|短剧|动画片)(?:里|上|中)?[,\s]?(?:讲|说|演|拍|写|里)|(?:课本剧|情景剧|剧本|小品|话剧)(?:里|中)?[^,.;]{0,4}有(?:一)?(?:场|幕|段|个情节)/;
/** "看新闻说外省…", "报上登外地…". */
const ELSEWHERE =
  /(?:报上|报纸|新闻|电视|网上|热搜|视频号|抖音|公众号|朋友圈)[^.;]{0,8}(?:外省|外地|外市|外县|别的?(?:省|市|县|地方)|某地|某省|国外|邻省)/;

/** "早年间有学生被车撞过": long over, unless it has happened again. */
const LONG_AGO =
  /(?:早年间?|多少年前|[几好]多?年前|前些年|那些年|往年)[^;]{0,16}过(?!.*(?:又|刚|今天|这[次回]))/;

/** The text with its figures of speech blanked, as long as before, so that places keep. */
export function plainly(text: string): string {
  const blank = (said: string) => '　'.repeat(said.length);
  const said = text.replace(ALWAYS, blank);
  return SOMEBODY.test(said) ? said : said.replace(OF_MYSELF, blank);
}

/** Told of a dream, a film or another province, with no sign of anything that happens here. */
export function isTale(text: string, namesSchool: boolean): boolean {
  if (LONG_AGO.test(text)) return true;
  if (REAL.test(text)) return false;
  return DREAMT.test(text) || SHOWN.test(text) || (!namesSchool && ELSEWHERE.test(text));
}

/** A parent or a caller tells of it: an opinion, unless harm is plain in the words. */
export const isHearsay = (text: string): boolean =>
  /(?:家长|群众|村民|有人|来电|热线)[^,.;]{0,8}(?:捎话|打进来|来电|打(?:来)?电话|反映|投诉|来信|留言)/.test(
    text,
  );
