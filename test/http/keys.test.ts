// The key of a group robot is typed once: after that it stands nowhere in the clear, in no table, no file, no log and on no page.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hushed, withoutKeys } from '../../src/http/keys.ts';
import { createSealer } from '../../src/store/seal.ts';
import { parseInbound } from '../../src/wecom/inbound.ts';
import { until } from '../support/until.ts';
import { openWorld, ROBOT_KEY } from '../support/world.ts';

const ADDRESS = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${ROBOT_KEY}`;
const envelope = (content: string, escaped = false) => {
  const written = escaped ? content.replaceAll('&', '&amp;') : `<![CDATA[${content}]]>`;
  const xml = `<xml><ToUserName>ww1</ToUserName><FromUserName>chen</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>${written}</Content><MsgId>1</MsgId><AgentID>1</AgentID></xml>`;
  return { office: 'main', xml, inbound: parseInbound(xml), dedupKey: 'k', receivedAt: new Date(0) };
};
const sealer = createSealer('a secret', 'robot');
const seal = (key: string) => sealer.seal(key);

test.each([
  ['the address', `登记群机器人 ${ADDRESS} 叫 校长群`, false],
  ['the key alone', ROBOT_KEY, false],
  ['the key in capitals', ROBOT_KEY.toUpperCase(), false],
  ['an address with more in it', `登记 ${ADDRESS.replace('?key', '?debug=1&key')}。`, true],
  ['a key of another shape', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc_DEF-123', false],
])('%s is sealed in the words and in the envelope', (_, typed, escaped) => {
  const key = /key=([\w-]+)/.exec(typed)?.[1] ?? typed;
  const quiet = hushed(envelope(typed, escaped), seal);
  expect(JSON.stringify(quiet)).not.toContain(key);
  const content = quiet.inbound.kind === 'text' ? quiet.inbound.content : '';
  const sealed = /v1\.[\w-]+/u.exec(content)?.[0] ?? '';
  expect(sealer.open(sealed)).toBe(key);
  // Out of the disk it comes as it went in, and a second time changes nothing.
  const revived = parseInbound(quiet.xml);
  expect(revived.kind === 'text' && revived.content).toContain(sealed);
  expect(hushed(quiet, seal)).toBe(quiet);
  expect(JSON.stringify(withoutKeys(quiet.inbound))).not.toContain(sealed);
});

test.each(['今天去了一中', '登记群机器人', '编号 693a91f6-7a4c', 'https://example.com/webhook/send?key=1'])(
  'nothing is done to: %s',
  (typed) => {
    const said = envelope(typed);
    expect(hushed(said, seal)).toBe(said);
  },
);

test('registered in chat: the key stands in no table and no file of the bot', async () => {
  const world = await openWorld();
  const chen = world.person('小陈');
  await chen.says(`登记群机器人 ${ADDRESS} 叫 校长群`);
  await chen.sees(/登记群机器人待确认/);
  await chen.says('确认');
  await chen.sees(/可用/);
  const { store } = world.app;
  const tables = await store.query<{ name: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(30);
  const holding: string[] = [];
  for (const { name } of tables) {
    const [row] = await store.query(`select 1 from ${name} t where t::text ilike '%' || $1 || '%' limit 1`, [
      ROBOT_KEY,
    ]);
    if (row) holding.push(name);
  }
  expect(holding).toEqual([]);
  const files = readdirSync(world.config.dataDir, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(world.config.dataDir, file)).isFile(),
  );
  expect(files.filter((file) => readFileSync(join(world.config.dataDir, file)).includes(ROBOT_KEY))).toEqual(
    [],
  );
  // Sealed it is kept in one place, and goes when the robot goes.
  const kept = () => store.query<{ sealed: string | null }>(`select key_sealed as sealed from group_robot`);
  expect((await kept())[0]?.sealed).toMatch(/^v1\./);
  const [inbox] = await store.query<{ content: string }>(
    `select message->>'content' as content from inbox where message->>'content' like '%叫 校长群%'`,
  );
  expect(inbox?.content).toBe('登记群机器人 〔密钥已隐去〕 叫 校长群');
  await chen.says('移除群机器人 校长群');
  await chen.sees(/移除群机器人待确认/);
  await chen.says('确认');
  await until('the key is wiped', async () => (await kept())[0]?.sealed === null);
});
