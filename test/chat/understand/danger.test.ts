// Danger is heard in words that nobody taught, of kinds that nobody taught, and beside other matters; what only sounds like it raises no alarm.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dangerScorer, learnDanger } from '../../../src/chat/understand/danger/danger.ts';
import { readDangers } from '../../../src/chat/understand/danger/danger-examples.ts';
import { markCalls } from '../../../src/chat/understand/danger/danger-features.ts';
import { readTaught } from '../../../src/chat/understand/learn/examples.ts';
import { maskExample } from '../../../src/chat/understand/learn/features.ts';
import { says } from './reads.ts';

const SCRIPTS = 'bot-scripts';

describe('heard, though nobody taught these words', () => {
  test.each([
    '二中有个男娃骑在四楼护栏上,底下围了一圈人',
    '一实小早上买油条的三轮失控,扎进等开门的孩子里了',
    '石佛小学西边院墙平拍下来,不知道底下埋没埋着娃',
    '三年级少了个姑娘,厕所操场宿舍找遍了,快一个钟头了',
    '实验课碱水崩眼里三个,水龙头底下冲着呢',
    '蒸箱爆了,大师傅半边脸起泡',
    '十来个娃喝完豆浆蹲地上起不来',
    '班车让拉粮的车给怼了,娃在上头哭',
    '有个生人在一年级门口转,腰里别着家伙',
    '娃嗓子里卡了个枣核,脸都憋青了',
    '宿舍味道冲得很,好几个女生说头沉想吐',
    '我这课先不听了,实验楼天台上坐着个女生',
    '操场那堵墙刚刚塌了一截,班主任在数人头',
    '老师把孩子胳膊拽脱臼了',
    '教练踢了孩子一脚,孩子站不起来了',
    '老师吼孩子,食堂那边着火了',
    '门卫昏倒了,喊不醒',
  ])('%s', (text) => {
    for (const who of ['inspector', 'principal']) expect(says(who, text).intent).toBe('emergency.report');
  });
});

describe('no alarm for what only sounds like it', () => {
  test.each([
    '二中疏散图贴反了,着火都不知道往哪跑',
    '石佛小学水泵房上着锁,管钥匙的人没在,限三天',
    '查一下这几年哪些学校报过溺水',
    '条例里把复核天数定死了没有',
    '外头传我校有人跳楼,没这回事,派出所都查过了',
    '一实小搞逃生演习,假装食堂着火,两分半下完楼',
    '上学期摔断胳膊那个孩子已经回来上课了',
    '老师拿书敲了下学生桌子,没碰着人,按师德记一条',
    '班会讲煤气中毒怎么办,学生记了笔记',
    '忙得要死,记录明天补行不行',
    '校医室的猫把药瓶碰地上了',
    '家长担心大车多撞着孩子,想要个护学岗,记一下',
    '明天我们搞防恐演习,门口砸门拿棍子的是老师扮的,别当真',
    '群里传一中有学生落水,是前几年外省的视频',
    '二中门口的道闸卡住了,师傅在修,家长走东门',
    '春游那个跳楼机项目取消了,改坐摩天轮',
    '石佛中心园小班有个老师吼孩子,还拽了胳膊',
    '一中有个老师拿尺子打学生手心',
    '育才夜班保安睡得死,敲窗户喊不醒',
    '大河小学后围栏豁了一截,孩子老从那儿钻',
    '柳桥中学要的五天给他,师傅家里出事了',
  ])('%s', (text) => {
    for (const who of ['inspector', 'office']) {
      const got = says(who, text);
      expect((got.intents ?? [got]).map((r) => r.intent)).not.toContain('emergency.report');
    }
  });
});

