// Several offices on one deployment: added while it runs, each behind its own door with its own keys, and none reads another's.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openOffices } from '../../src/app/offices.ts';
import { createLog } from '../../src/log.ts';
import { createCredentialStore } from '../../src/store/credentials.ts';
import { DROPPED, reseal, SEALED } from '../../src/store/reseal.ts';
import { createSealer } from '../../src/store/seal.ts';
import { createTokenStore } from '../../src/store/token-store.ts';
import { schoolsByRole } from '../../src/supervision/roster/file.ts';
import { dudao, expectSentence, folder } from '../support/command.ts';
import { PATIENCE_MS } from '../support/until.ts';
import { fixtureRoster, openWorld, type TestWorld } from '../support/world.ts';

const SOUTH = {
  agentId: 1000008,
  name: '南区督导助手',
  secret: 'secretofthesouth',
  token: 'tokenofthesouth',
  encodingAesKey: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop0',
};
const HELPER = {
  token: 'tokenofthesouthhelper',
  encodingAesKey: 'ponmlkjihgfedcbaZYXWVUTSRQPONMLKJIHGFEDCBA0',
};
const variables = (corpId: string) => `WECOM_CORP_ID=${corpId}
WECOM_AGENT_ID=${SOUTH.agentId}
WECOM_SECRET=${SOUTH.secret}
WECOM_TOKEN=${SOUTH.token}
WECOM_ENCODING_AES_KEY=${SOUTH.encodingAesKey}
WECOM_CONTACTS_TOKEN=${HELPER.token}
WECOM_CONTACTS_ENCODING_AES_KEY=${HELPER.encodingAesKey}
`;
const envOf = ({ config }: TestWorld) => ({
  DATABASE_URL: config.databaseUrl ?? '',
  DATA_DIR: config.dataDir,
  APP_SECRET: config.appSecret ?? '',
  OFFICE: config.office,
});

test('an office is added by command while the bot runs, talks through its own door, and is closed again', async () => {
  // Commands know only today's clock, and a roster counts from the day of its import; after midnight 今天 would be asked about.
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
  const world = await openWorld({ apps: [SOUTH], now: new Date(`${today}T10:00:00+08:00`) });
  const corpId = world.config.wecom?.corpId ?? '';
  const callbackUrl = `${world.app.url}/wecom/south/callback`;
  const her = world.roster.people.find(({ roles }) => roles.includes('inspector'));
  if (!her) throw new Error('the fixture office has no inspector');
  const [code] = schoolsByRole(her).get('inspector') ?? [];
  const school = world.roster.schools.find((one) => one.code === code)?.name ?? '';
  const inspector = world.person(her.userid);
  const chatId = `app:${SOUTH.agentId}`;

  expect(await world.simulator.setCallback({ ...SOUTH, callbackUrl })).toMatchObject({ ok: false });
  const added = await dudao(
    ['office', 'add', 'south', '--name', '南区教育督导室', '--short', '南区督导室', '--env', '-'],
    envOf(world),
    variables(corpId),
  );
  expect(added).toMatchObject({ code: 0 });
  expect(added.said).toContain('/wecom/south/callback');
  // The console verifies the address at once; nobody restarted anything. The door asks again once a second at most.
  await vi.waitFor(
    async () =>
      expect(await world.simulator.setCallback({ ...SOUTH, callbackUrl })).toMatchObject({ ok: true }),
    { timeout: PATIENCE_MS, interval: 300 },
  );

  // Its contact-sync helper has a door of its own too.
  const contactsUrl = callbackUrl.replace(/callback$/, 'contacts');
  expect(await world.simulator.setContactsCallback({ ...HELPER, callbackUrl: contactsUrl })).toMatchObject({
    ok: true,
  });

  await inspector.says('帮助', { chatId });
  expect((await inspector.sees(/管理员|名册|没有/)).message.chatId).toBe(chatId);
  const rosterFile = join(await folder(), 'roster.json');
  await writeFile(rosterFile, JSON.stringify(fixtureRoster()));
  const imported = await dudao(['import', rosterFile], { ...envOf(world), OFFICE: 'south' });
  expect(imported.code).toBe(0);
  await inspector.says('还差哪几所', { chatId });
  expect((await inspector.sees(/还差|还有|本月/)).message.chatId).toBe(chatId);
  // Two offices, two talks: what is begun here is unknown there.
  await inspector.says(`今天上午去了${school},灭火器过期两个`, { chatId });
  await inspector.sees(/灭火器/);
  const talks = await world.app.store.query<{ slug: string }>(
    'select o.slug from conversation c join office o on o.id = c.office_id order by 1',
  );
  expect(talks).toEqual([{ slug: 'south' }]);

  const again = await dudao(
    ['office', 'add', 'south', '--name', '南区', '--env', '-'],
    envOf(world),
    variables(corpId),
  );
  expectSentence(again, /已经有了.*office set/);
  const twin = await dudao(
    ['office', 'add', 'east', '--name', '东区', '--env', '-'],
    envOf(world),
    variables(corpId),
  );
  expectSentence(twin, /已经用于督导室“south”/);
  const half = await dudao(
    ['office', 'add', 'east', '--name', '东区', '--env', '-'],
    envOf(world),
    'WECOM_CORP_ID=ww1\n',
  );
  expectSentence(half, /WECOM_SECRET: 未填写/);
  expect((await dudao(['office', 'list'], envOf(world))).said).toMatch(/^south .*使用中/m);

  expect(await dudao(['office', 'close', 'south'], envOf(world))).toMatchObject({ code: 0 });
  expect((await dudao(['office', 'list'], envOf(world))).said).toMatch(/south .*已停用/);
});

