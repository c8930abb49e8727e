// One flow against the code: its action and roles, how it is begun, and which texts it must and may have.
import { safeParse, type z } from 'zod';
import { ERROR_CODES } from '../../errors.ts';
import type { Fault, Told } from '../../yaml.ts';
import { EVERYWHERE, ON_CONFIRM, ON_REFUSAL } from './common.ts';
import type { ReadScripts } from './read.ts';
import type { ScriptsNeed } from './scripts.ts';
import type { Flow } from './shapes.ts';

/** A text that must stand there. */
export const MISSING: Told = { message: 'is missing', code: 'missing' };

/** What a text may name; `undefined`: nobody can tell, its action being unknown. */
export type Variables = ReadonlySet<string> | undefined;

/** Tells what is wrong with a flow. Gives the keys its texts may have, each with the variables that it may name. */
export function checkFlow(
  read: ReadScripts,
  flow: Flow,
  need: ScriptsNeed,
  faults: Fault[],
): Map<string, Variables> {
  checkRefers(read, flow, need, faults);
  const action = need.actions.get(flow.do);
  for (const locale of read.texts.keys()) {
    if (read.leftOut.has(`texts/${locale}/${flow.flow}.yaml`)) continue;
    const have = read.texts.get(locale)?.get(flow.flow);
    for (const key of mustHave(flow, action?.says))
      if (!have?.has(key))
        faults.push({ file: `texts/${locale}/${flow.flow}.yaml`, line: 1, key, ...MISSING });
  }
  return mayHave(read, flow, action);
}

/** What the flow names outside itself is there, and somebody can begin it. */
function checkRefers(read: ReadScripts, flow: Flow, need: ScriptsNeed, faults: Fault[]): void {
  const at = (path: string[], message: string) =>
    faults.push({
      file: `flows/${flow.flow}.yaml`,
      line: read.flowFiles.get(flow.flow)?.lineOf(path) ?? 1,
      key: path.join('.'),
      message,
    });
  const action = need.actions.get(flow.do);
  if (!action)
    at(['do'], `there is no action "${flow.do}"; there are: ${[...need.actions.keys()].join(', ')}`);
  for (const role of flow.roles)
    if (action && !action.roles.includes(role))
      at(['roles'], `the action ${flow.do} is not for the role ${role}`);
  const unknown = [...read.leftOut].some((file) => file.startsWith('texts/')); // its commands or button may stand there
  const reached =
    unknown ||
    flow.intents.length > 0 ||
    hasCommands(read, flow.flow) ||
    startedSomewhere(read, flow.flow, need);
  if (!reached)
    at(['intents'], 'nobody can begin this flow: it has no intent, no commands, and no button starts it');
  for (const code of Object.keys(flow.otherwise))
    if (!REFUSALS.has(code))
      at(['otherwise', code], `no action refuses with "${code}"; there are: ${ERROR_CODES.join(', ')}`);
  const lacks = action
    ? neededBy(action.input, flow.repeat).filter((name) => !Object.hasOwn(flow.slots, name))
    : [];
  if (lacks.length > 0)
    at(['slots'], `the action ${flow.do} needs ${lacks.join(', ')}, and no slot gives it`);
  if (flow.tells && flow.confirm !== false) at(['tells'], 'what only tells has nothing to confirm');
  for (const [name, spec] of Object.entries(flow.slots))
    for (const other of Object.keys(spec.when ?? {}))
      if (!Object.hasOwn(flow.slots, other)) at(['slots', name, 'when', other], 'there is no such slot');
}

const REFUSALS: ReadonlySet<string> = new Set(ERROR_CODES);

/** What the action cannot do without; of a flow that repeats, of each row. */
function neededBy(input: z.core.$ZodType, repeat: boolean): string[] {
  const shape = shapeOf(input);
  const rows = repeat ? shape.rows : undefined;
  return Object.entries(rows ? shapeOf(rows) : shape).flatMap(([name, one]) =>
    safeParse(one, undefined).success ? [] : [name],
  );
}

/** The parts of an object, or of what a list of them holds; none of anything else. */
function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  const { def } = schema._zod as { def: z.core.$ZodTypes['_zod']['def'] }; // the closed list of kinds that zod has
  if (def.type === 'object') return def.shape;
  return def.type === 'array' ? shapeOf(def.element) : {};
}

/** `says`: the action ends in one of several ways, and each has a text. */
function mustHave(flow: Flow, says: readonly string[] | undefined): string[] {
  const asked = Object.entries(flow.slots).filter(([, spec]) => !spec.optional && !spec.default);
  return [
    'title',
    ...(says ? says.map((one) => `done.${one}`) : ['done']),
    ...(flow.confirm === false ? [] : ['confirm']),
    ...(flow.tells === 'counts' ? ['in-group'] : []),
    ...Object.values(flow.otherwise),
    ...asked.map(([name]) => `${name}.ask`),
  ];
}

function mayHave(
  read: ReadScripts,
  flow: Flow,
  action: ReturnType<ScriptsNeed['actions']['get']>,
): Map<string, Variables> {
  const slots = Object.keys(flow.slots);
  const vars = new Set([...slots, ...EVERYWHERE]);
  const done = action && new Set([...vars, ...Object.keys(action.result.shape)]);
  const texts = new Map<string, Variables>([
    ['title', vars],
    ['examples', new Set()],
    ['commands', new Set()],
    ['done', done],
    ...(action?.says ?? []).map((one) => [`done.${one}`, done] as const),
    ['tapped', vars],
    ['edit', vars],
    ...(flow.tells === 'counts' ? [['in-group', done] as const] : []),
  ]);
  // A button of its card may tell more: `show:<what>` says the text `show.<what>`.
  for (const files of read.texts.values())
    for (const key of files.get(flow.flow)?.keys() ?? []) if (key.startsWith('show.')) texts.set(key, vars);
  if (flow.confirm !== false)
    for (const key of ['confirm', 'brief']) texts.set(key, new Set([...vars, ...ON_CONFIRM]));
  for (const name of slots) {
    texts.set(`${name}.ask`, new Set([...vars, 'choices', 'several']));
    texts.set(`${name}.retry`, new Set([...vars, 'choices', 'several']));
  }
  for (const key of Object.values(flow.otherwise)) texts.set(key, new Set([...vars, ...ON_REFUSAL]));
  return texts;
}

function hasCommands(read: ReadScripts, flow: string): boolean {
  return [...read.texts.values()].some((files) => files.get(flow)?.has('commands'));
}

/** By an act that leads to it, or by a button of any card. */
function startedSomewhere(read: ReadScripts, flow: string, need: ScriptsNeed): boolean {
  if ([...need.actions.values()].some(({ leadsTo }) => leadsTo?.includes(flow))) return true;
  const values = [...read.texts.values()].flatMap((files) =>
    [...files.values()].flatMap((texts) => [...texts.values()]),
  );
  const cards = values.flatMap((value) =>
    typeof value === 'object' && !Array.isArray(value) ? [value] : [],
  );
  return cards.some(({ buttons }) => buttons?.some(({ key }) => key.startsWith(`start:${flow}`)));
}
