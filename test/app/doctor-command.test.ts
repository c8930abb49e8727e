// `dudao doctor` with settings that cannot be used: the fault is named, all else is checked, and nothing is called unset that is set.
import { expect, test } from 'vitest';
import { dudao, folder } from '../support/command.ts';
import { CORP, platform } from '../support/platform.ts';

test('a key of the wrong length, a wrong address and half a store are named, and the corp is asked all the same', async () => {
  const { apiBase } = await platform();
  const { code, said } = await dudao(['doctor'], {
    ...CORP,
    WECOM_ENCODING_AES_KEY: CORP.WECOM_ENCODING_AES_KEY.slice(1),
    REDIS_URL: 'localhost:6379',
    S3_BUCKET: 'dudao',
    WECOM_AIBOT_ID: 'robot',
    WECOM_API_BASE: apiBase,
    DATA_DIR: await folder(),
    LOCALE: 'en',
  });
  expect(code).toBe(1);
  for (const named of ['WECOM_ENCODING_AES_KEY', 'REDIS_URL', 'S3_ENDPOINT', 'WECOM_AIBOT_SECRET'])
    expect(said).toMatch(new RegExp(`^ {2}${named}: `, 'm'));
  expect(said).toMatch(/ok {2}app secret: an access_token was given/);
  expect(said).toMatch(/ok {2}trusted IP/);
  for (const waits of ['Redis', 'EncodingAESKey', 'callback', 'smart robot', 'file store'])
    expect(said).toMatch(new RegExp(`skipped {2}${waits}: can be checked when`));
  expect(said).not.toMatch(/no REDIS_URL|no WECOM_AIBOT|no S3/);
});
