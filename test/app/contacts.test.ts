// Who leaves the corp is out within the second, and whoever comes back is in again: sealed events at the helper's own door, and the
// nightly comparison for what no event told. Real HTTP, real encryption, the simulator's contact-sync helper.
import { expect, test, vi } from 'vitest';
import type { RawCallbackView } from '../../src/simulator/api.ts';
import { importRoster } from '../../src/supervision/roster/import.ts';
import { dudao } from '../support/command.ts';
import { PATIENCE_MS, until } from '../support/until.ts';
import { fixtureRoster, openWorld, type TestWorld } from '../support/world.ts';

async function drive<T>({ simulator }: TestWorld, path: string, body: object, method = 'POST'): Promise<T> {
  const response = await fetch(`${simulator.url}/simulator/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
const patch = (world: TestWorld, userId: string, change: object) =>
  drive(world, `people/${userId}`, change, 'PATCH');

/** What somebody says whom the platform lets speak no more: a message that was on its way. */
async function stillSays(world: TestWorld, userId: string, text: string, id: number): Promise<string> {
  const xml = `<xml><ToUserName>${world.config.wecom?.corpId}</ToUserName><FromUserName>${userId}</FromUserName><CreateTime>${Math.floor(
    world.clock.now().getTime() / 1000,
  )}</CreateTime><MsgType>text</MsgType><Content>${text}</Content><MsgId>${id}</MsgId><AgentID>1000007</AgentID></xml>`;
  const { answers } = await drive<RawCallbackView>(world, 'callbacks/raw', { xml });
  expect(answers[0]?.status).toBe(200);
  return answers[0]?.plain ?? '';
}

const personRow = async ({ app }: TestWorld, userKey: string) =>
  (
    await app.store.query<{ id: string; active: boolean; why: string | null }>(
      'select id, active, left_why as why from person where user_key = $1',
      [userKey],
    )
  )[0];

test('a member who left is out at once, told only whom to ask; what she did stays, the office hears once what lies with nobody', async () => {
  const world = await openWorld();
  const { store } = world.app;
  const [li, chen, sun] = ['李秀英', '小陈', '孙主任'].map((name) => world.person(name));
  if (!li || !chen || !sun) throw new Error('nobody');
  await li.says('今天上午去了东关小学,灭火器过期两个');
  await li.taps('confirm:yes').catch(() => li.says('确认'));
  await li.sees(/已登记|已记|登记/);
  await li.says('今天上午去了第二中学,食堂留样没贴标签'); // and the draft is left open
  await li.sees(/第二中学/);
  const visits = () => store.query('select id, state from visit where inspector_id = $1', [her?.id]);
  const her = await personRow(world, 'insp-li');
  const before = await visits();
  expect(before).toHaveLength(1);
  // Something waits for tomorrow morning.
  await store.query(
    `insert into outbox (id, office_id, key, recipient, call, payload, state, not_before)
     select gen_random_uuid(), id, 'later', 'user:insp-li', 'message', '{"msgtype":"text","text":{"content":"明早的提醒"}}', 'pending', $1 from office`,
    [new Date(world.clock.now().getTime() + 20 * 3_600_000)],
  );

  await drive(world, 'faults', { kind: 'duplicate-callbacks', copies: 3, times: 1 });
  await patch(world, 'insp-li', { status: 'left' });
  // The event was answered when this returns: a second later she knows nothing any more.
  const said = await stillSays(world, 'insp-li', '还差哪几所', 900001);
  expect(said).toMatch(/小陈/);
  expect(said).not.toMatch(/东关|第二中学|还差/);
  expect(await personRow(world, 'insp-li')).toMatchObject({ active: false, why: 'left' });
  expect(await visits()).toEqual(before);
  const [talk] = await store.query('select state from conversation where person_id = $1', [her?.id]);
  expect(talk).toEqual({ state: null });
  const [later] = await store.query(`select state, why from outbox where key = 'later'`);
  expect(later).toEqual({ state: 'refused', why: 'left' });
  for (const one of [chen, sun]) {
    const { text } = await one.seesOnce(/李秀英已离开企业微信/);
    expect(text).toMatch(/没有责任督学了.*东关小学/);
    expect(text).toContain('把');
  }
  const audited = await store.query(
    `select count(*)::int as n from audit_entry where action = 'member.left' and subject_id = $1`,
    [her?.id],
  );
  expect(audited).toEqual([{ n: 4 }]); // once for each school whose file tells it
  // Her schools can be handed on, by the words that the office was told.
  await chen.says('把东关小学交给王建国');
  await chen.sees(/王建国/);

  // An import of the old file does not let her in again.
  const { warnings } = await importRoster(store, fixtureRoster(), {
    now: world.clock.now(),
    sealer: { seal: (text) => text, open: (text) => text },
  });
  expect(warnings).toContainEqual(expect.objectContaining({ code: 'person-left' }));
  expect(await stillSays(world, 'insp-li', '帮助', 900002)).toMatch(/小陈/);

  await patch(world, 'insp-li', { status: 'active' });
  await chen.sees(/李秀英已重新加入企业微信/);
  await li.says('还差哪几所');
  await li.sees(/还差|还有|本月/);
});

test('what she says while she is shut out waits for that, and is then a stranger’s', async () => {
  const world = await openWorld();
  const { store } = world.app;
  const li = world.person('李秀英');
  await li.says('今天上午去了东关小学,灭火器过期两个');
  await li.sees(/督导记录待确认/);
  const her = await personRow(world, 'insp-li');
  let said: Promise<string> | undefined;
  await store.transaction(async (tx) => {
    await tx.sql(`update conversation set state = 'null' where person_id = $1`, [her?.id]);
    await tx.sql(`update person set active = false, left_why = 'left' where id = $1`, [her?.id]);
    said = stillSays(world, 'insp-li', '确认', 900003);
    await until('her message waits for the lock', async () => {
      const [waits] = await store.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and query like '%for update%'`,
      );
      return waits?.n === 1;
    });
  });
  expect(await said).toMatch(/小陈/);
  expect(await store.query('select 1 from visit where inspector_id = $1', [her?.id])).toEqual([]);
  expect(await store.query('select state from conversation where person_id = $1', [her?.id])).toEqual([
    { state: null },
  ]);
});

