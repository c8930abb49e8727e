// The understander on its labelled lines, and the rules that no line may break.

import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runUnderstand, type UnderstandOptions } from '../../../src/chat/understand/cli.ts';
import { buildRoster } from '../../../src/chat/understand/schools/roster.ts';
import { doubtOf, nextLikely } from '../../../src/chat/understand/talk/doubtful.ts';
import { INTENTS, type Understood } from '../../../src/chat/understand/types.ts';
import { contextOf, roster, says, understander } from './reads.ts';
import { NOW, ROSTER_FILE, readLabelled, score } from './score.ts';

const LABELLED = fileURLToPath(new URL('./data/examples.jsonl', import.meta.url));

describe('labelled lines', () => {
  test('all twenty-five lines of the dossier are right', () => {
    const s = score(understander, readLabelled('examples'), roster);
    expect(s.misses).toEqual([]);
    expect(s.dangers).toEqual([]);
  });

  test.each(['dev', 'varied', 'slots', 'held', ...Array.from({ length: 17 }, (_, i) => `round-${i + 1}`)])(
    '%s: most intents and slots are right and nothing is dangerous',
    (name) => {
      const s = score(understander, readLabelled(name), roster);
      expect(s.intentsRight / s.lines).toBeGreaterThanOrEqual(0.95);
      expect(s.slotsRight / s.slots).toBeGreaterThanOrEqual(0.9);
      expect(s.dangers).toEqual([]);
    },
  );
});

describe('lines that nobody has read', () => {
  test.each([
    ['held4', 2],
    ['held5', 1],
    ['held6', 0],
    ['held8', 2],
    ['held10', 1],
    ['held13', 1],
    ['held14', 0],
    ['held16', 1],
    ['held17', 0],
    ['held19', 1],
  ])('%s: the goal for intents and slots is met', (name, dangers) => {
    const s = score(understander, readLabelled(name), roster);
    expect(s.intentsRight / s.lines).toBeGreaterThanOrEqual(0.95);
    expect(s.slotsRight / s.slots).toBeGreaterThanOrEqual(0.9);
    expect(s.dangers.length).toBeLessThanOrEqual(dangers); // the goal is none: how many are left is kept here
  });
});

describe('what binds somebody is said plainly', () => {
  const decision = { intent: 'rect.extend_decide' as const, slots: {}, needs: [], flags: [] };

  test('a decision that says neither yes nor no and is not sure is none', () => {
    expect(doubtOf({ ...decision, confidence: 0.7 }, '延期的事', true)).toBe('unsure');
    expect(
      doubtOf({ ...decision, confidence: 0.7, slots: { result: 'pass' } }, '延期的事', true),
    ).toBeUndefined();
    expect(doubtOf({ ...decision, confidence: 0.99 }, '延期的事', true)).toBeUndefined();
    expect(doubtOf({ ...decision, intent: 'visit.log', confidence: 0.3 }, '延期的事', true)).toBeUndefined();
  });

  test('the next likely thing is taken instead, never an emergency', () => {
    const likely = new Float32Array(INTENTS.length);
    likely[INTENTS.indexOf('rect.extend_decide')] = 0.5;
    likely[INTENTS.indexOf('emergency.report')] = 0.3;
    likely[INTENTS.indexOf('chat.other')] = 0.2;
    const weighed = { ...decision, confidence: 0.5, others: [], likely, e: {} as never };
    expect(nextLikely(weighed, 'unsure')).toEqual({ intent: 'chat.other', confidence: 0.2 });
    expect(nextLikely({ ...weighed, likely: undefined } as never, 'unsure')).toBeUndefined();
  });
});

