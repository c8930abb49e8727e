// What only sounds like harm: "忙晕了", "腿都要断了", a dream, the story of a film, the news of another province. Whatever may be real stays.

/** Nobody is hurt by these, whoever they are said of; blanked before danger is listened for. */
const ALWAYS =
  /(?:垫|布|网|帘|袋|管|沙发|椅|皮|膜|棚|纸)[^,.;人学生孩娃]{0,4}(?:烂|破|裂|撕|划|磨)(?:了|开)?[^,.;]{0,2}大?口子|(?:衣裳|衣服|被子|裤子|鞋子?)[^,.;人学生孩娃]{0,6}(?:阳台|楼顶|窗外|天台)(?:上|外)?(?:还|都)?(?:晾|晒)(?:着|了)?|(?:关|赶|撵|晾)(?:在|到)?(?:门|教室|走廊)外?(?:头|面|边)?(?:站|罚站)着?|(?:(?:像|跟|好比)着了?火(?:了)?(?:似的|一样|一般)|着火(?:了)?似的)(?:[^,.;]{0,2}(?:烫手?|热))?|跳楼(?:机|价|大?甩卖)|(?:升降柱|道闸|栏杆机|卷帘门|伸缩门|抽屉|拉链|打印机|饮水机|投币口)(?:又|也|都)?卡(?:住|死)了?|(?:手机|钥匙|[Uu]盘|平板|笔记本|书包|饭卡|水杯)(?:也|都|突然)?(?:不见了|丢了|找不[着到]了?)(?:,?找了[^,.;]{1,6})?|(?:失踪|走失|走丢|丢失)(?:了)?[^,.;人学生孩师娃]{0,8}的?(?:那?[个台把本只条份张])?(?:笔记本|电脑|平板|钥匙|[Uu]盘|手机|书|本子|材料|档案|印章|公章|投影仪|球|猫|狗|兔子?)|(?:电脑|机子|主机|服务器|系统|[Uu]盘|优盘|硬盘|手机|平板|一体机|网站|软件)(?:[^,.;人学生孩师娃员工]{0,4})?(?:中了?|感染了?)(?:病)?毒(?:了)?|(?:假人|人体模型|橡皮人)(?:(?!学生|孩|娃|老师|男|女|有人|有个|一个)[^,.;]){0,12}(?:没(?:有)?(?:呼吸|气|心跳|反应|脉搏)|不行|昏|晕|倒下)了?|吓(?:得)?(?:我|人)?[^,.;]{0,4}脸(?:都|也|色)*(?:煞|发)?白(?:了)?|嗓子(?:眼)?(?:都|也)?(?:快|要)?(?:冒烟|喊?炸|喊?哑|着火)(?:了)?|晕头转向|忙炸(?:了)?|(?:电话|手机|键盘|嘴皮子?)(?:都|也)?(?:快|要)*(?:被)?(?:打|说|敲|磨)?(?:爆|冒烟|烫手)(?:了)?|笑(?:得)?(?:疯|喷|翻|抽|岔气|肚子疼)(?:了)?|火冒三丈|我(?:人|都|快|真|要)*(?:没|麻|傻|废|裂开|散架)了(?=$|[,.;!\s])|心都(?:快|要)?(?:碎|跳出来)(?:了)?/g;
/** These are, where a pupil or a colleague suffers them: "腿断了" of nobody at all is not blanked either. */
const OF_MYSELF =
  /(?:腿|腰|胳膊|脚|肠子|脖子)(?:都|也)?(?:(?:快|要)+(?:跑|走|站|等|伸)?断|(?:跑|走|笑|站|等|伸)(?:得)?(?:都)?(?:快|要)*断)(?:了|掉)?|(?:忙|转|绕|看|算|填|写|累|急|气|饿|冻|热|困|烦|渴|愁|吓|臭|笑|堵)(?:得|的)?(?:我)?(?:头)?(?:都|快|要)*(?:死|晕|瘫|趴下|崩溃|吐血?)(?:了|人)?|要吐了|(?:想|快|要)吐血/g;