test('only the helper’s own keys open its door, and only for what it tells', async () => {
  const world = await openWorld();
  const door = `${world.app.url}/wecom/${world.config.office}/contacts`;
  // The app, with the app's keys, pointed at the helper's address.
  expect(await world.simulator.setCallback({ callbackUrl: door })).toMatchObject({ ok: false });
  expect((await fetch(door, { method: 'POST', body: '<xml/>' })).status).toBe(400);
  expect((await fetch(`${world.app.url}/wecom/nowhere/contacts`)).status).toBe(404);
  expect((await personRow(world, 'insp-li'))?.active).toBe(true);
});

test('another user id is followed, and what waits finds her under it', async () => {
  const world = await openWorld();
  const { store } = world.app;
  await patch(world, 'insp-zhang', { userId: 'zhangming2026' });
  const [row] = await store.query(
    `select name, user_id as "userId" from person where user_key = 'zhangming2026'`,
  );
  expect(row).toEqual({ name: '张明', userId: 'zhangming2026' });
  expect(await personRow(world, 'insp-zhang')).toBeUndefined();
  const answer = await stillSays(world, 'zhangming2026', '我的学校', 900003);
  expect(answer).toMatch(/柳桥镇/);

  // The last of the office is let go too, for it is so; nobody is left to be told but the director, and then the log alone.
  await patch(world, 'office-chen', { status: 'left' });
  await world.person('孙主任').sees(/小陈已离开企业微信/);
  await patch(world, 'office-sun', { status: 'left' });
  expect(await personRow(world, 'office-sun')).toMatchObject({ active: false, why: 'left' });
});