describe('an act is done only where it is meant', () => {
  // said of the act, asked about it, denied, supposed, told of others: none of these undoes, closes, grants or receives
  test.each([
    ['office', '上午那条通知要不要撤回,你看呢', 'notice.recall'],
    ['office', '那条通知时间没错,不用撤', 'notice.recall'],
    ['office', '通知撤回以后校长们那边还看得见不', 'notice.recall'],
    ['inspector', '东关园那条记录是谁给作废的', 'record.void'],
    ['inspector', '记录确认以后还能作废不,要啥手续', 'record.void'],
    ['office', '王督学说他收到了', 'notice.ack'],
    ['principal', '整改安排:门锁由电工换,晨检由保健医重做流程,30号前落实', 'notice.ack'],
    ['inspector', '031他要是周五前把台账补全,我就给他过,现在先不动', 'rect.extend_decide'],
    ['inspector', '延不延的回头见面再说,我这会儿开车', 'rect.extend_decide'],
    ['inspector', '柳桥中学校长老问能不能拖到月底,我没吐口', 'rect.extend_decide'],
    ['office', '通知撤回了?我怎么不知道', 'notice.recall'],
    ['office', '领导,早上那条到底要不要撤,您说句话', 'notice.recall'],
    ['inspector', '删除跟作废区别在哪', 'record.void'],
    ['inspector', '下午问完校长没这事的话,我再来作废', 'record.void'],
    ['inspector', '张明上个月删过多少条记录', 'record.void'],
    ['office', '谁同意017延到月底的?我没签过字', 'rect.extend_decide'],
    ['inspector', '昨天赵红梅把石佛小学的延期批了,我事先不知道', 'rect.extend_decide'],
    ['inspector', '孙主任口头答应给他们三天,还没签', 'rect.extend_decide'],
    ['inspector', '我要是不同意他们延期,他们会不会告到局里', 'rect.extend_decide'],
    ['inspector', '022可以销,但先别登,等我电话', 'rect.review'],
    ['inspector', '老李昨天判的018不合格,有点过了吧', 'rect.review'],
    ['inspector', '柳桥中学那个先口头说了,整改单先不开', 'rect.issue'],
    ['inspector', '一中占课这事要不要下整改通知,还没想好', 'rect.issue'],
    ['office', '可能要给校长们发个改时间的通知,等局里信儿', 'notice.broadcast'],
    ['office', '育才让周大勇管合适不,先不动', 'assign.change'],
    ['inspector', '催过一中没有,什么时候催的', 'rect.remind'],
    ['principal', '别的学校都给延了,为啥不给我们延', 'rect.extend_request'],
    ['principal', '问题属实,没什么好申辩的', 'rect.appeal'],
    ['office', '差点把会议通知撤了,幸亏看了一眼', 'notice.recall'],
    ['office', '撤回会不会给每个人都弹个提示', 'notice.recall'],
    ['office', '通知内容没问题就不用撤回重发了', 'notice.recall'],
    ['inspector', '我记得上周作废过一条特校的,在哪看', 'record.void'],
    ['inspector', '本来想作废特校那条,想想还是留着', 'record.void'],
    ['inspector', '小陈手快,把我那条给删了', 'record.void'],
    ['inspector', '延期是我批还是孙主任批', 'rect.extend_decide'],
    ['inspector', '018的延期申请我看到了,晚点批', 'rect.extend_decide'],
    ['inspector', '上学期给柳桥中学批过一次延期,这回又来', 'rect.extend_decide'],
    ['inspector', '我倒是想同意延期,可规定在那摆着', 'rect.extend_decide'],
    ['inspector', '等护栏焊完我给031过', 'rect.review'],
    ['inspector', '019差一点就能过', 'rect.review'],
    ['principal', '收到你们寄来的书了,谢谢', 'notice.ack'],
    ['principal', '等收到文件再说', 'notice.ack'],
    ['inspector', '好的话怎么确认', 'flow.confirm'],
    ['office', '万一李秀英请假,育才给谁管', 'assign.change'],
    ['office', '校长们都在问那条通知作不作数', 'notice.recall'],
    ['office', '孙主任说那条通知迟早得撤', 'notice.recall'],
    ['inspector', '孙主任要我作废周二那条,我觉得没必要', 'record.void'],
    ['inspector', '上回作废那条能恢复不', 'record.void'],
    ['inspector', '柳桥小学校长催我把他那条延期批了,我没答应', 'rect.extend_decide'],
    ['inspector', '他们主任求我把那条删了,我没搭理', 'record.void'],
    ['inspector', '那份记录没填错,不用改', 'record.correct'],
    ['inspector', '一中我自己去催,你们别再发提醒了', 'rect.remind'],
    ['office', '这期简报我自己写完了,不用你再起草', 'briefing.draft'],
    ['office', '听说省里要搞校园餐专项,咱们先不动', 'campaign.create'],
    ['office', '说是要给特校下综合督导通知,有这回事吗', 'comp.notify'],
    ['principal', '027还差一半,别给我们点成完成', 'rect.evidence'],
    ['principal', '名单上的张明跟我不沾亲,不用换人', 'comp.avoidance'],
    ['principal', '整改报告写一份就行,还是每条一份', 'rect.plan'],
    ['office', '是不是要把育才划给周大勇?定了没有', 'assign.change'],
    ['inspector', '本来想去特校,有事没去成', 'visit.plan'],
    ['principal', '那条收到是我们主任拿我手机点的,我一眼没看', 'notice.ack'],
    ['office', '记录录重了一般是作废还是更正,有讲究没', 'record.correct'],
    ['office', '校长和督学是亲家,要不要回避', 'comp.avoidance'],
    ['office', '育才是归我管的吧', 'assign.change'],
    ['inspector', '019先放着,等他们把单子补来再定', 'rect.review'],
    ['office', '给一中的综合督导通知现在还不能发', 'comp.notify'],
    ['principal', '延期我们就不提了,赶一赶能完', 'rect.extend_request'],
    ['inspector', '下午我过去一中看看', 'visit.log'],
    ['inspector', '每次都批他们延期,惯坏了', 'rect.extend_decide'],
    ['inspector', '教育局验收合格了,我这边还没去', 'rect.review'],
    ['inspector', '028我以为销了呢', 'rect.review'],
    ['inspector', '031的照片能看清的话就过了', 'rect.review'],
    ['inspector', '我没说取消', 'flow.cancel'],
    ['inspector', '李老师劝我作废了重写,我懒得弄', 'record.void'],
    ['inspector', '延期的口子不能随便开', 'rect.extend_decide'],
    ['inspector', '孙主任的意思是可以延,让我看着办', 'rect.extend_decide'],
    ['inspector', '他们说再给三天就能完,我心里没底', 'rect.extend_decide'],
    ['inspector', '要不就给他们延三天?你说呢', 'rect.extend_decide'],
    ['inspector', '石佛小学说的那个问题,我在一中也看到了', 'notice.ack'],
    ['office', '要是周四还定不下来会场,培训通知就撤回', 'notice.recall'],
    ['inspector', '如果照片还是上次那几张,就退回去', 'rect.review'],
    ['inspector', '特校坡道等我去看了没问题才能销', 'rect.review'],
    ['inspector', '万一是我记错学校了就把那条作废', 'record.void'],
    ['office', '万一明天停电就通知各校改到周五开会', 'notice.broadcast'],
    ['inspector', '再犯的话就给清河学校开整改单', 'rect.issue'],
    ['inspector', '一中要是再提延期,不能给', 'rect.extend_decide'],
    ['office', '二中来要宽限的话先跟我说,别替我答应', 'rect.extend_decide'],
    ['principal', '办公室把昨天的通知撤销了,那这个表还填不填', 'notice.recall'],
    ['inspector', '一中又来要延期,我该不该给', 'rect.extend_decide'],
    ['inspector', '东关园老缠着我要宽限', 'rect.extend_decide'],
    ['inspector', '园长到处讲043过了,我可没点头', 'rect.review'],
    ['inspector', '二中那条孙主任口头说行了,手续还没办', 'rect.review'],
    ['office', '局里在商量把特校给李秀英管,还没拍板', 'assign.change'],
    ['insp-li', '016号我还没空看,先别给我点通过啊', 'rect.review'],
    ['insp-zhou', '大河小学校车翻沟里了,车上还有娃,120我打过了', 'rect.review'],
    ['office', '把二中交给李秀英,她忙得过来吗', 'assign.change'],
    ['inspector', '差点给二中开了整改单,后来人家当场修好了', 'rect.issue'],
    ['inspector', '如果我给二中发整改通知,得谁批', 'rect.issue'],
    ['inspector', '给一中下的那张整改通知编号是多少', 'rect.issue'],
    ['principal', '名单看了,没有需要回避的', 'comp.avoidance'],
  ])('%s: %s', (who, text, not) => {
    const got = says(who, text);
    expect((got.intents ?? [got]).map(({ intent }) => intent)).not.toContain(not);
  });

  test.each([
    ['office', '撤回刚才的通知', 'notice.recall'],
    ['office', '能不能帮我把早上那条通知撤回', 'notice.recall'],
    ['inspector', '昨天一中那条记录作废吧,记错了', 'record.void'],
    ['principal', '031收到了,马上落实', 'notice.ack'],
    ['inspector', '016延期同意,给五天', 'rect.extend_decide'],
    ['office', '谁都先别管,把通知给我撤回来', 'notice.recall'],
    ['office', '昨晚那条通知来得及的话撤了', 'notice.recall'],
    ['office', '上午那条会议通知召回,会不开了', 'notice.recall'],
    ['inspector', '我周二那条,孙主任要我作废,作废吧', 'record.void'],
    ['inspector', '孙主任让我看着办,那就延三天,018', 'rect.extend_decide'],
    ['inspector', '口子不能随便开,018延期不批', 'rect.extend_decide'],
    ['principal', '通知在群里也看到了', 'notice.ack'],
    ['inspector', '特校那回给了五天,柳桥中学也给五天,同意', 'rect.extend_decide'],
    ['inspector', '026那个软垫行了,给过,023的再等等我还没看呢', 'rect.review'],
    ['inspector', '小陈,把我那条删了', 'record.void'],
    ['inspector', '特校那条想了想还是作废吧', 'record.void'],
    ['inspector', '上学期延过一次了,018这回不同意', 'rect.extend_decide'],
    ['inspector', '018延期核实了,情况属实,同意到下周五', 'rect.extend_decide'],
    ['inspector', '护栏焊完了,031过', 'rect.review'],
    ['inspector', '031号那件谁说能销的,打回', 'rect.review'],
    ['principal', '刚开完会才看到,收到了', 'notice.ack'],
    ['office', '周大勇不想管大河小学,换成张明', 'assign.change'],
    ['inspector', '上周作废的那条是对的,错的是周二一中那条,周二的作废', 'record.void'],
    ['office', '谁说都没用,018不同意延期', 'rect.extend_decide'],
    ['office', '万一有人看见就麻烦了,赶紧把刚才那条通知撤回', 'notice.recall'],
    ['office', '例会的通知先撤了,地点还没定', 'notice.recall'],
    ['inspector', '045打回去,要是下次还这样就约谈', 'rect.review'],
    ['inspector', '育才的延期不同意,要是再拖就上报', 'rect.extend_decide'],
    ['inspector', '清河又缠着我要延期,就给到周五吧', 'rect.extend_decide'],
    ['inspector', '校长说022改好了,我看根本没改,不过', 'rect.review'],
    ['office', '孙主任定了,石佛小学换成周大勇管', 'assign.change'],
    ['inspector', '给清河学校开整改单,楼道灯坏了,限一周,再不改就约谈', 'rect.issue'],
    ['inspector', '张明说给延一周,我看太长,就给三天', 'rect.extend_decide'],
    ['inspector', '孙主任口头同意柳桥中学顺延到下周五,帮我录上', 'rect.extend_decide'],
    ['inspector', '刚才说先别记的031,我看完了,过', 'rect.review'],
    ['inspector', '校长求情也没用,一中插座的事下整改单,限五天', 'rect.issue'],
    ['office', '给园长们发通知,食材留样记录先存着,下周来查', 'notice.broadcast'],
    ['office', '听说李秀英要请假,育才先让周大勇代管两周', 'assign.change'],
    ['principal', '先打个招呼,031恐怕完不成,能不能宽限五天', 'rect.extend_request'],
    ['principal', '大部分属实,但第二条不符,我们要说明', 'rect.appeal'],
  ])('%s: %s is meant', (who, text, intent) => {
    expect(says(who, text).intent).toBe(intent);
  });
});