/** At a stall they buy: "烤肠摊前学生围一圈". Whatever goes wrong there stays. */
const STALL =
  /(?:烤|炸|煎|卖|小吃|零食|早餐|早点|玩具|文具|冷饮|奶茶|盒饭|流动)[^,.;了]{0,6}(?:摊|车|贩)|摊(?:子|位|点|贩)|小贩|商贩/;
const ROUND_IT =
  /(?<![把将被给让跟])(?:学生|孩子|娃|家长)(?:们)?(?:都|也|全|放学)?(?:围|挤)(?!住|攻|殴|堵)(?:着|了|成|满|得)?(?:一[圈堆群片]|一大[圈堆群片]|里三层外三层|好几层)?(?:着)?(?:买|吃|挑|看|抢|逛|等|排队)?/g;
const AMISS =
  /火|炸[了开伤]|爆|罐|煤气|液化气|烫|伤|[打砸捅砍抢]|晕|昏|吐|疼|中毒|血|刀|撞|翻|漏|倒[了下]|救|哭|喊|堵住|不让|要钱|混混|青年|生人|生面孔|醉/;

const SOMEBODY =
  /学生|孩子|娃|幼儿|宝|同学|老师|教师|家长|保安|师傅|司机|阿姨|校长|园长|男生|女生|他|她|有人|[一两三四五六七八九十\d]个|一名|一位/;

/** How somebody of the staff treats a child that is not hurt: a fault of conduct (I5, K3), and no alarm. */
const STAFF = /老师|教师|班主任|幼师|保育员|阿姨|教练|教官|宿管|生活员/;
const ROUGH =
  '(?:吼|凶(?!器|手|猛|多)|骂|训斥|训(?=学生|孩子|娃|人)|呵斥|吆喝|拽|拉扯|推搡|搡|罚站|拧|揪|(?:拿|用)[^,.;刀棍棒凳砖钢]{0,4}[打敲拍抽]|[打敲拍](?:了|着)?(?:学生|孩子|娃)?的?(?:手心|手板|脑门|脑袋|头))';
const ROUGH_CLAUSE = new RegExp(`[^,.;]*${ROUGH}[^,.;]*`, 'g');
const HARMED =
  /1(?:10|19|20)|医|诊|血|伤|肿|断|折|脱臼|晕|昏|[青紫]了?|破了|缝|针|撞|摔|倒[地了下]|不动|不起|不来|听不见|看不见|车|校外|生人|陌生|社会|锁|关[在进着]|捆|绑|勒|掐|踹|踢|扇|烫|烟头|棍|刀|凳|砖|跪|脱|摸|跳|死|火|烟|炸|爆|漏|吐|疼|毒/;
/** Whoever is hard to wake, for he sleeps where he should watch: "门卫晚上睡觉,喊不醒". */
const SLEEPS =
  /(?:门卫|保安|门岗|传达室|值班(?:的|员|室)?|大爷)[^,.;晕昏倒病]{0,10}睡[^,.;]{0,6}[,\s]?[^,.;]{0,2}(?:叫|喊|敲|拍)[^,.;]{0,4}不(?:醒|应|开|理|起来)/g;
/** "孩子老钻", "学生天天翻": what they keep doing, and came to no harm by it. */
const KEEP_DOING =
  /(?:学生|孩子|娃)(?:们)?(?:还)?(?:老是?|总是?|经常|常常?|天天)(?:从[^,.;]{1,4}|往[里外])?(?:钻|翻|跨|爬)(?:来[钻翻爬]去|进[钻翻爬]出|过去|出去|进去)?(?=$|[,.;])/g;
/** "人家师傅家里出事了": why somebody is not there, and nothing of the school. */
const AT_HOME = /家里(?:头)?(?:出|有)(?:了|点|些)*(?:事|急事)(?:儿|情)?了?/g;
const HARMLESS = [ALWAYS, SLEEPS, KEEP_DOING, AT_HOME];

/** Happening now, or somebody is on the way: never a tale. */
const REAL =
  /1(?:10|19|20)|救命|快来|快点来|赶紧|正在|正往|送医|医院|抢救|报警|我(?:们)?(?:校|园|正|在|马上|这就|这边)|我们?(?:学校|幼儿园)|刚(?:才|刚)?(?!看|听|刷)|门口|现在|这会儿/;
