// Keeps the simulator's memory in one JSON file, so that a demo still has its chats tomorrow. Written whole, then renamed.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Menu, Person } from './api.ts';
import type { Chat } from './chats.ts';
import type { Group } from './groups.ts';
import type { MediaItem } from './media.ts';
import type { SentDump } from './sent.ts';
import type { World } from './world.ts';

const VERSION = 1;
const DEBOUNCE_MS = 1000;

interface SnapshotFile {
  version: number;
  corpId: string;
  /** A clock that was moved stays moved, or the chats would lie in the future. */
  offsetMs: number;
  people: Person[];
  menus: { agentId: number; menu: Menu | null }[];
  chats: { lastSeq: number; chats: Chat[] };
  groups: Group[];
  sent: SentDump;
  media: MediaItem[];
}

export interface Snapshot {
  /** Writes soon; many calls are one write. */
  touch(): void;
  writeNow(): void;
  close(): void;
}

/** Reads the file when it is there, and writes it a moment after each change, whole or not at all. */
export function openSnapshot(world: World, file: string): Snapshot {
  restore(world, file);
  let timer: NodeJS.Timeout | null = null;
  const write = () => {
    timer = null;
    mkdirSync(dirname(file), { recursive: true });
    const half = `${file}.${process.pid}.tmp`;
    writeFileSync(half, JSON.stringify(dump(world)));
    renameSync(half, file);
  };
  const attempt = () => {
    try {
      write();
    } catch (err) {
      world.log.warn({ err, file }, 'the simulator cannot keep its state; it goes on in memory');
    }
  };
  return {
    touch() {
      if (timer !== null) return;
      timer = setTimeout(attempt, DEBOUNCE_MS);
      timer.unref();
    },
    writeNow: attempt,
    close() {
      if (timer !== null) clearTimeout(timer);
      attempt();
    },
  };
}

function dump(world: World): SnapshotFile {
  return {
    version: VERSION,
    corpId: world.directory.corp().corpId,
    offsetMs: world.clock.offset(),
    people: world.directory.people(),
    menus: world.directory.apps().map(({ agentId, menu }) => ({ agentId, menu })),
    chats: world.chats.dump(),
    groups: world.groups.dump(),
    sent: world.sent.dump(),
    media: world.media.dump(),
  };
}

/** Takes back what was kept; a damaged file or another corp's is set aside, never fatal. */
function restore(world: World, file: string): void {
  if (!existsSync(file)) return;
  let kept: SnapshotFile;
  try {
    // Our own file: version and corp are checked, the rest is as `dump` wrote it.
    kept = JSON.parse(readFileSync(file, 'utf8')) as SnapshotFile;
  } catch (err) {
    renameSync(file, `${file}.damaged`);
    world.log.warn({ err, file }, 'the kept state of the simulator was damaged and is set aside');
    return;
  }
  if (kept.version !== VERSION || kept.corpId !== world.directory.corp().corpId) {
    world.log.warn({ file }, 'the kept state of the simulator belongs to another corp or version: not used');
    return;
  }
  const move = kept.offsetMs - world.clock.offset();
  if (Math.abs(move) > 1000) world.clock.advance(move);
  for (const person of kept.people) {
    const known = world.directory.person(person.userId);
    // Names and departments are the roster's; what happened to somebody here is ours.
    if (known === undefined) world.directory.addPerson(person);
    else Object.assign(known, { status: person.status, hiddenFrom: person.hiddenFrom });
  }
  for (const { agentId, menu } of kept.menus) {
    const app = world.directory.app(agentId);
    if (app !== undefined) app.menu ??= menu;
  }
  world.media.restore(kept.media);
  world.groups.restore(kept.groups);
  world.chats.restore(kept.chats);
  world.sent.restore(kept.sent);
}