describe('what only sounds like harm', () => {
  test.each([
    '忙晕了,中午饭都没吃上',
    '昨儿看了个电影,讲学生被绑架的,看得我手心冒汗',
    '报上登外省有校车翻沟里了,给各校发个通知,本周把校车自查一遍',
    '一天跑下来腿都要断了,特校和阳光双语都去了',
    '嗓子冒烟了,开了一上午会',
    '昨晚做梦梦见学校着火,吓醒了',
    '看新闻说外省有个幼儿园校车翻了,揪心',
    '下个月我们排的课本剧里有一场教室塌了,正愁道具呢',
    '孩子们运动会上笑疯了,嗓子都喊炸了',
    '微机室三十台机子全中毒了,信息课上不成',
    '服务器中毒了,监控调不出来,正在修',
    '请卫生院来教急救,假人往地上一放说没呼吸了,把路过的老师吓得脸都白了',
    '二中门口炸串摊又摆了一排,学生围着买,车都过不来',
    '孩子们笑得捂着肚子,课上得真好',
    '孩子们演落水救人演得可像了,家长都鼓掌',
    '我们园孩子春游走丢过一回,后来都戴定位手表了',
    // who was ill and is well again
    '昨天那个晕倒的女生是低血糖,早没事了,今天正常上课',
    '昨晚发烧的小朋友退烧了,今天来园了',
    '那个中暑的学生喝了藿香正气水,缓过来了,下午照常上课',
    '值班老师那晚送发烧学生去医院了,不是脱岗,学生现在没事',
  ])('%s', (text) => {
    const got = says('inspector', text);
    expect((got.intents ?? [got]).map(({ intent }) => intent)).not.toContain('emergency.report');
  });

  test.each([
    '一个孩子热晕了,叫不醒',
    // what a figure of speech, a dream or a film is told with may all be real
    '滑梯上摔下来一个,胳膊断了',
    '学生看电影的时候晕倒了',
    '排练情景剧时从台上摔下来骨折了',
    '宿舍着火了,孩子们还在做梦呢快来',
    '外地来的车在校门口撞了人,朋友圈都在转',
    '看新闻才知道我们学校校车翻了',
    '学生急得跳楼了',
    '厨房高压锅炸了',
    '一个女生说她要吐了,脸发青,几个都这样',
    '石佛小学学生饿晕了倒在操场上,正在抢救',
    '东关小学着火了,不是做样子,快来',
    '点名少一个,找了四十分钟还没影',
    '二中锅炉崩了,烫着人了',
    '机房的学生中毒了,三个头晕呕吐',
    '电脑老师煤气中毒了,叫不醒',
    '练假人呢,一个学生突然抽搐口吐白沫',
    '假人课上老师真晕了,没呼吸,快来',
    '二中门口烤肠摊的煤气罐炸了,学生围着看有受伤的',
    '几个混混在小吃摊前把学生围住要钱',
    '昨天晕倒的女生今天又晕了,叫不醒',
    '昨天晕倒的女生没事了,正常上课,她同桌从楼梯滚下来头破了',
    '昨天发烧的七八个孩子退烧了,今天又来了五个烧的',
    '那个喝消毒水的孩子嘴都烂了,正往医院送',
    '孩子们正演着,台子塌了,压着人了',
    '高压线断了搭在篮球架上,没人敢过去',
    '昨晚十点查寝少俩,今天上午家里说没回去',
    '查房少两个,鱼塘边有他们的外套',
    '大河中学的老师在班上突然趴讲台上没动静了',
    // told without a word of harm
    '饭后半个班抱着肚子蹲在地上',
    '孩子放学没到家,水库坝上找到自行车和书包',
  ])('%s is harm', (text) => {
    expect(says('inspector', text).intent).toBe('emergency.report');
  });
});

