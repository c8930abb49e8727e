// PostgreSQL refuses to run as root. Started by root, the server runs as another account; by anybody else, as himself.
import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { folderFault } from '../sentences.ts';

const run = promisify(execFile);

export interface Account {
  /** For spawn(); absent when the server runs as the user who started us. */
  ids: { uid: number; gid: number } | undefined;
  /** What stands before every program of PostgreSQL; it drops root itself when it is not empty. */
  prefix: string[];
}

/** `folder` may already belong to somebody; then the server runs as that one. */
export async function serverAccount(folder: string, programs: string): Promise<Account> {
  if (process.getuid?.() !== 0) return { ids: undefined, prefix: [] };
  const owner = await stat(folder).catch(() => undefined);
  const ids = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await accountForRoot();
  const closed = (await closedAbove(folder, ids)) ?? (await closedAbove(programs, ids));
  if (!closed) return { ids, prefix: [] };
  // The way leads through a folder that only root may enter (/root, say). The server keeps that one right of root's.
  const prefix = [
    'setpriv',
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--',
  ];
  const able = await run('setpriv', [...prefix.slice(1), 'true']).then(
    () => true,
    () => false,
  );
  if (able) return { ids, prefix };
  throw folderFault(
    `PostgreSQL cannot run as root, and the account it runs as instead cannot enter ${closed}. Start Dudao as an ordinary user, or "chmod o+x ${closed}", or set DATABASE_URL.`,
    { why: 'closed', closed },
  );
}

async function accountForRoot(): Promise<{ uid: number; gid: number }> {
  const known = await lookUp('postgres');
  if (known) return known;
  await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(() => {});
  const account = (await lookUp('postgres')) ?? (await lookUp('nobody'));
  if (account) return account;
  throw folderFault(
    'PostgreSQL cannot run as root and there is no other account. Start Dudao as an ordinary user.',
    { why: 'no-account' },
  );
}

async function lookUp(name: string): Promise<{ uid: number; gid: number } | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const [, , uid, gid] =
    passwd
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** The first folder above `path` that the account may not enter. */
async function closedAbove(
  path: string,
  { uid, gid }: { uid: number; gid: number },
): Promise<string | undefined> {
  for (let above = dirname(resolve(path)); ; above = dirname(above)) {
    const { mode, uid: owner, gid: group } = await stat(above);
    const mayEnter = owner === uid ? mode & 0o100 : group === gid ? mode & 0o010 : mode & 0o001;
    if (!mayEnter) return above;
    if (above === dirname(above)) return undefined;
  }
}
