// A process with an embedded server, for tests that stop or kill it: prints one line of JSON when it is up, or why not.
import { startEmbedded } from '../../../src/store/embedded.ts';

const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);
const log = { info: () => {}, warn: () => {}, error: () => {} };

try {
  const { url, fresh, stop } = await startEmbedded({ dataDir: process.argv[2] ?? '', log });
  const end = () => void stop().then(() => process.exit(0));
  process.on('SIGTERM', end).on('SIGINT', end);
  setInterval(() => {}, 1_000);
  say({ url, fresh });
} catch (err) {
  say({ error: err instanceof Error ? err.message : String(err) });
  process.exit(1);
}
