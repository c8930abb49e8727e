// `dudao understand`: what the bot understood, as JSON, for one line or a file of lines; needs a roster file and no database.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { readText, scriptsFolder } from '../../yaml.ts';
import { inDossierShape } from './dossier.ts';
import { buildRoster, type RosterIndex } from './schools/roster.ts';
import { understanderOf } from './shipped.ts';
import type { Context, Sender, Understander } from './types.ts';

const rosterFile = z.object({
  office: z.object({ timezone: z.string().optional() }).optional(),
  areas: z.array(z.object({ code: z.string(), name: z.string(), town: z.string().optional() })).default([]),
  schools: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      kind: z.string().default(''),
      area: z.string().default(''),
      town: z.string().optional(),
      aliases: z.array(z.string()).default([]),
    }),
  ),
  people: z
    .array(
      z.object({
        userid: z.string(),
        name: z.string(),
        roles: z.array(z.string()),
        area: z.string().optional(),
        schools: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});
const line = z.object({ text: z.string(), role: z.string().optional(), as: z.string().optional() });

export interface LoadedRoster {
  index: RosterIndex;
  people: Array<Sender & { roles: string[] }>;
  timeZone: string;
}

/** Reads a roster of the shape of the fixture; throws `roster.faulty` with a sentence when it cannot. */
export function loadRoster(file: string): LoadedRoster {
  const read = rosterFile.safeParse(json(file));
  if (!read.success) {
    const faults = read.error.issues.slice(0, 20).map((i) => `${file}: ${i.path.join('.')}: ${i.message}`);
    throw new AppError('roster.faulty', 'never', { file }, { message: faults.join('\n') });
  }
  const { areas, schools, people, office } = read.data;
  const senders = people.map((p) => ({
    userId: p.userid,
    name: p.name,
    roles: p.roles,
    schools: p.schools,
    ...(p.area ? { areaCode: p.area } : {}),
  }));
  return {
    index: buildRoster({ schools, areas, people: senders }),
    people: senders,
    timeZone: office?.timezone ?? 'Asia/Shanghai',
  };
}

function json(file: string): unknown {
  const text = readText(file);
  const message = `The roster file ${file} cannot be read`;
  const why = (why: string, cause?: unknown) =>
    new AppError('roster.faulty', 'never', { why, file }, { cause, message });
  if (typeof text !== 'string') throw why(text.code === 'not-utf8' ? 'not-utf8' : 'no-file');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw why('not-json', cause);
  }
}

/**
 * An understander with the words and examples that ship with the package (or lie in `scriptsDir`); what they taught is kept in
 * `cacheDir`, if there is one.
 */
export function shippedUnderstander(scriptsDir = scriptsFolder, cacheDir?: string): Understander {
  return understanderOf(scriptsDir, cacheDir);
}

export interface UnderstandOptions {
  rosterFile: string;
  as?: string;
  role?: string;
  /** ISO instant; without it the machine's clock. */
  now?: string;
  jsonl?: string;
  text?: string;
  print: (line: string) => void;
}

/** Prints one JSON per line: `{ intent, slots, confidence, candidates, needs, … }`. */
export async function runUnderstand(options: UnderstandOptions): Promise<void> {
  const roster = loadRoster(options.rosterFile);
  const now = options.now ? new Date(options.now) : new Date();
  if (Number.isNaN(now.getTime()))
    throw asked(`--now ${options.now}: not an ISO time such as 2026-03-19T10:00+08:00`);
  if (!options.jsonl && !options.text?.trim())
    throw asked('Nothing to understand: give a text or --jsonl FILE.');
  if (options.jsonl && options.text?.trim()) throw asked('Give a text or --jsonl FILE, not both.');
  const answer = (one: z.infer<typeof line>) => {
    const sender = senderOf(roster, one.as ?? (one.role ? undefined : options.as), one.role ?? options.role);
    const context: Context = { roster: roster.index, sender, now, timeZone: roster.timeZone };
    options.print(JSON.stringify(inDossierShape(understander.understand(one.text, context))));
  };
  const body = options.jsonl ? contents(options.jsonl) : undefined;
  const understander = shippedUnderstander();
  if (body === undefined) return answer({ text: options.text ?? '' });
  const faults: string[] = [];
  body.split('\n').forEach((raw, i) => {
    if (!raw.trim()) return;
    try {
      answer(readLine(raw));
    } catch (cause) {
      // one faulty line must not keep the others from being answered
      if (!(cause instanceof AppError)) throw cause;
      faults.push(`${options.jsonl}:${i + 1}: ${cause.message}`);
    }
  });
  if (faults.length > 0) throw asked(faults.join('\n'));
}

/** What is wrong is not the roster but what was asked of it. */
function asked(message: string, cause?: unknown): AppError {
  return new AppError('roster.faulty', 'never', { why: 'asked' }, { cause, message });
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw asked(`The file ${file} cannot be read: ${why}`, cause);
  }
}

function readLine(raw: string): z.infer<typeof line> {
  try {
    return line.parse(JSON.parse(raw));
  } catch (cause) {
    throw asked('not a line like {"text":"…","role":"inspector"}', cause);
  }
}

/** The person who speaks: by user id, or the first who has the role; the first inspector when neither is given. */
export function senderOf(roster: LoadedRoster, as: string | undefined, role: string | undefined): Sender {
  const found = as
    ? roster.people.find((p) => p.userId.toLowerCase() === as.toLowerCase())
    : roster.people.find((p) => p.roles.includes(role ?? 'inspector'));
  if (found) return found;
  const who = as ? `a person with the user id ${as}` : `anyone with the role ${role ?? 'inspector'}`;
  throw asked(`The roster does not hold ${who}.`);
}
