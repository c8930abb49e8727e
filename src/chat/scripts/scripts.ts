// The loaded bot-scripts as the conversation uses them: flows by intent and role, and a voice that says texts in one locale.
import type { Liquid, Template } from 'liquidjs';
import type { z } from 'zod';
import type { Action } from '../../supervision/act.ts';
import type { Fault } from '../../yaml.ts';
import type { Intent } from '../understand/types.ts';
import { checkScripts } from './check.ts';
import {
  type Command,
  type CommandPattern,
  commandIn,
  commandLiteral,
  commandMatcher,
  commandWeight,
} from './commands.ts';
import { dayText, liquidFor } from './liquid.ts';
import { readScripts, type Texts } from './read.ts';
import type { Flow, TextValue } from './shapes.ts';
import { type NoticeTemplate, readTemplates, type Templates } from './templates.ts';

export interface Voice {
  has(id: string): boolean;
  /** The text `<file>.<key>`, rendered. */
  text(id: string, vars?: Record<string, unknown>): string;
  card(id: string, vars: Record<string, unknown>): RenderedCard;
  term(key: string): string | undefined;
  day(iso: string): string;
}

export interface RenderedCard {
  title: string;
  desc?: string;
  body?: string;
  buttons?: { key: string; text: string; style?: number; said?: string[] }[];
}

export interface Scripts {
  flows: ReadonlyMap<string, Flow>;
  /** The flow that serves an intent for someone with these roles; of two, that of whoever stands above schools. */
  flowFor(intent: Intent, roles: readonly string[]): Flow | undefined;
  /** Whether anybody has a flow for it. */
  hasFlow(intent: Intent): boolean;
  voice(locale: string, today: () => string, everywhere: Record<string, unknown>): Voice;
  /** The flow that these words begin because they were agreed on (key `commands` of a flow's texts). */
  commandIn(locale: string, said: string, roles: readonly string[]): Command | null;
  /** What people type, by intent, from the flows' own texts. */
  examples(locale: string): Partial<Record<Intent, string[]>>;
  /** The words that an entry of the menu says for the person. */
  menuWords(locale: string, key: string): string | undefined;
  /** Whether words are what some entry of the menu says. */
  isMenuWord(locale: string, words: string): boolean;
  menu(locale: string): MenuEntry[];
  /** The office's standing notices. */
  templates(locale: string): readonly NoticeTemplate[];
}

export interface MenuEntry {
  name: string;
  key?: string;
  entries?: { name: string; key: string }[];
}

const LOCALES = ['zh-CN', 'en'] as const;

/** An area leader inspects schools of her own as well: where two flows answer one wish, she is answered as who stands above. */
const ABOVE: ReadonlySet<string> = new Set(['area-leader', 'office', 'director']);

export interface ScriptsNeed {
  actions: ReadonlyMap<string, Action>;
  notifications: Readonly<Record<string, z.ZodObject>>;
}

/** Loads and checks everything under `dir`; the faults, all at a time, or the scripts. */
export function loadScripts(
  dir: string,
  need: ScriptsNeed,
): { scripts: Scripts; faults: [] } | { scripts: null; faults: Fault[] } {
  const faults: Fault[] = [];
  const read = readScripts(dir, LOCALES, faults);
  const templates = readTemplates(dir, LOCALES, faults);
  checkScripts(read, need, faults);
  if (faults.length > 0) return { scripts: null, faults };
  return { scripts: scriptsOf(read.flows, read.texts, templates), faults: [] };
}