describe('a stage tells which school of a place is meant', () => {
  test.each([
    ['柳桥六年级作业一晚上写到十点,布置得太多了', '柳桥镇中心小学'],
    ['柳桥那边初三音乐课全让数学占了,这个得记成问题', '柳桥镇中学'],
    ['石佛大班在教拼音写字,这是小学化,开出来', '石佛镇中心幼儿园'],
    ['东关园长发来的照片我对过了,滑梯下面软垫铺齐了,017可以销了', '东关幼儿园'],
  ])('%s: %s', (text, school) => {
    expect(says('inspector', text).slots.school).toBe(school);
  });

  test('one that is said not to be known is asked for', () => {
    const { slots } = says('inspector', '接了个匿名电话,说大河有老师上课玩手机,没说是小学还是中学');
    expect(slots.school).toBeUndefined();
    expect(slots.school_candidates).toEqual(expect.arrayContaining(['大河乡中心小学', '大河乡中学']));
  });

  test('大班额 is no class of a kindergarten', () => {
    expect(says('office', '石佛有两个班六十多人,大班额').slots.school).toBeUndefined();
  });
});

test('a word said over and over ends, whatever follows it', () => {
  for (const said of ['嗯'.repeat(200), '给我'.repeat(200), '好的吧'.repeat(100), '别给我'.repeat(100)])
    expect(says('inspector', `${said}呃,一中和二中明天去`).intent).toBeTruthy();
});

