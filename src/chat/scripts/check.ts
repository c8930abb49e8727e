// Checks what the loader read against what the code offers: every name, every text, every variable, every length, all at a time.
import { type Liquid, LiquidError } from 'liquidjs';
import { PAPER_WORDS } from '../../supervision/paper-words.ts';
import type { Fault } from '../../yaml.ts';
import { commandFault } from './commands.ts';
import { COMMON, EVERYWHERE, ON_CONFIRM, ON_REFUSAL } from './common.ts';
import { liquidFor } from './liquid.ts';
import type { ReadScripts } from './read.ts';
import type { ScriptsNeed } from './scripts.ts';
import type { Flow, TextValue } from './shapes.ts';

/** Longest text that a message carries, in UTF-8 bytes; longer is cut by the platform (90236). */
const TEXT_BYTES = 2048;
/** Parts of a card: what shows well, in characters, with room for what is filled in (90236, suggested lengths). */
const CARD_TITLE = 60;
const CARD_BODY_BYTES = 1500;
const BUTTON = 10;

/** What each file of texts must and may hold: key → the variables it may name. `null`: any key (terms, menu). */
type Expected = Map<string, Map<string, ReadonlySet<string>> | null>;

export function checkScripts(read: ReadScripts, need: ScriptsNeed, faults: Fault[]): void {
  const expected = expectedTexts(read, need, faults);
  const engine = liquidFor(
    'zh-CN',
    () => '',
    () => '2026-01-01',
  );
  for (const [locale, files] of read.texts) {
    checkKeys(read, locale, expected, faults);
    for (const [file, texts] of files) {
      const keys = expected.get(file);
      for (const [key, value] of texts) {
        const at = (message: string, sub: (string | number)[] = []) =>
          faults.push({
            file: `texts/${locale}/${file}.yaml`,
            line: lineOf(read, locale, file, [key, ...sub]),
            key,
            message,
          });
        checkText(value, engine, keys === null ? new Set<string>() : keys?.get(key), key, at);
      }
    }
  }
  checkLocales(read, faults);
}

function expectedTexts(read: ReadScripts, need: ScriptsNeed, faults: Fault[]): Expected {
  const expected: Expected = new Map([
    ['terms', null],
    ['menu', null],
    ['common', keysOf(COMMON)],
    ['papers', keysOf(PAPER_WORDS)],
  ]);
  for (const [key, shape] of Object.entries(need.notifications)) {
    const [file = '', ...rest] = key.split('.');
    const of = expected.get(file) ?? new Map<string, ReadonlySet<string>>();
    of.set(rest.join('.'), new Set([...Object.keys(shape.shape), ...EVERYWHERE]));
    expected.set(file, of);
  }
  for (const flow of read.flows.values()) expected.set(flow.flow, flowTexts(read, flow, need, faults));
  return expected;
}

function keysOf(texts: Readonly<Record<string, readonly string[]>>): Map<string, ReadonlySet<string>> {
  return new Map(Object.entries(texts).map(([key, vars]) => [key, new Set([...vars, ...EVERYWHERE])]));
}

