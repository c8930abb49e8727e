// What was found, cause by cause: nothing of it is lost, nothing that is praised or beside it becomes a fault.
import { describe, expect, test } from 'vitest';
import { senderOf, shippedUnderstander } from '../../../src/chat/understand/cli.ts';
import { LEARNT } from '../../support/learnt.ts';
import { fixtureRoster, NOW } from './score.ts';

const understander = shippedUnderstander(undefined, LEARNT);
const roster = fixtureRoster();
function found(text: string) {
  const sender = senderOf(roster, undefined, 'inspector');
  const { slots } = understander.understand(text, {
    roster: roster.index,
    sender,
    now: NOW,
    timeZone: 'Asia/Shanghai',
  });
  return slots;
}

describe('a fault that no word of the lexicon tells', () => {
  test.each([
    ['昨天去的柳桥中学,听了两节语文,有一节老师坐着念课件', ['I3']],
    ['周一看的二实小,围栏上有尖头,其他的没细看', ['I6']],
    ['今早特校看了看,康复室器材有一台螺丝松了,别的都挺好', ['I6']],
    ['上午在石佛小学推门听课三节,有个数学老师教案是下载打印的', ['I3']],
  ])('%s', (text, items) => {
    expect(found(text).findings?.map(({ item }) => item)).toEqual(items);
  });
});

test('whom a fault harms belongs to it, and praises nothing', () => {
  const { findings, highlight } = found('柳桥小学操场边上的围栏倒了一截,孩子老钻');
  expect(findings).toMatchObject([{ item: 'I6', text: '操场边上的围栏倒了一截,孩子老钻' }]);
  expect(highlight).toBeUndefined();
});

describe('a grade is of all that it counts, or of the one that it names', () => {
  test.each([
    ['特校 康复室软垫开裂 无障碍坡道堵了 两条 小问题', ['minor', 'minor']],
    ['二实小 体育器材生锈 课间操缩成十分钟了 器材那个当场收走了', ['fixed_on_site', undefined]],
  ])('%s', (text, grades) => {
    expect(found(text).findings?.map(({ severity }) => severity)).toEqual(grades);
  });
});
