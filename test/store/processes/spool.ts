// A process that appends to a spool until it is killed, and prints the id of each entry that was acknowledged.
import { openSpoolFiles } from '../../../src/store/spool.ts';

const log = { warn: () => {}, error: () => {} };
const spool = await openSpoolFiles({ dir: process.argv[2] ?? '', log });
for (let n = 0; ; n += 1) {
  const batch = Array.from({ length: 20 }, (_, i) =>
    spool.append({ office: 'main', xml: `<xml>${n}-${i}</xml>`, receivedAt: new Date().toISOString() }),
  );
  const ids = await Promise.all(batch);
  process.stdout.write(`${ids.join('\n')}\n`);
  if (n % 3 === 0) {
    await spool.remove(ids[0] ?? '');
    process.stdout.write(`-${ids[0]}\n`);
  }
}
