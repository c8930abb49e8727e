// Durable turns per second through the front door, beside two ceilings of the same run: a bare Fastify that only decrypts and
// answers, and the turn's two statements without anything around them. `--turns N` (20000), `--connections N` (32), `--statements`
// (where PostgreSQL's time goes). BENCH_NODE: flags of Node for the bot, such as `--cpu-prof`.
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Fastify from 'fastify';
import { newId } from '../../src/store/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { accept, finish } from '../../src/store/turns.ts';
import { waitingSql } from '../../src/supervision/facts.ts';
import { createCallback } from '../../src/wecom/callback.ts';
import { replyXml } from '../../src/wecom/replies.ts';
import { cpuOf, cpuOfPostgres } from './cpu.ts';
import { drive, type Envelope, type Measured } from './load.ts';
import { MAIN, makeEnvelopes, openStage } from './stage.ts';
import { COUNTED, countStatements, printStatements } from './statements.ts';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { turns: { type: 'string' }, connections: { type: 'string' }, statements: { type: 'boolean' } },
  });
  const turns = Number(values.turns ?? 20_000);
  const connections = Number(values.connections ?? 32);
  const settings = values.statements ? COUNTED : {};
  const stage = await openStage({ settings });
  const { bot, store, dir } = stage;
  try {
    const envelopes = makeEnvelopes(turns);
    await drive(bot.url, makeEnvelopes(500), connections); // warm
    if (values.statements) await countStatements(store);
    const before = memoryOf(bot.process);
    const cpu = () => ({ bot: cpuOf(bot.process.pid ?? 0), postgres: cpuOfPostgres(join(dir, 'postgres')) });
    const cpuBefore = cpu();
    const measured = await drive(bot.url, envelopes, connections);
    const cpuAfter = cpu();
    const after = memoryOf(bot.process);
    const perTurn = {
      bot: ((cpuAfter.bot - cpuBefore.bot) * 1000) / turns,
      postgres: ((cpuAfter.postgres - cpuBefore.postgres) * 1000) / turns,
    };
    if (values.statements) await printStatements(store, turns);
    const echo = await bareEcho(makeEnvelopes(Math.min(turns, 20_000)), connections);
    const statements = await bareStatements(store, Math.min(turns, 5_000), connections);
    report({ turns, connections, measured, echo, statements, before, after, perTurn });
  } finally {
    await stage.close();
  }
}

/** The same door with nothing behind it: open the envelope, seal an answer. */
async function bareEcho(envelopes: Envelope[], connections: number): Promise<Measured> {
  const callback = createCallback(MAIN);
  const app = Fastify();
  app.addContentTypeParser('text/xml', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post<{ Body: string; Querystring: Record<string, string> }>(
    '/wecom/main/callback',
    async (request, reply) => {
      const { inbound } = callback.open(request.body, request.query as never); // the three names that the load sends
      const xml = replyXml(
        { kind: 'text', content: '收到' },
        { toUser: inbound.fromUser, corpId: MAIN.corpId, createTime: 1 },
      );
      const { timestamp = '', nonce = '' } = request.query;
      return reply.type('application/xml').send(callback.seal(xml, { timestamp, nonce }));
    },
  );
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const measured = await drive(url, envelopes, connections);
  await app.close();
  return measured;
}

/** The first and the last statement of a turn and its commit, and nothing between. */
async function bareStatements(store: Store, count: number, connections: number): Promise<number> {
  const [office] = await store.query<{ id: string }>(`select id from office where slug = 'main'`);
  const people = await store.query<{ userId: string }>(
    `select user_id as "userId" from person where 'inspector' = any(roles) order by user_key`,
  );
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    for (let at = next++; at < count; at = next++) {
      const now = new Date();
      const inboxId = newId();
      await store.transaction(async (tx) => {
        const accepted = await accept(
          tx,
          {
            inboxId,
            officeId: office?.id ?? '',
            dedupKey: createHash('sha256').update(inboxId).digest('hex'),
            userId: people[at % people.length]?.userId ?? '',
            kind: 'text',
            message: { content: '帮助' },
            receivedAt: now,
          },
          waitingSql(['inspector'], { numbered: false }),
          now.toISOString().slice(0, 10),
        );
        const conversation = (accepted.conversation ?? {}) as object; // whatever was there is written back
        const personId = accepted.sender?.id ?? null;
        finish(tx, { inboxId, personId, conversation, reply: '<xml/>', now, outbox: [] });
      });
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return count / ((performance.now() - started) / 1000);
}

/** What the process keeps in memory now, in MB. */
function memoryOf({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

function report(of: {
  turns: number;
  connections: number;
  measured: Measured;
  echo: Measured;
  statements: number;
  before: number;
  after: number;
  /** CPU milliseconds. */
  perTurn: { bot: number; postgres: number };
}): void {
  const { measured, echo, statements, before, after, perTurn } = of;
  const ratio = measured.perSecond / echo.perSecond;
  const aim = (words: string, met: boolean) => `(aim: ${words}${met ? '' : '; NOT met in this run'})`;
  const lines = [
    `${of.turns} durable turns over ${of.connections} connections, ${cpus().length} cores, PostgreSQL and load on the same machine`,
    `turns a second            ${measured.perSecond.toFixed(0)}   (refused: ${measured.refused})`,
    `p50 / p99                 ${measured.p50.toFixed(1)} ms / ${measured.p99.toFixed(1)} ms   ${aim('p99 at most 150 ms', measured.p99 <= 150)}`,
    `CPU a turn                ${perTurn.bot.toFixed(2)} ms bot, ${perTurn.postgres.toFixed(2)} ms PostgreSQL`,
    `bare echo a second        ${echo.perSecond.toFixed(0)}`,
    `turns / echo              ${ratio.toFixed(3)}   ${aim('at least 0.15', ratio >= 0.15)}`,
    `bare statements a second  ${statements.toFixed(0)}`,
    `turns / statements        ${(measured.perSecond / statements).toFixed(3)}`,
    `memory before / after     ${before.toFixed(0)} MB / ${after.toFixed(0)} MB   ${aim('below 250 MB', after < 250)}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