function flowTexts(
  read: ReadScripts,
  flow: Flow,
  need: ScriptsNeed,
  faults: Fault[],
): Map<string, ReadonlySet<string>> {
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
  const reached =
    flow.intents.length > 0 || hasCommands(read, flow.flow) || startedSomewhere(read, flow.flow, need);
  if (!reached)
    at(['intents'], 'nobody can begin this flow: it has no intent, no commands, and no button starts it');
  if (flow.tells && flow.confirm !== false) at(['tells'], 'what only tells has nothing to confirm');
  const slots = Object.keys(flow.slots);
  for (const [name, spec] of Object.entries(flow.slots))
    for (const other of Object.keys(spec.when ?? {}))
      if (!slots.includes(other)) at(['slots', name, 'when', other], 'there is no such slot');

  const vars = new Set([...slots, ...EVERYWHERE]);
  const done = new Set([...vars, ...Object.keys(action?.result.shape ?? {})]);
  const texts = new Map<string, ReadonlySet<string>>([
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
  if (flow.confirm !== false) texts.set('confirm', new Set([...vars, ...ON_CONFIRM]));
  for (const name of slots) {
    texts.set(`${name}.ask`, new Set([...vars, 'choices', 'several']));
    texts.set(`${name}.retry`, new Set([...vars, 'choices', 'several']));
  }
  for (const key of Object.values(flow.otherwise)) texts.set(key, new Set([...vars, ...ON_REFUSAL]));
  for (const locale of read.texts.keys()) {
    const have = read.texts.get(locale)?.get(flow.flow);
    const must = [
      'title',
      ...(action?.says ? action.says.map((one) => `done.${one}`) : ['done']),
      ...(flow.confirm === false ? [] : ['confirm']),
      ...(flow.tells === 'counts' ? ['in-group'] : []),
      ...Object.values(flow.otherwise),
    ];
    for (const [name, spec] of Object.entries(flow.slots))
      if (!spec.optional && !spec.default) must.push(`${name}.ask`);
    for (const key of must)
      if (!have?.has(key))
        faults.push({ file: `texts/${locale}/${flow.flow}.yaml`, line: 1, key, message: 'is missing' });
  }
  return texts;
}

function hasCommands(read: ReadScripts, flow: string): boolean {
  return [...read.texts.values()].some((files) => files.get(flow)?.has('commands'));
}

function startedSomewhere(read: ReadScripts, flow: string, need: ScriptsNeed): boolean {
  if ([...need.actions.values()].some(({ leadsTo }) => leadsTo?.includes(flow))) return true;
  for (const files of read.texts.values())
    for (const texts of files.values())
      for (const value of texts.values())
        if (typeof value === 'object' && !Array.isArray(value))
          if (value.buttons?.some((button) => button.key.startsWith(`start:${flow}`))) return true;
  return false;
}

function checkKeys(read: ReadScripts, locale: string, expected: Expected, faults: Fault[]): void {
  const files = read.texts.get(locale);
  for (const [file, keys] of expected) {
    if (keys === null || read.flows.has(file)) continue; // a flow's own keys were asked for above
    for (const key of keys.keys())
      if (!files?.get(file)?.has(key))
        faults.push({ file: `texts/${locale}/${file}.yaml`, line: 1, key, message: 'is missing' });
  }
  for (const [file, texts] of files ?? []) {
    const keys = expected.get(file);
    if (keys === null) continue;
    if (keys === undefined) {
      faults.push({
        file: `texts/${locale}/${file}.yaml`,
        line: 1,
        key: '',
        message: 'nothing uses this file',
      });
      continue;
    }
    for (const key of texts.keys())
      if (!keys.has(key))
        faults.push({
          file: `texts/${locale}/${file}.yaml`,
          line: lineOf(read, locale, file, [key]),
          key,
          message: 'nothing uses this text; is the key misspelt?',
        });
  }
}

function lineOf(read: ReadScripts, locale: string, file: string, path: (string | number)[]): number {
  return read.textFiles.get(locale)?.get(file)?.lineOf(path) ?? 1;
}

type At = (message: string, sub?: (string | number)[]) => void;

function checkText(
  value: TextValue,
  engine: Liquid,
  vars: ReadonlySet<string> | undefined,
  key: string,
  at: At,
): void {
  if (typeof value === 'string') {
    checkTemplate(value, engine, vars, at);
    if (literalBytes(value) > TEXT_BYTES) at(`is longer than the ${TEXT_BYTES} bytes that a message carries`);
    return;
  }
  if (Array.isArray(value)) {
    if (key !== 'examples' && key !== 'commands') at('is a list; only examples and commands may be one');
    if (key === 'commands')
      for (const [index, pattern] of value.entries()) {
        const fault = commandFault(pattern);
        if (fault) at(fault, [index]);
      }
    return;
  }
  for (const part of ['title', 'desc', 'body'] as const)
    if (value[part] !== undefined) checkTemplate(value[part], engine, vars, (message) => at(message, [part]));
  if ([...literal(value.title)].length > CARD_TITLE)
    at(`a card's title shows ${CARD_TITLE} characters at most`, ['title']);
  if (literalBytes(value.body ?? '') > CARD_BODY_BYTES)
    at(`a card's body holds ${CARD_BODY_BYTES} bytes at most`, ['body']);
  for (const [index, button] of (value.buttons ?? []).entries()) {
    checkTemplate(button.key, engine, vars, (message) => at(message, ['buttons', index, 'key']));
    checkTemplate(button.text, engine, vars, (message) => at(message, ['buttons', index, 'text']));
    if ([...literal(button.text)].length > BUTTON)
      at(`a button shows ${BUTTON} characters at most`, ['buttons', index, 'text']);
  }
}

function checkTemplate(
  template: string,
  engine: Liquid,
  vars: ReadonlySet<string> | undefined,
  at: At,
): void {
  try {
    const parsed = engine.parse(template);
    for (const name of engine.globalVariablesSync(parsed))
      if (vars && !vars.has(name))
        at(`there is no variable "${name}" here; there are: ${[...vars].join(', ')}`);
  } catch (err) {
    if (!(err instanceof LiquidError)) throw err;
    at(err.originalError?.message ?? err.message);
  }
}

/** What is left of a template without its tags: a lower bound of what will be sent. */
function literal(template: string): string {
  return template.replaceAll(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/gu, '');
}

function literalBytes(template: string): number {
  return Buffer.byteLength(literal(template), 'utf8');
}

/** Every key stands in every locale, and is of the same kind there. */
function checkLocales(read: ReadScripts, faults: Fault[]): void {
  const locales = [...read.texts.keys()];
  for (const locale of locales)
    for (const other of locales)
      for (const [file, texts] of read.texts.get(locale) ?? [])
        for (const [key, value] of texts) {
          const twin = read.texts.get(other)?.get(file)?.get(key);
          const at = (message: string) =>
            faults.push({
              ...{ file: `texts/${other}/${file}.yaml`, key, message },
              line: lineOf(read, other, file, [key]),
            });
          if (twin === undefined) at(`stands in ${locale} but not here`);
          else if (kindOf(twin) !== kindOf(value))
            at(`is a ${kindOf(twin)} here and a ${kindOf(value)} in ${locale}`);
        }
}

function kindOf(value: TextValue): string {
  if (typeof value === 'string') return 'text';
  return Array.isArray(value) ? 'list' : 'card';
}
