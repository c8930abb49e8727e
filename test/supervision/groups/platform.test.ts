// Groups on a platform that is slow to answer, refuses, or has them no more: made once at most, and their owner told what is to be done.
import { expect, test } from 'vitest';
import { type GroupStage, openGroups } from '../../support/groups.ts';

const AREA = '第三督学责任区督导群';

async function make(stage: GroupStage, words = '建群 第三片区') {
  const [card] = await stage.office.hears('office-chen', words);
  if (!card) throw new Error('no card');
  await stage.office.taps('office-chen', card, '建群');
}

const fault = (stage: GroupStage, payload: object) =>
  stage.platform.server.inject({ method: 'POST', url: '/simulator/faults', payload });

const later = (stage: GroupStage, ms: number) => {
  stage.office.clock.advance(ms);
  return stage.settle();
};

async function state(stage: GroupStage, name = AREA) {
  const [row] = await stage.store.query<{ state: string; why: string | null; owner: string }>(
    `select g.state, g.why, p.user_id as owner from app_group g join person p on p.id = g.owner_id where g.name = $1
     order by g.id desc limit 1`,
    [name],
  );
  return row;
}

async function toldTo(stage: GroupStage, userId: string): Promise<string[]> {
  const rows = await stage.store.query<{ content: string }>(
    `select payload->'text'->>'content' as content from outbox where recipient = $1 and key like 'notify-group-%' order by id`,
    [`user:${userId}`],
  );
  return rows.map(({ content }) => content);
}

test('the answer to its making got lost: asked for again it is the same group, and its first message comes once', async () => {
  const stage = await openGroups();
  await fault(stage, { kind: 'drop-answer', path: '/cgi-bin/appchat/create', times: 1 });
  await make(stage);
  await stage.settle();
  await later(stage, 10_000);
  expect(await stage.calls('/cgi-bin/appchat/create')).toBe(2);
  expect(await stage.calls('/cgi-bin/appchat/send')).toBe(1);
  expect(await state(stage)).toMatchObject({ state: 'open' });
  expect(await stage.inGroup(AREA)).toEqual(['head-s05', 'head-s06', 'insp-zhang', 'office-chen']);
});

test('one member whom the platform does not take: the group is there all the same, and her name is told to its owner', async () => {
  const stage = await openGroups();
  await stage.platform.server.inject({
    method: 'PATCH',
    url: '/simulator/people/head-s06',
    payload: { hiddenFrom: [1000007] },
  });
  // Somebody besides its owner has talked with the bot: these two are sure.
  await stage.office.hears('insp-zhang', '帮助');
  await make(stage);
  await stage.settle();
  expect(await stage.inGroup(AREA)).toEqual(['head-s05', 'insp-zhang', 'office-chen']);
  expect(await toldTo(stage, 'office-chen')).toEqual([
    expect.stringMatching(/^柳桥镇中学校长没能加入“第三督学责任区督导群”.*可见范围/),
  ]);
});

test('an app that the corp does not see whole makes no groups: its owner hears what to ask for, and no other message waits for that', async () => {
  const stage = await openGroups();
  await fault(stage, { kind: 'errcode', errcode: 48002, path: '/cgi-bin/appchat/create', times: 1 });
  await make(stage);
  await stage.settle();
  expect(await state(stage)).toEqual({ state: 'failed', why: '48002', owner: 'office-chen' });
  expect(await toldTo(stage, 'office-chen')).toEqual([expect.stringContaining('应用的可见范围要是整个企业')]);
  const [waits] = await stage.store.query(`select 1 from outbox where state = 'pending'`);
  expect(waits).toBeUndefined();
});

test('its owner leaves: the group gets another of the office; the last but one leaves: it is ended', async () => {
  const stage = await openGroups();
  await make(stage);
  await stage.settle();
  await stage.changes(`update person set active = false where user_id = 'office-chen'`);
  await stage.settle();
  expect(await stage.inGroup(AREA)).toEqual(['head-s05', 'head-s06', 'insp-zhang']);
  expect((await state(stage))?.owner).not.toBe('office-chen');
  await stage.changes(`update person set active = false where user_id in ('head-s05', 'head-s06')`);
  await stage.settle();
  expect(await state(stage)).toMatchObject({ state: 'ended', why: 'few' });
});

test('dissolved in WeCom by its owner: it is ended here too, and said so once', async () => {
  const stage = await openGroups();
  await make(stage);
  await stage.settle();
  await fault(stage, { kind: 'errcode', errcode: 49008, path: '/cgi-bin/appchat/update', times: 1 });
  await stage.changes(`update person set active = false where user_id = 'head-s05'`);
  await stage.settle();
  await stage.settle();
  expect(await state(stage)).toMatchObject({ state: 'ended', why: 'gone' });
  expect(await toldTo(stage, 'office-chen')).toEqual([expect.stringContaining('已被解散')]);
});

test('the platform counts the groups that are made in a day, and so do we before it', async () => {
  const stage = await openGroups();
  const at = stage.office.clock.now();
  await stage.store.query(
    `insert into outbox (id, office_id, key, recipient, call, payload, not_before, state, sent_at)
     select gen_random_uuid(), $1, 'made-' || n, 'chat:' || n, 'appchat-create', '{}', $2::timestamptz, 'sent', $2::timestamptz - interval '1 hour'
     from generate_series(1, 1000) n`,
    [stage.office.officeId, at],
  );
  await make(stage);
  await stage.settle();
  const [held] = await stage.store.query<{ why: string }>(
    `select why from outbox where call = 'appchat-create' and state = 'pending'`,
  );
  expect(held).toEqual({ why: 'held.day' });
  expect(await stage.calls('/cgi-bin/appchat/create')).toBe(0);
  await later(stage, 23 * 3_600_000 + 60_000);
  expect(await state(stage)).toMatchObject({ state: 'open' });
});
