// A bot's door in a process of its own, for tests that kill it: takes envelopes over IPC and says what the platform would hear.
import { acceptor, type Envelope, GIVE_BACK } from '../../../src/http/accept.ts';
import { openSpool } from '../../../src/http/spool.ts';
import { oneAtATime } from '../../../src/http/turns.ts';
import { createLog } from '../../../src/log.ts';
import { openSpoolFiles } from '../../../src/store/spool.ts';
import { openStore } from '../../../src/store/store.ts';
import { dedupKey, parseInbound } from '../../../src/wecom/inbound.ts';

/** One delivery by the platform: which, and what is in it. */
export interface Delivery {
  at: number;
  office: string;
  xml: string;
  receivedAt: string;
}

/** `kept`: the platform heard 200 and will not ask again. */
export interface Heard {
  at: number;
  kept: boolean;
}

const [dir = '', url = ''] = process.argv.slice(2);
const log = createLog({ level: 'silent' });
const store = await openStore({ url, poolSize: 4 });
const queue = oneAtATime();
const run = async () => {
  await store.query('select 1');
  throw new Error('the database was to be away');
};
const spool = openSpool({
  files: await openSpoolFiles({ dir, log }),
  run,
  queue,
  probe: async () => false,
  tellLate: async () => {},
  log,
});
const accept = acceptor({ hush: (envelope) => envelope, run, spool, queue, count: () => {}, log });

process.on('message', (delivery: Delivery) => {
  const { at, office, xml, receivedAt } = delivery;
  const inbound = parseInbound(xml);
  const envelope: Envelope = {
    office,
    xml,
    inbound,
    dedupKey: dedupKey(inbound, xml),
    receivedAt: new Date(receivedAt),
  };
  accept(envelope, performance.now()).then(
    (answer) => process.send?.({ at, kept: answer !== GIVE_BACK } satisfies Heard),
    () => process.send?.({ at, kept: false } satisfies Heard),
  );
});
process.send?.('open');
