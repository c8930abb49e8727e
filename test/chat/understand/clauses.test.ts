// What a short stretch says and where a new one begins, on stretches that no saying holds; and reports of visits by retired heads.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { breathReader } from '../../../src/chat/understand/clauses/breaths.ts';
import { clauseReader } from '../../../src/chat/understand/clauses/clause-kinds.ts';
import { readTaught } from '../../../src/chat/understand/learn/examples.ts';
import { readConcepts, readLexicon } from '../../../src/chat/understand/text/lexicon.ts';
import { readSayings } from '../../../src/chat/understand/text/sayings.ts';
import { roster, says as saysAs, understander } from './reads.ts';
import { readLabelled, score } from './score.ts';

const words = {
  lexicon: readLexicon('bot-scripts/rules/lexicon.yaml'),
  concepts: readConcepts('bot-scripts/rules/concepts.yaml'),
  sayings: readSayings('bot-scripts/rules/clauses.yaml'),
  examples: readTaught('bot-scripts'),
};
const kindOf = clauseReader(words);
const breaths = breathReader(words);

test.each([
  ['楼道消防栓玻璃碎了', 'fault', 'I6'],
  ['厨师没戴发网', 'fault', 'I7'],
  ['班主任打孩子耳光', 'fault', 'I5'],
  ['资料费没公示', 'fault', 'I2'],
  ['音乐课让语文占了', 'fault', 'I3'],
  ['作业写到半夜', 'fault', 'I4'],
])('%s is a problem of %s %s', (text, kind, item) => {
  expect(kindOf(text)).toMatchObject({ kind, item });
});

test.each([
  ['灭火器都在有效期', 'fine'],
  ['宿舍里挺整洁', 'fine'],
  ['没挑出什么毛病', 'none'],
  ['没啥要说的', 'none'],
  ['大课间操搞得有声有色', 'praise'],
  ['听了三节数学课', 'act'],
  ['跟五个老师聊了聊', 'act'],
  ['限他们十天改好', 'limit'],
  ['半道上车抛锚了没去成', 'aside'],
])('%s is %s', (text, kind) => {
  expect(kindOf(text).kind).toBe(kind);
});

test('a new stretch begins where people put a comma, and within a word it never does', () => {
  const text = '转了一圈然后听了两节课那个灭火器过期了两个';
  const likely = breaths(text);
  const cuts = [...text].map((_c, i) => i).filter((i) => (likely[i] ?? 0) > 0.5);
  expect(cuts).toEqual(['然后', '那个'].map((w) => text.indexOf(w)));
});

test('a saying of no kind, or of an item that is none, is refused with the place', () => {
  const dir = mkdtempSync(join(tmpdir(), 'clauses-'));
  const file = join(dir, 'clauses.yaml');
  writeFileSync(file, 'faults:\n  I9: [灭火器过期]\nfine: [都好]\n');
  expect(() => readSayings(file)).toThrow(/I9[\s\S]*praise/);
  rmSync(dir, { recursive: true });
});

const read = (text: string, who = 'insp-wang') => {
  const got = saysAs(who, text);
  return { ...got.slots, found: (got.slots.findings ?? []).map((f) => [f.text, f.item, f.severity]) };
};

test('one breath is cut, and what is no problem stays out', () => {
  const got = read('昨天去一实小听了两节课然后到食堂看了看那个洗碗池堵了其他没啥');
  expect(got).toMatchObject({ lessons: 2, date: '2026-03-18' });
  expect(got.found).toEqual([['那个洗碗池堵了', 'I7', undefined]]);
});

test('a list by numbers, each with its own grade', () => {
  const got = read('二实小:①晚自习拖到十点半②厨师没戴帽子③消防通道堆课桌。头两条一般,最后一条严重');
  expect(got.found).toEqual([
    ['晚自习拖到十点半', 'I4', 'general'],
    ['厨师没戴帽子', 'I7', 'general'],
    ['消防通道堆课桌', 'I6', 'serious'],
  ]);
});

