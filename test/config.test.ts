// Settings are read once; every fault is named at a time, in the operator's language, and no value is ever shown.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { settings } from '../src/config/variables.ts';
import { type Environment, readConfig } from '../src/config.ts';
import { AppError } from '../src/errors.ts';
import { locales, operatorTexts, projectRoot } from '../src/operator.ts';

const corp = {
  WECOM_CORP_ID: 'ww0123456789abcdef',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'topsecretofthecorp',
  WECOM_TOKEN: 'QDG6eK',
  WECOM_ENCODING_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};

function complaint(env: Environment, needs?: { wecom?: boolean }): string {
  try {
    readConfig(env, needs);
  } catch (error) {
    if (error instanceof AppError && error.code === 'config.unusable') return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

test('nothing configured is a configuration', () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    port: 3000,
    simulatorPort: 3100,
    office: 'main',
    locale: 'zh-CN',
    wecom: null,
  });
  expect(config.dataDir).toMatch(/[/\\]\.data$/);
  expect(config.apiBase).toBe('https://qyapi.weixin.qq.com');
});

test('an empty variable is one that is not set, and addresses lose their last slash', () => {
  const config = readConfig({
    REDIS_URL: '',
    DATABASE_URL: '  ',
    PUBLIC_URL: 'https://bot.example.cn/',
    ...corp,
  });
  expect(config).toMatchObject({ redisUrl: null, databaseUrl: null, publicUrl: 'https://bot.example.cn' });
  expect(config.wecom?.agentId).toBe(1000002);
});

describe.each(locales)('in %s', (locale) => {
  const wrong: Environment = {
    LOCALE: locale,
    PORT: '70000',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    REDIS_URL: 'localhost:6379',
    OFFICE: 'Main Office',
    WECOM_CORP_ID: 'ww 1',
    WECOM_AGENT_ID: 'agent-seven',
    WECOM_SECRET: 'two words',
    WECOM_TOKEN: 'no-hyphens-please',
    WECOM_ENCODING_AES_KEY: 'tooshortforakey',
    WECOM_API_BASE: 'ftp://x.y',
    PUBLIC_URL: 'bot.example',
    APP_SECRET: 'sesame',
    LOG_LEVEL: 'verbose',
  };

  test('every fault is named at a time, with what to write instead, and no value is shown', () => {
    const said = complaint(wrong);
    for (const [name, value] of Object.entries(wrong)) {
      if (name === 'LOCALE') continue;
      expect(said).toContain(`  ${name}: ${operatorTexts(locale).say(`config.${name}`)}`);
      expect(said).not.toContain(value);
    }
  });

  test('a corp of which some is missing, and one that a command needs', () => {
    const { WECOM_TOKEN, ...rest } = corp;
    expect(complaint({ LOCALE: locale, ...rest })).toMatch(/WECOM_TOKEN/);
    expect(complaint({ LOCALE: locale, ...rest })).not.toMatch(/WECOM_SECRET/);
    const said = complaint({ LOCALE: locale }, { wecom: true });
    for (const name of Object.keys(corp)) expect(said).toContain(name);
  });
});

test('the smart robot works in one of two ways, whole', () => {
  const callback = { WECOM_AIBOT_TOKEN: 'QDG6eK', WECOM_AIBOT_ENCODING_AES_KEY: corp.WECOM_ENCODING_AES_KEY };
  const connection = { WECOM_AIBOT_ID: 'aib1', WECOM_AIBOT_SECRET: 'topsecretoftherobot' };
  expect(readConfig(corp).aibot).toBeNull();
  expect(readConfig({ ...corp, ...callback, WECOM_AIBOT_NAME: '督导助手' }).aibot).toMatchObject({
    name: '督导助手',
    mode: { by: 'callback', token: 'QDG6eK' },
  });
  expect(readConfig({ ...corp, ...connection }).aibot).toMatchObject({
    id: 'aib1',
    mode: { by: 'connection', url: 'wss://openws.work.weixin.qq.com' },
  });
  expect(complaint({ ...corp, WECOM_AIBOT_ID: 'aib1' })).toMatch(/WECOM_AIBOT_SECRET: 未填写/);
  expect(complaint({ ...corp, WECOM_AIBOT_TOKEN: 'QDG6eK' })).toMatch(/WECOM_AIBOT_ENCODING_AES_KEY: 未填写/);
  const both = complaint({ ...corp, ...callback, ...connection });
  expect(both).toMatch(/只能用一种方式/);
  expect(both).not.toMatch(/topsecret/);
  expect(complaint(connection)).toMatch(/WECOM_CORP_ID: 未填写/);
});

test('the contact-sync helper: its secret, its callback, or both, and a callback is whole', () => {
  const callback = {
    WECOM_CONTACTS_TOKEN: 'QDG6eK',
    WECOM_CONTACTS_ENCODING_AES_KEY: corp.WECOM_ENCODING_AES_KEY,
  };
  expect(readConfig(corp).contacts).toBeNull();
  expect(readConfig({ ...corp, WECOM_CONTACTS_SECRET: 'ids-only' }).contacts).toEqual({
    secret: 'ids-only',
    callback: null,
  });
  expect(readConfig({ ...corp, ...callback }).contacts).toMatchObject({
    secret: null,
    callback: { token: 'QDG6eK' },
  });
  expect(complaint({ ...corp, WECOM_CONTACTS_TOKEN: 'QDG6eK' })).toMatch(
    /WECOM_CONTACTS_ENCODING_AES_KEY: 未填写/,
  );
  expect(complaint(callback)).toMatch(/WECOM_CORP_ID: 未填写/);
});

test('.env.example explains exactly the variables there are', () => {
  const lines = readFileSync(`${projectRoot}.env.example`, 'utf8').split('\n');
  const named = lines.flatMap((line) => /^# ([A-Z][A-Z0-9_]+)=/.exec(line)?.[1] ?? []);
  expect(named.toSorted()).toEqual(Object.keys(settings.shape).toSorted());
  // Copied as it is, it changes nothing.
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
});

test('both languages have the same sentences, with the same places to fill', () => {
  const [one, other] = locales.map((locale) => {
    const table: Record<string, string> = parse(
      readFileSync(`${projectRoot}bot-scripts/texts/${locale}/operator.yaml`, 'utf8'),
    );
    return Object.entries(table).map(([key, text]) => {
      const places = [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name);
      return `${key} ${[...new Set(places)].sort().join(',')}`;
    });
  });
  expect(one?.toSorted()).toEqual(other?.toSorted());
});
