// A day and a school put right in English: in a draft that is open, and in a record that is filed.
import { test } from 'vitest';
import { openWorld } from '../support/world.ts';

test('in a draft and in a record', async () => {
  const world = await openWorld({ env: { LOCALE: 'en' } });
  const [wang, head] = [world.person('王建国'), world.person('head-s01')];
  await wang.says(
    'Visited 第二实验小学 yesterday, two fire extinguishers expired, to be put right within a week',
  );
  await wang.sees(/Visit record to confirm[\s\S]*第二实验小学 · Wed 18 Mar/);
  await wang.says('not yesterday, last Wednesday');
  await wang.sees(/第二实验小学 · Wed 11 Mar[\s\S]*Confirm/);
  await wang.says('it was on Monday');
  await wang.sees(/第二实验小学 · Mon 16 Mar[\s\S]*Confirm/);
  await wang.says('not 第二实验小学 but 第一实验小学');
  await wang.sees(/第一实验小学 · Mon 16 Mar[\s\S]*Confirm/);
  await wang.says('confirm');
  await head.sees(/Rectification notice/);

  await wang.says('I got the date wrong, it was last Friday');
  await wang.sees(/Correction to confirm[\s\S]*第一实验小学 · Mon 16 Mar[\s\S]*Day becomes: Fri 13 Mar/);
  await wang.says('confirm');
  await wang.sees(/Corrected: 第一实验小学, Fri 13 Mar/);
  await wang.says('that was not 第一实验小学 but 第二实验小学');
  await wang.sees(/Correction to confirm[\s\S]*School becomes: 第二实验小学/);
});