test('good and neutral statements are no findings', () => {
  const got = read('昨天去一中,食堂明厨亮灶开着,留样也够,就是厨师没戴帽子,课没听');
  expect(got.found.map(([, item]) => item)).toEqual(['I7']);
});

test.each([
  ['昨天去了一中,转了转,没挑出啥来'],
  ['昨天一中 查了资料 问题 无'],
  ['昨天去一中,推门两节,没有要提的'],
])('%s: nothing was found', (text) => {
  expect(read(text)).toMatchObject({ no_findings: true, found: [] });
});

test('days that a visit took, the half of a day, lessons added up, who came along, his own schools', () => {
  expect(read('3月9号到13号在一中,没问题').date).toBe('2026-03-09/2026-03-13');
  expect(read('16、17两天连着跑一中,没问题').date).toBe('2026-03-16/2026-03-17');
  expect(read('不是昨天,是本周一下午去的一中,没问题')).toMatchObject({ date: '2026-03-16', session: 'pm' });
  expect(read('昨儿后半晌去的一中,没问题').session).toBe('pm');
  expect(read('周二去的一中,初中听3节小学听2节,没问题').lessons).toBe(5);
  expect(read('下周四去一中,约上张明一道').companions).toEqual(['张明']);
  expect(read('今天把手里两家都跑了,没啥可说的', 'insp-zhang').schools).toEqual([
    '柳桥镇中心小学',
    '柳桥镇中学',
  ]);
});

test('retired heads’ reports: most slots are right', () => {
  const s = score(understander, readLabelled('visits'), roster);
  expect(s.slotsRight / s.slots).toBeGreaterThanOrEqual(0.75);
});

test.each([
  ['大河小学下水道盖板断了一块 食堂后门那儿', ['下水道盖板断了一块,食堂后门那儿']],
  ['特校无障碍坡道扶手松了,晃得厉害', ['无障碍坡道扶手松了,晃得厉害']],
  ['阳光园中班在背乘法表 这不小学化嘛', ['中班在背乘法表,这不小学化']],
  ['一中后门没锁,外面的人随便进', ['后门没锁,外面的人随便进']],
  ['一中食堂没留样,我亲眼看见的', ['食堂没留样']],
  ['一中灭火器过期,操场地面裂得厉害', ['灭火器过期', '操场地面裂得厉害']],
  ['一中灭火器过期,食堂门口,积水', ['灭火器过期', '食堂门口,积水']],
  ['打二实小门口过没进去,去的是一中,消防栓没水', ['消防栓没水']],
])('%s: what only says where, how much or how it is known is no finding of its own', (text, found) => {
  expect(read(text).found.map(([said]) => said)).toEqual(found);
});

test.each([
  ['一中老师带学生回家补课,小问题可不是,按严重报', 'serious'],
  ['一中体罚学生,这个往重里记', 'serious'],
  ['一中黑板报没更新,谈不上严重,小问题', 'minor'],
  ['一中厨师没戴口罩,我说完马上戴了', 'fixed_on_site'],
  ['一中消防门锁着,我讲完他们当即打开了', 'fixed_on_site'],
  ['一中厨师没戴口罩,说完他们答应马上改', undefined],
])('%s: %s', (text, severity) => {
  expect(read(text).found.map(([, , grade]) => grade)).toEqual([severity]);
});

test.each([
  ['昨天去一中看了寝室,被褥晒得勤,没挑出问题', { no_findings: true, found: [] }],
  ['昨天去一中搞疏散演练,两分钟人全到操场,没问题', { no_findings: true, found: [] }],
  ['昨天去一中,校车安全锤丢了一个,没发现其他问题', { found: [['校车安全锤丢了一个', 'I6', undefined]] }],
])('%s: a plain none outweighs what has no word of a fault, a none of the rest does not', (text, slots) => {
  expect(read(text)).toMatchObject(slots);
});