describe('a danger beside another matter', () => {
  test.each([
    ['二中有个娃被打得满脸血送医院了,我马上过去。早上育才那趟我看完了,没啥', 'visit.log'],
    ['石佛幼儿园有个娃喘不上气在等120;下午原定去清河的,改到周一', 'visit.plan'],
    ['二中食堂后厨着火了消防还没到赶紧报上去还有我明天上午去育才给我排上', 'visit.plan'],
    ['教室顶棚掉下来砸着两个学生,在缝针,033号材料今天顾不上,能缓到下周一吗', 'rect.extend_request'],
    ['二实小有学生晕倒送医院了。另外我这个月还差几所', 'visit.pending'],
    ['二实小墙皮掉下来砸着个孩子,头上出血了;今天上午我在一实小听了一节课,也记上', 'visit.log'],
    ['育才这边学生打群架见血了好几个!还有消防栓没水这个问题,一块记', 'finding.report'],
    ['大河中学有个学生被砸伤了头流血不止,叫了120,顺便问这种几小时内写材料', 'rule.query'],
    ['大河小学三个孩子掉进水塘了,还在找!大河中学027要延期,我同意了,给五天', 'rect.extend_decide'],
  ])('%s: the danger first, %s kept', (text, other) => {
    const who = other === 'rect.extend_request' ? 'principal' : 'inspector';
    expect(says(who, text).intents?.map((r) => r.intent)).toEqual(['emergency.report', other]);
  });

  test('the school of the other matter is not where the danger is', () => {
    const [danger, other] =
      says('inspector', '一个小孩从楼梯上滚下来了在医院,另外昨天我去了东关小学没发现问题').intents ?? [];
    expect(danger?.slots.school).toBeUndefined();
    expect(other?.slots.school).toBe('东关小学');
  });

  test('what is only told with it is no matter of its own', () => {
    expect(says('inspector', '我在二中,楼梯上踩倒了人,门还锁着,怎么办').intents).toBeUndefined();
  });
});

describe('what is taught', () => {
  const dangers = readDangers(SCRIPTS);
  const examples = readTaught(SCRIPTS);

  test.each(['drowning', 'self_harm', 'collapse'])(
    'the other kinds tell %s, when none of it is taught',
    (kind) => {
      const left = { ...dangers, danger: new Map([...dangers.danger].filter(([name]) => name !== kind)) };
      // the intents' own examples of emergencies know every kind
      const scorer = dangerScorer(learnDanger(left, { ...examples, 'emergency.report': [] }), left);
      const lines = dangers.danger.get(kind) ?? [];
      const heard = lines.filter((line) => scorer.judge(maskExample(markCalls(line)), false).alarm > 0);
      expect(lines.length).toBeGreaterThan(15);
      expect(heard.length / lines.length).toBeGreaterThan(0.4);
    },
    60_000,
  );

  test('is large, and more is taught of what is none', () => {
    const count = (kinds: ReadonlyMap<string, readonly string[]>) => [...kinds.values()].flat().length;
    expect(count(dangers.danger)).toBeGreaterThanOrEqual(700);
    expect(count(dangers.none)).toBeGreaterThanOrEqual(900);
  });

  test('faults are told by line: a heading that is no kind, a saying that stands for both', () => {
    const dir = mkdtempSync(join(tmpdir(), 'dangers-'));
    try {
      cpSync(SCRIPTS, dir, { recursive: true });
      const file = join(dir, 'texts/zh-CN/dangers.txt');
      writeFileSync(file, '有人\n[fire]\n着火了\n');
      expect(() => readDangers(dir)).toThrow(
        /dangers\.txt:1:: stands under no[\s\S]*dangers\.txt:2:fire: \[fire\] is no kind/,
      );
      writeFileSync(file, '[danger.fire]\n着火了\n[none.drill]\n着火了\n');
      expect(() => readDangers(dir)).toThrow(/dangers\.txt:4:着火了: stands under a danger and under none/);
      writeFileSync(file, readFileSync(join(SCRIPTS, 'texts/zh-CN/dangers.txt')));
      expect(readDangers(dir).danger.size).toBeGreaterThan(20);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
