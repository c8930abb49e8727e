// Sentences for the person who starts and keeps the bot, from bot-scripts/texts/<locale>/operator.yaml like all other words.
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { type Fault, faultLine, mustReadYaml, placesFilled, scriptsFolder } from './yaml.ts';

/** The checkout's top folder, from src/ and from dist/ alike, with a slash at its end: the page's files lie below it. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url));

export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

export interface OperatorTexts {
  locale: Locale;
  /** The sentence of that key with its `{{ name }}` places filled. An unknown key is a mistake in our code and throws. */
  say(key: string, data?: Record<string, string | number>): string;
  has(key: string): boolean;
  /** One fault of the scripts as `file:line:key: sentence`, in these words where there are any for it. */
  scriptFault(fault: Fault): string;
  /** The sentence for an error: by its code and `detail.why`, else the error's own words. Never a stack. */
  fault(error: unknown): string;
}

const tables = new Map<Locale, Map<string, string>>();

function table(locale: Locale): Map<string, string> {
  const known = tables.get(locale);
  if (known) return known;
  const file = `texts/${locale}/operator.yaml`;
  const made = new Map(Object.entries(mustReadYaml(scriptsFolder, file, z.record(z.string(), z.string()))));
  tables.set(locale, made);
  return made;
}

/** What an operator reads, in her language. Throws `scripts.faulty`; `say` throws for a key that operator.yaml does not have. */
export function operatorTexts(locale: Locale): OperatorTexts {
  const texts = table(locale);
  const say: OperatorTexts['say'] = (key, data = {}) => {
    const text = texts.get(key);
    if (text === undefined) throw new Error(`operator.yaml (${locale}) has no ${key}`);
    return placesFilled(text.trimEnd(), data);
  };
  const scriptFault: OperatorTexts['scriptFault'] = (fault) => {
    const key = `script.${fault.code ?? ''}`;
    return faultLine(texts.has(key) ? { ...fault, message: say(key, fault.data) } : fault);
  };
  const fault: OperatorTexts['fault'] = (error) => {
    if (!(error instanceof AppError)) return say('fault.unexpected', { what: firstLine(error) });
    const narrow = `fault.${error.code}.${error.detail.why ?? ''}`;
    if (texts.has(narrow)) {
      const sentence = say(narrow, filled(error.detail));
      // One that ends in a colon leads to the error's own words; any other is whole.
      return /[:：]$/.test(sentence) ? `${sentence}\n${error.message}` : sentence;
    }
    const key = texts.has(`fault.${error.code}`) ? `fault.${error.code}` : undefined;
    const faults = faultsOfScripts(error);
    if (key && faults.length > 0) return [say(key), ...faults.map(scriptFault)].join('\n');
    const isOurs = locale === 'en' || /\p{Script=Han}/u.test(error.message);
    // A room's own sentence is English and exact; whoever reads another language gets the gist in hers before it.
    if (error.message !== error.code && (isOurs || !key)) return error.message;
    const gist = key ? say(key, filled(error.detail)) : say('fault.unexpected', { what: error.code });
    return error.message === error.code ? gist : `${gist}\n${error.message}`;
  };
  return { locale, say, has: (key) => texts.has(key), fault, scriptFault };
}

/** A document's faults are lines already: those are the error's message. */
function faultsOfScripts({ code, detail }: AppError): Fault[] {
  if (code !== 'scripts.faulty' || !Array.isArray(detail.faults)) return [];
  return detail.faults.filter((one): one is Fault => typeof one === 'object'); // scriptsFaulty put them there
}

/** What sentences may name. A simulator that finds its port taken does not know the variable's name; only it is left then. */
function filled(detail: Record<string, unknown>): Record<string, string | number> {
  const data: Record<string, string | number> = { variable: 'SIMULATOR_PORT' };
  for (const [name, value] of Object.entries({ dataDir: detail.folder, ...detail })) {
    if (typeof value === 'string' || typeof value === 'number') data[name] = value;
  }
  return data;
}

function firstLine(error: unknown): string {
  const words = error instanceof Error ? error.message || error.name : String(error);
  return words.split('\n')[0] ?? '';
}