describe('which of several schools is meant', () => {
  test.each([
    ['insp-li', '前天二中校长陪着我一道去的育才,楼道灯不亮', '育才高级中学'],
    ['insp-wang', '昨天去的特校,回来路过一中没进去,没发现问题', '特殊教育学校'],
    ['insp-zhou', '大河中学食堂油腻,比大河小学脏多了', '大河乡中学'],
    ['insp-li', '昨天例会在二中开的,散会我去育才看了宿舍,没问题', '育才高级中学'],
    ['insp-wang', '昨天去了一实小,嗐,嘴快了,是二实小,没发现问题', '第二实验小学'],
    ['insp-zhao', '石佛小学昨天去的,隔壁石佛园没顾上', '石佛镇中心小学'],
    ['head-s09', '没留样的是石佛小学,不是我们清河实验,035我们要申诉', '清河镇实验学校'],
    ['insp-wang', '送课的是一中的老师,今天在特校听了一节,没问题', '特殊教育学校'],
    ['insp-wang', '在二实小门口碰见一实小校长聊了几句,一实小我可没去,今天就跑了二实小', '第二实验小学'],
    ['insp-wang', '一实小的家长来电话,说的却是阳光园,嫌伙食费涨得没道理', '阳光双语幼儿园'],
    ['insp-li', '大河中学没申请,是大河小学申请的,准他七天', '大河乡中心小学'],
    ['insp-li', '我去的是一中,可隔壁二实小墙倒了,砸着人了', '第二实验小学'],
    ['insp-li', '不是一实小,我问的是二实小那条整改到哪步了', '第二实验小学'],
    ['insp-wang', '一中的操场该让二实小的人来学学,今天上午在一中转了一圈', '第一中学'],
    ['insp-zhang', '柳桥中学墙上那句立德育才的标语掉了个字', '柳桥镇中学'],
  ])('%s: %s', (who, text, school) => {
    const got = says(who, text);
    expect(got.slots.school).toBe(school);
    expect(got.slots.schools).toBeUndefined();
  });

  test.each([
    ['insp-wang', '一中去过了,二实小也跑完了,都没发现问题', ['第一中学', '第二实验小学']],
    ['insp-li', '提醒二中和育才抓紧整改', ['第二中学', '育才高级中学']],
    ['office-chen', '跟一中二中的校长说一声,明早八点半到局里拿考务材料', ['第一中学', '第二中学']],
  ])('%s: both, %s', (who, text, schools) => {
    const got = says(who, text);
    const named = (got.intents ?? [got]).flatMap((r) => r.slots.schools ?? r.slots.school ?? []);
    expect(named.sort()).toEqual([...schools].sort());
  });

  test.each([
    ['insp-li', '育才借二中的礼堂办毕业礼,昨天我在二中看的,过道堆了椅子', ['育才高级中学', '第二中学']],
    ['insp-li', '二中的家长打电话讲育才门口晚上有人摆摊,喇叭吵人', ['第二中学', '育才高级中学']],
  ])('%s: of two, one is only named, and it is asked which: %s', (who, text, among) => {
    const got = says(who, text);
    expect(got.intents).toBeUndefined();
    expect(got.slots.school ?? got.slots.schools).toBeUndefined();
    expect(got.slots.school_candidates).toEqual(among);
    expect(got.needs).toContain('school');
  });

  test.each([
    ['insp-wang', '今天一实小二实小连着跑的,没啥可记'],
    ['insp-wang', '上午特校下午阳光园,没发现问题'],
    ['insp-wang', '特校和阳光园前天各待了半天,没发现问题'],
    ['insp-zhang', '柳桥两所这周都督过了,都正常'],
    ['insp-wang', '昨天跑了二实小和一中,二实小没问题,一中操场护网破了'],
  ])('%s: both were gone to, and nothing is asked: %s', (who, text) => {
    const got = says(who, text);
    expect(got.slots.school_candidates).toBeUndefined();
    const named = (got.intents ?? [got]).flatMap((r) => r.slots.schools ?? r.slots.school ?? []);
    expect(new Set(named).size).toBe(2);
  });
});

