// A morning of an inspector who writes English: a visit in pieces, counts and dispositions put right, a review, more time.
import { test } from 'vitest';
import { openWorld } from '../support/world.ts';

test('a visit told in pieces, put right, filed and reviewed', async () => {
  const world = await openWorld({ env: { LOCALE: 'en' } });
  const [wang, head] = [world.person('王建国'), world.person('第二实验小学校长')];
  await wang.says('which schools do I still have to visit this month?');
  await wang.sees(/5 left in Mar 2026/);
  await wang.says('went to Second Experimental this morning, heard two lessons');
  await wang.sees(/Did you find anything\?/);
  await wang.says('two extinguishers expired, and the canteen samples have no labels');
  await wang.sees(
    /第二实验小学 · Thu 19 Mar, morning[\s\S]*2 lessons heard[\s\S]*1\. two extinguishers expired — safety[\s\S]*2\. the canteen samples have no labels — canteen/,
  );
  await wang.says('it was three extinguishers, not two');
  await wang.sees(/1\. three extinguishers expired[\s\S]*\[Confirm\]/);
  await wang.says('the second one was fixed on the spot');
  await wang.sees(/2\. the canteen samples have no labels[^\n]*fixed on the spot[\s\S]*\[Confirm\]/);
  await wang.says('within ten days');
  await wang.sees(/due Sun 29 Mar[\s\S]*\[Confirm\]/);
  await wang.says('it was yesterday, not today');
  await wang.sees(/第二实验小学 · Wed 18 Mar[\s\S]*\[Confirm\]/);
  await wang.says('yes, please file it');
  await wang.sees(/Filed; sent to the head: notice 区督整〔2026〕001号/);

  await head.says('received, will do');
  await head.sees(/Signed: 区督整〔2026〕001号/);
  await head.says('notice 1 is done, all extinguishers replaced');
  await head.sees(/Rectification to hand in[\s\S]*001号/);
  await head.says('yes');
  await head.sees(/Handed in/);
  await wang.says('notice 1 not good enough, the photo is missing');
  await wang.sees(/001号[\s\S]*the photo is missing[\s\S]*\[Confirm\]/);
  await wang.says("yes, that's right");
  await head.sees(/the photo is missing/);
  await head.says('can we have until April 10? the company has no slot');
  await head.sees(/Fri 10 Apr[\s\S]*the company has no slot/);
  await head.says('yes');
  await wang.looksAway();
  await wang.says('extension granted until next Friday');
  await wang.sees(/Fri 27 Mar|Fri 3 Apr|001号/);
});

test('which of two records is meant is read from what was wrong; an emergency goes before all', async () => {
  const world = await openWorld({ env: { LOCALE: 'en' } });
  const [wang, clerk] = [world.person('王建国'), world.person('小陈')];
  for (const school of ['First Experimental Primary', 'the special school']) {
    await wang.says(`visited ${school} today, no findings`);
    await wang.sees(/Visit record to confirm/);
    await wang.says('confirm');
    await wang.sees(/Filed/);
  }
  await wang.says('it was First Middle School, not First Experimental');
  await wang.sees(/Correction to confirm[\s\S]*第一实验小学[\s\S]*School becomes: 第一中学/);
  await wang.says('a pupil fell from the stairs at Second Experimental and was taken to hospital');
  await wang.sees(/Reported at[\s\S]*120/);
  await clerk.sees(/第二实验小学/);
});