test('what no event told is found at night: one who is gone, one whom no message reaches, one who is not of the roster; a listing that fails or a crowd that vanishes ends nobody’s access', async () => {
  const world = await openWorld();
  const { store } = world.app;
  const [chen, sun] = [world.person('小陈'), world.person('孙主任')];
  const night = (day: string) => world.moveTo(new Date(`${day}T05:30:00+08:00`));
  const morning = (day: string) => world.moveTo(new Date(`${day}T09:10:00+08:00`));
  const checked = (count: number) =>
    vi.waitFor(
      async () => {
        const [row] = await store.query<{ n: number }>(
          `select count(*)::int as n from contact_check where state = 'done'`,
        );
        expect(row?.n).toBe(count);
      },
      { timeout: PATIENCE_MS, interval: 100 },
    );
  const calm = () => fetch(`${world.simulator.url}/simulator/faults`, { method: 'DELETE' });

  // All is well: nothing is said.
  night('2026-03-20');
  await checked(1);

  await drive(world, 'faults', { kind: 'no-callbacks' });
  await patch(world, 'insp-zhou', { status: 'left' });
  await patch(world, 'head-s02', { status: 'disabled' });
  await patch(world, 'head-s03', { hiddenFrom: [1000007] });
  await patch(world, 'head-s05', { name: '柳桥镇中心小学 刘校长' });
  await drive(world, 'people', { userId: 'teacher.gao', name: '高老师' });
  await drive(world, 'faults', { kind: 'errcode', errcode: 48002, path: '/cgi-bin/user/list_id' });
  night('2026-03-21');
  await checked(2);
  // The ids could not be read; who is disabled stands in what the app itself may read.
  expect(await personRow(world, 'insp-zhou')).toMatchObject({ active: true });
  expect(await personRow(world, 'head-s02')).toMatchObject({ active: false, why: 'disabled' });
  await calm();

  night('2026-03-22');
  await checked(3);
  expect(await personRow(world, 'insp-zhou')).toMatchObject({ active: false, why: 'left' });
  expect(await personRow(world, 'head-s03')).toMatchObject({ active: true });
  await chen.neverSees(/通讯录对照/); // not at night, nor on a Sunday
  morning('2026-03-23');
  const told = await chen.sees(/通讯录对照[\s\S]*周大勇/);
  expect(told.text).toMatch(/收不到消息.*第一中学校长/);
  expect(told.text).toMatch(/不在名册：1人（高老师）/);
  expect(told.text).toMatch(/名册“柳桥镇中心小学校长”，企业微信“柳桥镇中心小学 刘校长”/);
  await sun.sees(/周大勇已离开企业微信[\s\S]*没有责任督学了/);

  // The same again is not told again.
  await chen.looksAway();
  night('2026-03-24');
  await checked(4);
  morning('2026-03-24');
  await chen.says('帮助');
  await chen.sees(/发通知|可以/);
  // And what the weekend kept waiting was told in its newest state alone.
  expect((await chen.saw()).filter(({ text }) => /通讯录对照/.test(text))).toHaveLength(1);

  // A third of the roster gone in one night is not believed before the office says so.
  const heads = ['04', '06', '07', '08', '09', '10', '11'].map((n) => `head-s${n}`);
  await drive(world, 'faults', { kind: 'no-callbacks' });
  for (const one of heads) await patch(world, one, { status: 'left' });
  await calm();
  night('2026-03-25');
  await checked(5);
  expect(await personRow(world, 'head-s10')).toMatchObject({ active: true });
  morning('2026-03-25');
  await chen.sees(/7人已不在企业微信[\s\S]*先不停用/);
  const shown = await dudao(['contacts'], commandEnv(world));
  expect(shown.said).toMatch(/已离开企业微信 7 人：[\s\S]*head-s10/);
  await chen.says('通讯录确认停用');
  await chen.taps('confirm:yes').catch(() => chen.says('确认'));
  await chen.sees(/已停用7人/);
  // One message about all of them.
  expect((await sun.seesOnce(/7人已离开企业微信/)).text).toMatch(/没有校长.*等7所/);
  expect(await personRow(world, 'head-s10')).toMatchObject({ active: false, why: 'left' });
  await chen.says('通讯录确认停用');
  await chen.says('确认');
  await chen.sees(/没有等待确认的停用/);

  // On request at any hour; whoever came back without a word of the platform is let in again.
  await drive(world, 'faults', { kind: 'no-callbacks' });
  await patch(world, 'head-s10', { status: 'active' });
  await calm();
  await chen.looksAway();
  await chen.says('通讯录对照');
  await chen.sees(/已回到企业微信，已恢复：东关小学校长/);
  expect(await personRow(world, 'head-s10')).toMatchObject({ active: true });
});