test('an envelope of one office is not believed at the door of another', async () => {
  const world = await openWorld({ apps: [SOUTH] });
  const corpId = world.config.wecom?.corpId ?? '';
  await dudao(['office', 'add', 'south', '--name', '南区', '--env', '-'], envOf(world), variables(corpId));
  const wrongDoor = `${world.app.url}/wecom/south/callback`;
  // The corp's first app, with its own keys, is pointed at the new office's address.
  expect(await world.simulator.setCallback({ callbackUrl: wrongDoor })).toMatchObject({ ok: false });
  const [row] = await world.app.store.query<{ all: string }>(
    'select string_agg(t::text, chr(10)) as all from office_credential t',
  );
  expect(row?.all).toContain(corpId);
  for (const secret of [SOUTH.secret, SOUTH.token, SOUTH.encodingAesKey])
    expect(row?.all).not.toContain(secret);
  // A process that starts knows it at once, before anybody calls.
  const { store } = world.app;
  const { config, clock } = world;
  if (!config.wecom || config.appSecret === null) throw new Error('the fixture has both');
  const offices = await openOffices(
    { ...config, slug: config.office, wecom: config.wecom, name: '', short: '' },
    {
      ...{ store, log: createLog({ level: 'silent' }), now: clock.now },
      tokens: createTokenStore(store, config.appSecret),
      sealer: createSealer(config.appSecret, 'phone'),
      credentials: createCredentialStore(store, config.appSecret),
    },
  );
  offices.close();
  expect(offices.bySlug('south')?.corpId).toBe(corpId);
});

test('everything sealed is sealed anew under another secret, or nothing is', async () => {
  const world = await openWorld();
  const { store } = world.app;
  const sealed = await store.query<{ table: string; column: string }>(
    `select table_name as "table", column_name as "column" from information_schema.columns
     where table_schema = 'public' and column_name like '%sealed%' order by 1`,
  );
  const known = [...SEALED, ...DROPPED].map(({ table, column }) => ({ table, column }));
  expect(known.sort((a, b) => a.table.localeCompare(b.table))).toEqual(sealed);

  const before = world.config.appSecret ?? '';
  const sealer = createSealer(before, 'phone');
  for (const { id } of await store.query<{ id: string }>('select id from person limit 5'))
    await store.query('update person set phone_sealed = $2 where id = $1', [id, sealer.seal('13800000001')]);
  const phones = () =>
    store.query<{ sealed: string }>(
      'select phone_sealed as sealed from person where phone_sealed is not null order by id',
    );
  const old = await phones();
  expect(old).toHaveLength(5);
  await expect(reseal(store, 'not the secret', 'another secret')).rejects.toMatchObject({
    code: 'config.unusable',
  });
  expect(await phones()).toEqual(old);

  const env = { ...envOf(world), APP_SECRET: 'another secret', APP_SECRET_BEFORE: before };
  const done = await dudao(['reseal'], env);
  expect(done.said).toContain(String(old.length));
  expect((await phones()).some(({ sealed: one }) => old.some((was) => was.sealed === one))).toBe(false);
  expect((await dudao(['reseal'], env)).said).toContain('0 项');
  const out = join(await folder(), 'out.json');
  expect(await dudao(['export', out], { ...env, APP_SECRET_BEFORE: '' })).toMatchObject({ code: 0 });
  expectSentence(await dudao(['reseal'], { ...env, APP_SECRET_BEFORE: env.APP_SECRET }), /相同/);
});