/** What was dreamt. "还在做梦" is asleep. */
const DREAMT = /梦(?:见|到)|做了?(?:个|一个)?(?:恶|噩)梦|(?:昨晚|夜里|昨夜)[^,.;]{0,3}做了?个?梦|说的是梦话/;
/** What a film or a play tells, not what befalls those who watch or play it: "看了个电影,讲…", "课本剧里有一场…". */
const SHOWN =
  /(?:看|刷|追|翻|放|演)(?:了|到|过)?(?:个|部|场|本|一[个部场本])?[^,.;]{0,2}(?:电影|电视剧|小说|纪录片|短剧|动画片)(?:里|上|中)?[,\s]?(?:讲|说|演|拍|写|里|放)|(?:课本剧|情景剧|剧本|小品|话剧)(?:里|中)?[^,.;]{0,4}有(?:一)?(?:场|幕|段|个情节)|演得(?:可|真|太|挺|很|还)?(?:像|真|好|逼真|投入)/;
/** "看新闻说外省…", "报上登外地…". */
const ELSEWHERE =
  /(?:报上|报纸|新闻|电视|网上|热搜|视频号|抖音|公众号|朋友圈)[^.;]{0,8}(?:外省|外地|外市|外县|别的?(?:省|市|县|地方)|某地|某省|国外|邻省)/;

/** "外省有个学校学生集体呕吐,…": another province's own. */
const OTHER_PROVINCE =
  /(?:外省|外地|外市|外县|外区|邻[省市县区]|隔壁[市县区]|别的?[市县区]|某地)[^,.;]{0,6}(?:学校|幼儿园|小学|中学|高中)/;

/** "早年间有学生被车撞过": long over, unless it has happened again. */
const LONG_AGO =
  /(?:早年间?|多少年前|[几好]多?年前|前些年|那些年|往年)[^;]{0,16}过(?!.*(?:又|刚|今天|这[次回]))|过(?:一|两|几)?[回次]了?,后来(?!.*(?:又|刚|今天|这[次回]|现在|还))/;

/** "网上传有学生跳楼,派出所说是谣言": whose word counts has denied it, and nothing is told after that. */
const RUMOUR_DENIED =
  /(?:网上|群里|朋友圈|抖音|快手|微博|视频号|外面|有人)[^,.;]{0,6}(?:传|说|发).*(?:派出所|警方|警察|民警|公安|网警|教育局|局里|官方)[^,.;]{0,8}(?:谣言?|假的|没这回事|不实)(?:了)?(?:,(?:已经?|也|都)*(?:[辟澄][^,.;]{0,4}|删了))?[.!]*$/;

/** "网上传二中有学生跳楼,是前几年外地的老视频": passed round, and of another time or place. */
const OLD_NEWS =
  /(?:网上|群里|朋友圈|抖音|快手|微博|视频号|外面)[^;]{0,30}(?:是|都)(?:前[几两]年|几年前|多年前|去年|外地|外省|外市|别的?(?:地方|省|市|学校)|别处)[^,.;]{0,6}(?:视频|消息|新闻|照片|图|事|帖子?)|(?:网上|群里|朋友圈|抖音|快手|微博|视频号|外面)[^;]{0,30}(?:是|都)[^,.;]{0,6}[老旧](?:视频|消息|新闻|照片|帖子?)/;
/** "我们演练防暴,拿刀往里冲的是保安扮的,您别吓着": told beforehand, so that nobody takes it for real. */
const ACTED = /(?:演练|演习)[^;]*(?:(?:扮|演|装)的|(?:别|不用|甭|莫)(?:吓|害怕|担心|紧张|慌|当真|误会)|假的)/;
const NO_ACT =
  /真(?:的)?(?:伤|受伤|摔|着火|出事|来)|不是(?:演练|演习|演的|假的)|送医|医院|120|救护车|受伤了|伤着了/;

/** "出了学生走失这种事第一个电话该打给谁": asked of such things, none of which has happened. */
const OF_SUCH =
  /(?:出|发生|碰[上到见]|遇[上到见])了?[^,.;]{0,12}[这那](?:种|类)(?:事儿?|情况|事故)[^,.;]{0,12}(?:谁|怎么|咋|如何|哪|多久|几)/;