test('what is reported has a finding, though no word says that it is wrong', () => {
  expect(read('一实小食堂大师傅炒菜咸得要命').found).toEqual([['食堂大师傅炒菜咸得要命', 'I7', undefined]]);
});

test.each([
  ['一中外墙瓷砖空鼓,早晚得掉下来', ['外墙瓷砖空鼓,早晚得掉下来']],
  ['一实小三年级一个班五十八人,超班额', ['三年级一个班五十八人,超班额']],
  ['一中药品柜没锁,钥匙就插在上头', ['药品柜没锁,钥匙就插在上头']],
  ['一中垃圾堆敞着,离食堂不到五米', ['垃圾堆敞着,离食堂不到五米']],
  ['一实小晨检记录全,户外活动也够,就是消毒柜坏了', ['消毒柜坏了']],
  ['昨天去的一中,校长住院没见着,宿管缺一个', ['宿管缺一个']],
  ['补记周一的一中,当时手机没电没录上,泔水桶敞着', ['泔水桶敞着']],
])('%s: what may come of it, what is well and how one went are no findings', (text, found) => {
  expect(read(text).found.map(([said]) => said)).toEqual(found);
});

const says = (text: string) => saysAs('inspector', text).slots;

test.each([
  ['东关园大班三十九个孩子,超了', ['大班三十九个孩子,超了']],
  ['特校食堂不行,冰箱生熟混放', ['食堂不行,冰箱生熟混放']],
  ['东关小学卫生不行,灭火器也过期了', ['卫生不行', '灭火器也过期了']],
  // what is known by heart stands without a word of a fault, however short; a thing of its own is a finding of its own
  ['今天去了一中,苍蝇多,老师旷工', ['苍蝇多', '老师旷工']],
  ['今天去了一中,被褥薄,分尖子班', ['被褥薄', '分尖子班']],
  ['今天去了一中,旱厕还没改,作业不批改', ['旱厕还没改', '作业不批改']],
  [
    '今天去了一中,灭火器过期2个,食堂留样没标签,教室灯坏了三个',
    ['灭火器过期2个', '食堂留样没标签', '教室灯坏了三个'],
  ],
  ['一中体育课被数学老师占了', ['体育课被数学老师占了']],
  // no question, though it ends like one
  ['一中挡鼠板没有', ['挡鼠板没有']],
  // what was before, and what is only how one came
  ['二中上周三打过一架,昨天我到校里看了,监控还有两个死角', ['监控还有两个死角']],
  ['去一实小的路上从二实小门口过了一下,没进。一实小今天看的食堂,留样没贴标签', ['留样没贴标签']],
])('%s: as many findings as there are', (text, findings) => {
  expect(says(text).findings?.map((f) => f.text)).toEqual(findings);
});

test.each([
  ['柳桥小学昨天食堂停水,今早我去看了,水龙头还漏着', '2026-03-19'],
  ['二中上周三打过一架,昨天我到校里看了,监控还有两个死角', '2026-03-18'],
  ['一实小上午的消防演练组织得好,记个亮点', '2026-03-19'],
  ['昨天去了育才,今天补记一下,没问题', '2026-03-18'],
])('%s: the day of the visit, not of what was before', (text, date) => {
  expect(says(text).date).toBe(date);
});

test.each([
  ['今天大河中学我去了,台账翻了一摞,没问题', ['docs']],
  ['石佛园今天上午转完了,没毛病', ['tour']],
  ['俺昨儿在大河小学转悠半天,没啥事', ['tour']],
])('%s: ways told in other words', (text, methods) => {
  expect(says(text).methods).toEqual(methods);
});

test('praise that names nothing is of what was told before it', () => {
  expect(says('二实小借特校老师教手语,做法值得推,记一笔典型').highlight).toBe('借老师教手语');
});
