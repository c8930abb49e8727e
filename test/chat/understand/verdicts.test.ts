// What a review or a decision comes to: a denied no is a yes, what was is over, a part is a part.
import { expect, test } from 'vitest';
import { decisionOf, parseResult } from '../../../src/chat/understand/findings/verdicts.ts';

test.each([
  ['024 泔水桶的过 备课本的不过', 'partial'],
  ['030不是说不行,是行了,可以关了', 'pass'],
  ['没说不让过,038我看挺好,给过', 'pass'],
  ['019台账补齐了,我当面翻过,销了吧', 'pass'],
  ['019台账补齐了再来找我', 'fail'],
  ['上次没通过,这回都换好了,通过', 'pass'],
  ['打个合格,原先怕他们糊弄,去看了真换了', 'pass'],
  ['034看过,没有说,销号', 'pass'],
  ['026三项都弄利索了', 'pass'],
  ['040回头看,没再犯', 'pass'],
  ['030两条我都看了,两条都行', 'pass'],
  ['033三条里两条行,台阶那条还晃', 'partial'],
  ['我去摸了摸,水还是凉的', 'fail'],
  ['043可不能说过就过,墙还裂着', 'fail'],
  ['防护网装了,可高度还差二十公分,不能算过', 'fail'],
  ['嘴上说改了,拼音本还在,不算', 'fail'],
  ['少一张票据,叫他们补上再说', 'fail'],
  ['我去验了,一处没落下,全换了,找不出毛病', 'pass'],
  ['看了,一根没少全加固了', 'pass'],
  ['表面挑不出毛病,里头线还是乱的,不过', 'fail'],
  ['一个没少报,可有两个没换', 'fail'],
  ['一项没落地,继续改', 'fail'],
  ['中学没问题,是小学缺四本', undefined],
  ['改不改都行', undefined],
] as const)('%s: %s', (text, result) => {
  expect(parseResult(text)).toBe(result);
});

test.each([
  ['校长要拖到月底,我答应他了', 'pass'],
  ['给他缓5天,下不为例', 'pass'],
  ['育才想缓的那份驳了', 'fail'],
  ['再拖我可不答应了', undefined],
] as const)('more time: %s: %s', (text, result) => {
  expect(decisionOf(text)).toBe(result);
});