/** "老师吼孩子,还拽了一把胳膊": how a child was treated that is not hurt. A fault, whatever it is like. */
export const isRough = (text: string): boolean =>
  STAFF.test(text) && !HARMED.test(text) && text.search(ROUGH_CLAUSE) >= 0;

/** The text with its figures of speech blanked, as long as before, so that places keep. */
export function plainly(text: string): string {
  const blank = (said: string) => '　'.repeat(said.length);
  let said = HARMLESS.reduce((rest, one) => rest.replace(one, blank), text);
  if (isRough(said)) said = said.replace(ROUGH_CLAUSE, blank);
  if (STALL.test(said) && !AMISS.test(said)) said = said.replace(ROUND_IT, blank);
  return SOMEBODY.test(said) ? said : said.replace(OF_MYSELF, blank);
}

/** Told of a dream, a film or another province, with no sign of anything that happens here. */
export function isTale(text: string, namesSchool: boolean): boolean {
  if (LONG_AGO.test(text) || OF_SUCH.test(text) || (ACTED.test(text) && !NO_ACT.test(text))) return true;
  if (REAL.test(text)) return false;
  return (
    RUMOUR_DENIED.test(text) ||
    OLD_NEWS.test(text) ||
    DREAMT.test(text) ||
    SHOWN.test(text) ||
    (!namesSchool && (ELSEWHERE.test(text) || OTHER_PROVINCE.test(text)))
  );
}

/** Who was ill or hurt before today, or is known already: "昨天那个晕倒的女生", "那个中暑的学生". */
const KNOWN_CASE =
  /^[^,.;]{0,8}(?:昨[天晚儿夜]|前[天晚儿]|那[天晚]|前几天|上周|上礼拜|上回|上次)|^[^,.;]{0,6}那个[^,.;]{0,10}的(?:那个)?(?:男|女|小)?(?:学生|孩子|孩|娃|生|同学|老师|小朋友|幼儿|师傅)/;
const WELL_AGAIN =
  /(?:正常|照常|照样|回来|来|接着)(?:上课|上学|上班|到校|训练)了?|活蹦乱跳(?:的|了)?|(?<!没|不|未)没(?:啥|什么)?事(?:儿)?了|(?:人|孩子|学生|娃)(?:现在|已经?)?没事(?:儿)?|(?<!没|不|未)(?:好(?:利索|透|全)了|痊愈了?|退烧了?|缓过来了)/g;
/** Not over after all, again, several, or what has to be reported however well they are. */
const NOT_OVER =
  /又|再次|还(?!好|是来|来上)|抢救|昏迷|没醒|叫不|喊不|正往|正在|正送|1(?:10|19|20)|救护|报警|刚(?!好)|(?:现在|这会儿)(?!人?(?:没事|好|正常|照常|已|在(?:教室|班里|家)|能|退烧|活))|另外?|别的|今[天早](?!正常|照常|照样|来|已|都|也|回|就|活|返|能|上|一早就?来|早就?好|接着)|[几十多三四五六七八九]\d*(?:来|多)?[个名]|[3-9\d]\d?[个名]|全班|集体|一片|[砍刀捅死溺虐]|猥亵|性侵|侵害|跳楼|轻生|自[杀残]|割腕|[投下]毒|失踪|(?<!没|没有|未)断了|(?<!没|没有|未|未见|无|不是)骨折/;

/**
 * Where what is told after it begins, when all before it is of somebody who is well again: "昨天那个晕倒的女生早没事了,今天正常上课".
 * A case that is not plainly over stays: it is better raised once too often.
 */
export function overUntil(text: string): number | undefined {
  if (!KNOWN_CASE.test(text) || NOT_OVER.test(text)) return undefined;
  const last = [...text.matchAll(WELL_AGAIN)].at(-1);
  return last && last.index + last[0].length;
}

/** A parent or a caller tells of it: an opinion, unless harm is plain in the words. */
export const isHearsay = (text: string): boolean =>
  /(?:家长|群众|村民|有人|来电|热线)[^,.;]{0,8}(?:捎话|打进来|来电|打(?:来)?电话|反映|投诉|来信|留言)/.test(
    text,
  );
