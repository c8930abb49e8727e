// A notice to a hundred thousand: receivers planned a second, receivers a second handed to a platform that answers in 50 ms, and memory.
// `--people N` (100000), `--ms N` (50): the platform's answer. The platform counts who was told how often, and says so.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { casts } from '../../src/app/casts.ts';
import { CAST } from '../../src/delivery/cast.ts';
import { createDelivery } from '../../src/delivery/drain.ts';
import { planNotices } from '../../src/jobs/notices.ts';
import { startEmbedded } from '../../src/store/embedded.ts';
import { newId } from '../../src/store/ids.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/store.ts';
import { createWecomClient } from '../../src/wecom/client.ts';
import { memoryTokenStore } from '../../src/wecom/token.ts';
import { fillReceivers, INSPECTORS, NO_FILES, silent } from '../support/cast.ts';
import { noDigests } from '../support/no-digests.ts';
import { shippedTalk } from '../support/office.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { people: { type: 'string', default: '100000' }, ms: { type: 'string', default: '50' } },
  });
  const [people, answerMs] = [Number(values.people), Number(values.ms)];
  const dir = await mkdtemp(join(tmpdir(), 'dudao-broadcast-'));
  const server = await startEmbedded({ dataDir: dir, log: quiet });
  const store = await openStore({ url: server.url });
  const platform = await slowPlatform(answerMs);
  const now = () => new Date();
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  try {
    await migrate(server.url);
    const { officeId } = await fillReceivers(store, people);
    const [author] = await store.query<{ id: string }>('select id from person limit 1');
    const { scripts } = shippedTalk();
    const words = casts({ scripts: () => scripts, locale: 'zh-CN', now });
    const before = process.memoryUsage().rss;
    const id = newId();
    await store.query(
      `insert into supervision_notice (id, office_id, author_id, audience, content, receipt, attachments, state, send_at, created_at)
       values ($1, $2, $3, $4, '3月20日(周五)停水，请储水。', true, '{}', 'sending', now(), now())`,
      [id, officeId, author?.id, JSON.stringify(INSPECTORS)],
    );
    const planning = performance.now();
    await planNotices({ ...{ store, now, log: silent, jobs: { ringAll: async () => true } }, ...words });
    const planned = people / ((performance.now() - planning) / 1_000);

    const bare = performance.now();
    await store.query('create table bare (like notice_receipt including all)');
    for (let chunk = 1; chunk <= Math.ceil(people / 1_000); chunk += 1)
      await store.query('insert into bare select * from notice_receipt where chunk = $1', [chunk]);
    const ceiling = people / ((performance.now() - bare) / 1_000);

    const client = createWecomClient({
      ...{ base: platform.url, timeoutMs: 10_000, corpId: 'ww1', agentId: 1, secret: 's' },
      tokens: memoryTokenStore(),
    });
    const delivery = createDelivery({
      ...{ store, files: NO_FILES, now, log: silent, random: () => 0, wordDigest: noDigests },
      clientFor: () => client,
    });
    const sending = performance.now();
    await delivery.drain(officeId, CAST);
    const handed = people / ((performance.now() - sending) / 1_000);
    const [done] = await store.query<{ n: number }>(
      `select count(*)::int as n from notice_receipt where state = 'sent'`,
    );
    const lane = (1_000 / answerMs) * 1_000;
    const line = (what: string, value: string) =>
      process.stdout.write(`${what.padEnd(44)}${value.padStart(12)}\n`);
    process.stdout.write(
      `${people} receivers, a platform that answers in ${answerMs} ms, ${cpus().length} cores\n`,
    );
    line('receivers planned per second', planned.toFixed(0));
    line('  a bare INSERT … SELECT of each chunk', ceiling.toFixed(0));
    line('  share', (planned / ceiling).toFixed(3));
    line('receivers handed over per second', handed.toFixed(0));
    line('  one call after the other, nothing else', lane.toFixed(0));
    line('  share', (handed / lane).toFixed(3));
    line('told once / twice / written as sent', `${platform.once()} / ${platform.more()} / ${done?.n ?? 0}`);
    line('memory at the start and at most (MB)', `${mb(before)} / ${mb(most)}`);
  } finally {
    clearInterval(watch);
    await store.close();
    await server.stop();
    await platform.close();
    await rm(dir, { recursive: true, force: true });
  }
}

const mb = (bytes: number) => Math.round(bytes / 1024 / 1024);

/** Answers as the platform does, late, and keeps for each userid how often it was among the receivers. */
async function slowPlatform(ms: number) {
  const told = new Map<string, number>();
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => {
      body += data.toString();
    });
    request.on('end', () => {
      const isSend = request.url?.startsWith('/cgi-bin/message/send') ?? false;
      if (isSend)
        for (const user of String(JSON.parse(body).touser).split('|'))
          told.set(user, (told.get(user) ?? 0) + 1);
      const answer = isSend
        ? { errcode: 0, errmsg: 'ok', msgid: newId(), response_code: 'rc' }
        : { errcode: 0, errmsg: 'ok', access_token: 't', expires_in: 7200 };
      setTimeout(
        () => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer)),
        ms,
      );
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    once: () => [...told.values()].filter((times) => times === 1).length,
    more: () => [...told.values()].filter((times) => times > 1).length,
    close: () => new Promise((resolve) => http.close(resolve)),
  };
}