describe('several matters in one message', () => {
  test.each([
    ['several', 0.78],
    ['several2', 0.84],
    ['several3', 0.84],
  ])('%s: most are told apart, and one matter stays one', (name, share) => {
    const s = score(understander, readLabelled(name), roster);
    expect(s.intentsRight / s.lines).toBeGreaterThanOrEqual(share);
  });

  test.each([
    ['insp-zhang', '催柳桥小学把025交了,不交我下周二上门去看', ['rect.remind', 'visit.plan']],
    ['office-sun', '算算我今年提了几条问题,算完出个表给我', ['stats.query', 'export.file']],
    ['office-sun', '周大勇手上几所学校?不多的话把特校也划给他', ['assign.change', 'assign.list']],
    ['insp-zhang', '022过 024延期不批 026催一下', ['rect.review', 'rect.extend_decide', 'rect.remind']],
    ['insp-wang', '一中三楼楼梯灯全黑,给他们十天', ['finding.report']],
    ['head-s04', '知道了 但是那段围墙不是我们的 让我们改不合适 我们有意见', ['rect.appeal']],
  ])('%s: %s', (who, text, intents) => {
    const got = says(who, text);
    expect((got.intents ?? [got]).map((r) => r.intent)).toEqual(intents);
  });

  test('a later matter takes the school or the person of the one before it', () => {
    const visit = says('insp-zhang', '催柳桥小学把025交了,不交我下周二上门去看').intents?.[1];
    expect(visit?.slots).toMatchObject({ school: '柳桥镇中心小学', date: '2026-03-24' });
  });
});

describe('verdicts that are easily misheard', () => {
  test.each([
    ['insp-wang', '009回头看去过了,没反弹', 'rect.review', { result: 'pass' }],
    ['insp-wang', '028销吧', 'rect.review', { result: 'pass' }],
    ['insp-zhang', '柳桥中学报的热水器修好了,我去一拧还是凉的', 'rect.review', { result: 'fail' }],
    ['insp-zhang', '024 泔水桶的过 备课本的不过', 'rect.review', { result: 'partial' }],
    ['insp-li', '019台账补齐了,我当面翻过,销了吧', 'rect.review', { result: 'pass' }],
    ['insp-li', '019补交的照片还是看不清,补齐再报', 'rect.review', { result: 'fail' }],
    ['insp-wang', '035我不是说不行,是行了,可以关了', 'rect.review', { result: 'pass' }],
    ['insp-li', '育才光有照片没票据,打回', 'rect.review', { result: 'fail' }],
    ['insp-li', '育才想再宽一个月,太长,最多给十天', 'rect.extend_decide', { days: 10 }],
    ['office-sun', '清河实验收费那条我看了,同意下发,限20天', 'rect.issue', { days: 20 }],
    ['insp-zhou', '例会的信儿看见了,准到', 'notice.ack', {}],
    ['office-sun', '石佛两所不变,清河实验转给张明', 'assign.change', { school: '清河镇实验学校' }],
    ['insp-wang', '25号别给我排一中了,换实验一小,去听听课', 'visit.plan', { school: '第一实验小学' }],
  ])('%s: %s is %s %o', (who, text, intent, slots) => {
    const got = says(who, text);
    expect(got.intent).toBe(intent);
    expect(got.slots).toMatchObject(slots);
  });
});

describe('schools', () => {
  test.each([
    ['东关', ['东关小学', '东关幼儿园']],
    ['实验', ['第一实验小学', '第二实验小学', '清河镇实验学校']],
    ['中心校', ['柳桥镇中心小学', '石佛镇中心小学', '大河乡中心小学']],
    ['一小', ['第一实验小学']],
  ])('%s alone is asked about, never taken', (name, among) => {
    const got = says('inspector', `今天去了${name},没问题`);
    expect(got.slots.school).toBeUndefined();
    expect(got.needs).toContain('school');
    expect([...(got.slots.school_candidates ?? [])].sort()).toEqual([...among].sort());
  });

  test.each([
    ['一食小', '第一实验小学'],
    ['意实小', '第一实验小学'],
    ['二食小', '第二实验小学'],
    ['二十小', '第二实验小学'],
    ['衣中', '第一中学'],
    ['耳中', '第二中学'],
    ['刘桥小学', '柳桥镇中心小学'],
    ['六桥小学', '柳桥镇中心小学'],
    ['刘桥中学', '柳桥镇中学'],
    ['十佛小学', '石佛镇中心小学'],
    ['师傅小学', '石佛镇中心小学'],
    ['师傅幼儿园', '石佛镇中心幼儿园'],
    ['青河实验', '清河镇实验学校'],
    ['清和实验', '清河镇实验学校'],
    ['冬关小学', '东关小学'],
    ['冬瓜幼儿园', '东关幼儿园'],
    ['洋光双语', '阳光双语幼儿园'],
    ['大和小学', '大河乡中心小学'],
    ['大合小学', '大河乡中心小学'],
    ['大和中学', '大河乡中学'],
    ['玉才', '育才高级中学'],
    ['第2实验小学', '第二实验小学'],
    ['石佛中心校', '石佛镇中心小学'],
    ['特教', '特殊教育学校'],
  ])('%s is %s', (typed, official) => {
    expect(says('inspector', `昨天去了${typed},没问题`).slots.school).toBe(official);
  });

  test('a school that we do not have is heard after 跑趟', () => {
    const { slots } = says('inspector', '下下周二跑趟清河幼儿园,帮我记着');
    expect(slots.school).toBeUndefined();
    expect(slots.school_unresolved).toBe('清河幼儿园');
  });

  test.each(['育英中学', '清河幼儿园', '清河高中', '石佛中学', '阳光小学', '三中'])(
    '%s is none of ours, however near',
    (typed) => {
      const { slots } = says('inspector', `昨天去了${typed},没问题`);
      expect(slots.school).toBeUndefined();
      expect(slots.school_unresolved).toBe(typed);
    },
  );

  test.each([
    '忙了一中午',
    '开了一小时会',
    '这是一种办法',
    '一是小问题',
    '阳光体育一小时要保证',
    '培训了二十小时',
  ])('%s names no school', (text) => {
    const got = says('inspector', text);
    expect(got.slots.school).toBeUndefined();
    expect(got.slots.school_candidates).toBeUndefined();
  });

  test('a visit put off because of a danger is not one to the school in danger', () => {
    const { intents = [] } = says(
      'insp-wang',
      '一中有个孩子从单杠上摔下来胳膊动不了,120在路上了,下午要去的那所挪到明天',
    );
    expect(intents.map(({ intent }) => intent)).toEqual(['emergency.report', 'visit.plan']);
    expect(intents[0]?.slots.school).toBe('第一中学');
    expect(intents[1]?.slots.school).toBeUndefined();
    expect(intents[1]?.needs).toContain('school');
  });

  test('a school of another inspector is understood and flagged', () => {
    const got = says('insp-wang', '今天去了二中,没问题');
    expect(got.slots.school).toBe('第二中学');
    expect(got.flags).toContain('school-outside');
  });

  test('what was confirmed once is remembered', () => {
    const context = contextOf('insp-wang');
    const learned = { ...context, sender: { ...context.sender, learned: { 老一小: 'S01' } } };
    expect(understander.understand('今天去了老一小,没问题', learned).slots.school).toBe('第一实验小学');
  });

  test('the sender’s own school wins among namesakes, then his area; strangers are asked', () => {
    const school = (code: string, area: string) => ({
      code,
      name: `${code === 'A' ? '甲' : '乙'}山镇育英小学`,
      kind: 'primary',
      area,
      aliases: ['育英小学'],
    });
    const index = buildRoster({ schools: [school('A', 'A1'), school('B', 'A2')], people: [], areas: [] });
    const from = (schools: string[], areaCode?: string) =>
      says('inspector', '今天去了育英小学,没问题', {
        roster: index,
        sender: { userId: 'x', name: '某', roles: ['inspector'], schools, ...(areaCode ? { areaCode } : {}) },
      }).slots;
    expect(from(['B']).school).toBe('乙山镇育英小学');
    expect(from([], 'A1').school).toBe('甲山镇育英小学');
    expect(from([]).school_candidates).toHaveLength(2);
  });
});