function scriptsOf(
  flows: ReadonlyMap<string, Flow>,
  texts: ReadonlyMap<string, Texts>,
  templates: Templates,
): Scripts {
  const byIntent = new Map<Intent, Flow[]>();
  for (const flow of flows.values())
    for (const intent of flow.intents) byIntent.set(intent, [...(byIntent.get(intent) ?? []), flow]);
  interface Engine {
    engine: Liquid;
    parsed: Map<string, Template[] | string>;
    today: string;
  }
  const engines = new Map<string, Engine>();

  const engineOf = (locale: string): Engine => {
    const known = engines.get(locale);
    if (known) return known;
    const term = (key: string) => stringOf(textOf(locale, `terms.${key}`));
    const made: Engine = { today: '', parsed: new Map(), engine: liquidFor(locale, term, () => made.today) };
    engines.set(locale, made);
    return made;
  };

  const byId = new Map(
    [...texts].map(([locale, files]) => [
      locale,
      new Map(
        [...files].flatMap(([file, keys]) => [...keys].map(([key, value]) => [`${file}.${key}`, value])),
      ),
    ]),
  );
  /** A text in the locale, or in Chinese when the locale is not one of ours. */
  function textOf(locale: string, id: string): TextValue | undefined {
    return (byId.get(locale) ?? byId.get('zh-CN'))?.get(id);
  }

  const patterns = new Map<string, CommandPattern[]>();
  function patternsOf(locale: string): CommandPattern[] {
    const known = patterns.get(locale);
    if (known) return known;
    const made = [...flows.values()].flatMap(({ flow, roles }) => {
      const words = textOf(locale, `${flow}.commands`);
      return (Array.isArray(words) ? words : []).map((pattern) => ({ flow, roles, pattern }));
    });
    // The one that says most is tried first: "设置说明…" before "设置…".
    made.sort((a, b) => commandWeight(b.pattern) - commandWeight(a.pattern));
    const ready = made.map(({ flow, roles, pattern }) => ({
      flow,
      roles,
      matcher: commandMatcher(pattern),
      literal: commandLiteral(pattern),
    }));
    patterns.set(locale, ready);
    return ready;
  }

  function voice(locale: string, today: () => string, everywhere: Record<string, unknown>): Voice {
    const of = engineOf(locale);
    const render = (template: string, vars: Record<string, unknown>) => {
      const parsed = of.parsed.get(template) ?? parse(of.engine, template);
      of.parsed.set(template, parsed);
      if (typeof parsed === 'string') return parsed;
      of.today = today();
      return tidy(String(of.engine.renderSync(parsed, { ...everywhere, ...vars })));
    };
    return {
      has: (id) => textOf(locale, id) !== undefined,
      text(id, vars = {}) {
        const text = textOf(locale, id);
        if (typeof text !== 'string') throw new Error(`no text ${id} in ${locale}`); // the check at start saw to it
        return render(text, vars);
      },
      card(id, vars) {
        const card = textOf(locale, id);
        if (card === undefined || Array.isArray(card)) throw new Error(`no card ${id} in ${locale}`); // likewise
        if (typeof card === 'string') return { title: render(card, vars) };
        const { title, buttons } = card;
        const desc = card.desc && render(card.desc, vars);
        const body = card.body && render(card.body, vars);
        return {
          title: render(title, vars),
          ...(desc ? { desc } : {}),
          ...(body ? { body } : {}),
          ...(buttons
            ? {
                buttons: buttons.map((b) => ({ ...b, key: render(b.key, vars), text: render(b.text, vars) })),
              }
            : {}),
        };
      },
      term: (key) => stringOf(textOf(locale, `terms.${key}`)),
      day: (isoDay) => dayText(locale, isoDay, today()),
    };
  }

  return {
    flows,
    flowFor(intent, roles) {
      const open = byIntent.get(intent)?.filter((flow) => flow.roles.some((role) => roles.includes(role)));
      const above = open?.find((flow) => flow.roles.some((role) => ABOVE.has(role) && roles.includes(role)));
      return above ?? open?.[0];
    },
    hasFlow: (intent) => byIntent.has(intent),
    commandIn: (locale, said, roles) => commandIn(patternsOf(locale), said, roles),
    voice,
    examples(locale) {
      const found: Partial<Record<Intent, string[]>> = {};
      for (const flow of flows.values()) {
        const examples = textOf(locale, `${flow.flow}.examples`);
        const [intent] = flow.intents;
        if (intent && Array.isArray(examples)) found[intent] = [...(found[intent] ?? []), ...examples];
      }
      return found;
    },
    menuWords: (locale, key) => stringOf(textOf(locale, `menu.${key}.say`)),
    isMenuWord: (locale, words) =>
      [...((texts.get(locale) ?? texts.get('zh-CN'))?.get('menu') ?? [])].some(
        ([key, value]) => key.endsWith('.say') && value === words,
      ),
    templates: (locale) => templates.get(locale) ?? templates.get('zh-CN') ?? [],
    menu: (locale) => menuOf((texts.get(locale) ?? texts.get('zh-CN'))?.get('menu') ?? new Map()),
  };
}

/** The words themselves where nothing is to be filled in: most titles and buttons. */
function parse(engine: Liquid, template: string): Template[] | string {
  return template.includes('{') ? engine.parse(template) : tidy(template);
}

/** Conditions leave empty lines behind, and a value that is not there (a number, say) two spaces; a chat has no room for them. */
function tidy(text: string): string {
  return text
    .trim()
    .replaceAll(/\n\s*\n/gu, '\n')
    .replaceAll(/(?<=\S) {2,}(?=\S)/gu, ' ');
}

/** `a.name`, `a.say`, `a.b.name`, `a.b.say` → up to three buttons, each with up to five below it (90231). */
function menuOf(menu: ReadonlyMap<string, TextValue>): MenuEntry[] {
  const entries: MenuEntry[] = [];
  for (const [key, value] of menu) {
    if (!key.endsWith('.name') || typeof value !== 'string') continue;
    const path = key.slice(0, -'.name'.length).split('.');
    const [top = '', below] = path;
    const id = path.join('.');
    if (below === undefined) {
      entries.push({ name: value, ...(menu.has(`${id}.say`) ? { key: id } : { entries: [] }) });
      continue;
    }
    const parent = entries.find((entry) => entry.entries && menu.get(`${top}.name`) === entry.name);
    parent?.entries?.push({ name: value, key: id });
  }
  return entries;
}

function stringOf(text: TextValue | undefined): string | undefined {
  return typeof text === 'string' ? text : undefined;
}
