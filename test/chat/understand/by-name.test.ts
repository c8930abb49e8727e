// Decisions on several schools or notices in one message: each gets its own, and of whom nothing is decided is left alone.
import { expect, test } from 'vitest';
import { says } from './reads.ts';

/** What was decided: of whom, and how. */
function decided(text: string, role = 'inspector'): string[] {
  const got = says(role, text);
  return (got.intents ?? [got]).map(({ intent, slots }) => {
    const of = slots.rect_no ?? slots.school ?? slots.schools?.join('、');
    return `${intent} ${of} ${slots.result ?? '?'}${slots.days ? ` ${slots.days}` : ''}`;
  });
}

test.each([
  [
    '柳桥小学的整改过,柳桥中学的不过,中学那个护栏还晃',
    ['rect.review 柳桥镇中心小学 pass', 'rect.review 柳桥镇中学 fail'],
  ],
  [
    '东关小学整改通过,东关园让他们重弄,留样还是没写时间',
    ['rect.review 东关小学 pass', 'rect.review 东关幼儿园 fail'],
  ],
  // of whom nothing is decided is left alone
  [
    '石佛小学和石佛幼儿园的整改都算通过,清河的先放着我还没看',
    ['rect.review 石佛镇中心小学、石佛镇中心幼儿园 pass'],
  ],
  ['石佛小学的延期我同意,石佛幼儿园的我再想想', ['rect.extend_decide 石佛镇中心小学 pass']],
  ['028不过029过,022还没看', ['rect.review 028 fail', 'rect.review 029 pass']],
  ['051 pass,052 不pass(缺发票),053等我下午看', ['rect.review 051 pass', 'rect.review 052 fail']],
  // those named together first come one by one
  [
    '阳光园和一实小都申请延期,阳光园的行,一实小的不行',
    ['rect.extend_decide 阳光双语幼儿园 pass', 'rect.extend_decide 第一实验小学 fail'],
  ],
  [
    '二实小跟一实小那俩单子,头一个我看了,给过;后一个栏杆漆都没刷,叫他重弄',
    ['rect.review 第二实验小学 pass', 'rect.review 第一实验小学 fail'],
  ],
  // said of all of them
  ['特校和阳光园的整改都看了,两家都行', ['rect.review 特殊教育学校、阳光双语幼儿园 pass']],
])('%s', (text, want) => {
  expect(decided(text)).toEqual(want);
});

test.each([
  [
    '延期的事:大河小学宽五天,大河中学的不给',
    ['rect.extend_decide 大河乡中心小学 pass 5', 'rect.extend_decide 大河乡中学 fail'],
  ],
  [
    '第二中学与东关小学各有一份延期申请:前者同意,延至3月31日;后者不予同意,理由不充分。',
    ['rect.extend_decide 第二中学 pass', 'rect.extend_decide 东关小学 fail'],
  ],
  // each is what its own words show
  ['033再给一星期,034打回去', ['rect.extend_decide 033 pass 7', 'rect.review 034 fail']],
])('of the office: %s', (text, want) => {
  expect(decided(text, 'office').sort()).toEqual([...want].sort());
});