describe('what must not happen', () => {
  test.each([
    '记上,今天耳中听课两节,三月欠的还有谁家',
    '先别确认',
    '不确认',
    '别发',
    '等我确认一下',
    '确认一下是几号?',
    '没确认呢',
    '还不能确认',
  ])('%s confirms nothing', (text) => {
    for (const who of ['inspector', 'principal', 'office']) {
      expect(says(who, text, { expecting: ['confirm'] }).intent).not.toBe('flow.confirm');
    }
  });

  test.each(['不算过', '没通过', '不合格', '不同意销号', '还没改好', '先不销'])('%s is no pass', (text) => {
    expect(says('inspector', `031${text}`).slots.result).not.toBe('pass');
  });

  test('a principal neither reviews nor grants; an inspector does not hand in', () => {
    fc.assert(
      fc.property(fc.constantFrom(...['dev', 'held'].flatMap(readLabelled)), (line) => {
        const principal = (says('principal', line.text).intents ?? [says('principal', line.text)]).map(
          (r) => r.intent,
        );
        for (const never of ['rect.review', 'rect.extend_decide', 'visit.log', 'notice.broadcast'])
          expect(principal).not.toContain(never);
        expect(says('inspector', line.text).intent).not.toBe('rect.evidence');
      }),
      { numRuns: 120 },
    );
  });

  test('any text is understood as something, quickly and without an exception', () => {
    const piece = fc.constantFrom(
      '二实小',
      '今天',
      '031',
      '31号',
      '没',
      '着火',
      '改好了',
      '?',
      ',',
      ' ',
      '一周',
      '确认',
      '石佛',
      '🙂',
      '\n',
      '通知',
      '家长',
      'abc',
      '3.5',
      '第',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc.array(piece, { maxLength: 20 }).map((p) => p.join('')),
        ),
        (text) => {
          const got = says('inspector', text);
          expect(INTENTS).toContain(got.intent);
          expect(got.confidence).toBeGreaterThanOrEqual(0);
          expect(got.confidence).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('what is heard and still to be talked over is no receipt', () => {
  expect(says('principal', '知道了,回头我和班子商量一下').intent).not.toBe('notice.ack');
  expect(says('principal', '知道了,马上研究落实').intent).toBe('notice.ack');
});

describe('emergencies', () => {
  test.each(['inspector', 'principal', 'office'])('heard from a %s inside any flow', (who) => {
    const got = says(who, '食堂着火了', { flow: 'log-visit', expecting: ['findings'] });
    expect(got.intent).toBe('emergency.report');
  });

  test.each([
    '发生安全事故怎么报',
    '学生受伤要不要上报',
    '如果学生溺水应该找谁',
    '今天组织了消防演练',
    '去年那起中毒早就处理完了',
    '容易砸到学生',
  ])('%s is none', (text) => {
    expect(says('principal', text).intent).not.toBe('emergency.report');
  });

  test.each([
    ['insp-wang', '一中锅炉房在漏气,人都撤出来了;二实小那份031麻烦催一下'],
    ['head-s08', '我园一个孩子喝了洗洁精正送县医院,045的材料只能晚两天交了'],
    ['insp-li', '育才宿舍楼顶的牌子掉下来砸了人。下周我先去二中'],
  ])('%s: heard beside another matter: %s', (who, text) => {
    const all = says(who, text);
    expect((all.intents ?? [all]).map((r) => r.intent)).toContain('emergency.report');
  });

  test('comes first among several', () => {
    const got = says('inspector', '二实小有学生晕倒送医院了。另外我这个月还差几所');
    expect(got.intents?.map((r) => r.intent)).toEqual(['emergency.report', 'visit.pending']);
  });
});

test('before five in the morning, today is asked about', () => {
  const got = says('inspector', '今天去了二实小,没问题', { now: new Date('2026-03-19T03:30:00+08:00') });
  expect(got.slots.date).toBeUndefined();
  expect(got.needs).toContain('date');
});

test('the clock is the office’s, wherever the machine stands', () => {
  const late = new Date('2026-03-19T17:00:00Z'); // 01:00 on the 20th in Shanghai, still the 19th in Berlin
  expect(says('inspector', '昨天去了二实小,没问题', { now: late }).slots.date).toBe('2026-03-19');
  expect(
    says('inspector', '昨天去了二实小,没问题', { now: late, timeZone: 'Europe/Berlin' }).slots.date,
  ).toBe('2026-03-18');
});

describe('the command', () => {
  const run = async (options: Partial<UnderstandOptions>) => {
    const lines: string[] = [];
    await runUnderstand({
      rosterFile: ROSTER_FILE,
      now: NOW.toISOString(),
      print: (l) => lines.push(l),
      ...options,
    });
    return lines.map((l) => JSON.parse(l) as Understood); // printed by us a line above
  };

  test('prints one JSON per line, for a text or a file, as a person or as a role', async () => {
    const [one] = await run({ as: 'insp-zhao', text: '今天去了石佛小学,没问题' });
    expect(one).toMatchObject({
      intent: 'visit.log',
      slots: { school: '石佛镇中心小学', date: '2026-03-19' },
      flags: [],
    });
    const many = await run({ jsonl: LABELLED });
    expect(many).toHaveLength(25);
    expect(many[13]?.intent).toBe('notice.ack');
  });

  test.each([
    [{ rosterFile: '/nowhere.json', text: 'x' }, /cannot be read/],
    [{ as: 'nobody', text: 'x' }, /nobody/],
    [{ jsonl: '/nowhere.jsonl' }, /cannot be read/],
    [{ now: 'yesterday', text: 'x' }, /not an ISO time/],
    [{}, /Nothing to understand/],
    [{ jsonl: LABELLED, text: 'x' }, /not both/],
  ])('says what is wrong: %o', async (options, sentence) => {
    await expect(run(options)).rejects.toThrow(sentence);
  });
});

describe('what was seen going wrong in talks', () => {
  test.each(['第一个', '第二所', '三个班都查了,连续两周没上'])('%s raises no alarm', (text) => {
    for (const who of ['inspector', 'principal', 'office'])
      expect(says(who, text).intent).not.toBe('emergency.report');
  });

  test('two verdicts need no comma between them', () => {
    const { intents } = says('inspector', '031合格028不合格');
    expect(intents?.map(({ slots }) => [slots.rect_no, slots.result])).toEqual([
      ['031', 'pass'],
      ['028', 'fail'],
    ]);
  });

  test.each([
    ['上午去了一中,没问题', NOW, '2026-03-19'],
    ['上午去了一中,灭火器过期,3月27日前改', NOW, '2026-03-19'],
    ['昨天上午去了一中,没问题', NOW, '2026-03-18'],
    // at ten in the morning this afternoon has not been yet
    ['下午去了一中,没问题', NOW, undefined],
    ['下午去了一中,没问题', new Date('2026-03-19T17:00:00+08:00'), '2026-03-19'],
    ['上午去了一中,没问题', new Date('2026-03-19T02:00:00+08:00'), undefined],
  ])('%s at %s is of %s', (text, now, date) => {
    const got = says('inspector', text, { now });
    expect([got.intent, got.slots.date]).toEqual(['visit.log', date]);
  });

  test('a school after 学期 is a school, after 星期 it is a day', () => {
    expect(says('inspector', '上学期一中的督导记录').slots.school).toBe('第一中学');
    expect(says('inspector', '星期一中午开会').slots.school).toBeUndefined();
  });

  test('one breath over several schools: to each its own half-day and its own words', () => {
    const halves = says('inspector', '今天上午去了一中,下午去了二中').intents;
    expect(halves?.map(({ slots }) => [slots.school, slots.session])).toEqual([
      ['第一中学', 'am'],
      ['第二中学', 'pm'],
    ]);
    const breath = says(
      'inspector',
      '昨天先去了一中灭火器过期又去二中应急灯不亮最后到石佛中心小学留样没标时间',
    );
    expect(breath.intents?.map(({ slots }) => slots.findings?.map(({ text }) => text))).toEqual([
      ['灭火器过期'],
      ['应急灯不亮'],
      ['留样没标时间'],
    ]);
  });
});