test('departments that change are compared within minutes, a new name within the hour; a storm of changes is compared once', async () => {
  const world = await openWorld();
  const { store } = world.app;
  const chen = world.person('小陈');
  const put = (path: string, body: object) => drive(world, path, body, 'PUT');
  const areas = ['第一督学责任区', '第二督学责任区', '第三督学责任区'];
  for (const [n, name] of areas.entries()) await put(`departments/${n + 2}`, { name });
  await patch(world, 'insp-zhang', { departments: [4] });
  const checks = (state: string) =>
    store.query(`select name from contact_check where state = $1 and name like 'change-%'`, [state]);
  expect(await checks('wanted')).toHaveLength(1);
  world.moveTo(new Date('2026-03-19T10:05:00+08:00'));
  await vi.waitFor(async () => expect(await checks('done')).toHaveLength(1), { timeout: PATIENCE_MS });
  await chen.neverSees(/通讯录对照/); // she stands where the roster has her

  await patch(world, 'insp-zhang', { departments: [3] });
  world.moveTo(new Date('2026-03-19T10:10:00+08:00'));
  expect(await checks('wanted')).toHaveLength(1); // ten minutes after the one before
  world.moveTo(new Date('2026-03-19T10:20:00+08:00'));
  await chen.sees(/通讯录对照[\s\S]*张明的责任区不一致：名册“第三督学责任区”，企业微信部门“第二督学责任区”/);

  // The departments are renamed: a new address of the helper hears nothing of that, and within the hour it is found by looking.
  await put('departments/3', { name: '第三督学责任区' });
  await put('departments/2', { name: '原第一督学责任区' });
  expect(await checks('wanted')).toHaveLength(0);
  world.moveTo(new Date('2026-03-19T11:10:00+08:00'));
  await vi.waitFor(async () => expect(await checks('wanted')).toHaveLength(1), { timeout: PATIENCE_MS });
  world.moveTo(new Date('2026-03-19T11:15:00+08:00'));
  await vi.waitFor(async () => expect(await checks('done')).toHaveLength(3), { timeout: PATIENCE_MS });
  await chen.looksAway();
  await chen.says('通讯录对照');
  await chen.sees(/与企业微信通讯录一致/);

  // A member whom the roster does not know is nobody's news by day.
  await drive(world, 'people', { userId: 'teacher.gao', name: '高老师', departments: [3] });
  await patch(world, 'teacher.gao', { departments: [2] });
  expect(await checks('wanted')).toHaveLength(0);
});

const commandEnv = ({ config }: TestWorld) => ({
  DATABASE_URL: config.databaseUrl ?? '',
  DATA_DIR: config.dataDir,
  APP_SECRET: config.appSecret ?? '',
  OFFICE: config.office,
  WECOM_API_BASE: config.apiBase,
  WECOM_CORP_ID: config.wecom?.corpId ?? '',
  WECOM_AGENT_ID: String(config.wecom?.agentId),
  WECOM_SECRET: config.wecom?.secret ?? '',
  WECOM_TOKEN: config.wecom?.token ?? '',
  WECOM_ENCODING_AES_KEY: config.wecom?.encodingAesKey ?? '',
  WECOM_CONTACTS_SECRET: config.contacts?.secret ?? '',
});
