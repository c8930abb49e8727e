// The scripts and the understander of a running bot: loaded and checked at start, read again when a file changes, and never
// worse than before: a faulty change is told and the last good one goes on.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Action } from '../supervision/act.ts';
import { type Fault, faultsOf, scriptsFaulty } from '../yaml.ts';
import { loadScripts, type Scripts } from './scripts/scripts.ts';
import { understanderOf } from './understand/shipped.ts';
import type { Understander } from './understand/types.ts';
import { wordFaults } from './understand/words.ts';

export interface Talk {
  scripts: Scripts;
  understander: Understander;
}

export interface LiveNeed {
  dir: string;
  actions: ReadonlyMap<string, Action>;
  notifications: Readonly<Record<string, z.ZodObject>>;
  /** A folder for what the examples taught, so that the next start need not learn it again. */
  cacheDir?: string;
}

export interface LiveTalk {
  current(): Talk;
  /** Reads everything again now. Faults: the last good one stays. */
  reload(): Fault[];
  close(): void;
}

/** Throws `scripts.faulty` with every fault when they cannot be used at start. */
export function openTalk(need: LiveNeed): Talk {
  const { talk, faults } = readTalk(need);
  if (talk) return talk;
  throw scriptsFaulty(faults);
}

/** All that the bot says and what it understands by, or everything that is wrong with either. */
function readTalk(need: LiveNeed): { talk: Talk; faults: [] } | { talk: null; faults: Fault[] } {
  const { scripts, faults } = loadScripts(need.dir, need);
  if (!scripts) return { talk: null, faults: [...faults, ...wordFaults(need.dir)] };
  try {
    return { talk: { scripts, understander: understanderOf(need.dir, need.cacheDir) }, faults: [] };
  } catch (err) {
    faultsOf(need.dir, err); // what is no fault of the files is thrown on
    return { talk: null, faults: wordFaults(need.dir) };
  }
}

/**
 * Looks for changes every `everyMs` (files are few, and watching is unreliable on network drives). `told` hears of each
 * reload: the faults, or none when the change took effect.
 */
export function liveTalk(need: LiveNeed & { everyMs?: number; told(faults: Fault[]): void }): LiveTalk {
  let talk = openTalk(need);
  let seen = stamp(need.dir);

  function reload(): Fault[] {
    seen = stamp(need.dir);
    const read = readTalk(need);
    if (read.talk) talk = read.talk;
    need.told(read.faults);
    return read.faults;
  }

  const timer = setInterval(() => {
    if (stamp(need.dir) !== seen) reload();
  }, need.everyMs ?? 2000);
  timer.unref();
  return { current: () => talk, reload, close: () => clearInterval(timer) };
}

/** Changes whenever a file is written, added or removed. */
function stamp(dir: string): string {
  const parts: string[] = [];
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:yaml|txt)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const { mtimeMs, size } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
    parts.push(`${path}:${mtimeMs}:${size}`);
  }
  return parts.sort().join('\n');
}
