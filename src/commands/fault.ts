// How a command ends when it can't go on: a sentence that says what to do, exit code 1, and no stack trace.
import { environment } from '../config.ts';
import { type Locale, locales, operatorTexts } from '../operator.ts';

/** The language of sentences before (or without) a whole configuration. */
export function spokenLocale(asked?: string): Locale {
  const wanted = asked ?? environment().LOCALE;
  return locales.find((locale) => locale === wanted) ?? 'zh-CN';
}

/** To standard error; the process then ends by itself or when told. With LOG_LEVEL=debug the whole error follows. */
export function tellFault(error: unknown, locale: Locale = spokenLocale()): void {
  process.stderr.write(`${sentence(error, locale)}\n`);
  if (/^(debug|trace)$/.test(environment().LOG_LEVEL ?? '') && error instanceof Error) {
    process.stderr.write(`${error.stack}\n`);
  }
  process.exitCode = 1;
}

function sentence(error: unknown, locale: Locale): string {
  try {
    return operatorTexts(locale).fault(error);
  } catch {
    // The file that holds the sentences is the faulty one; it is told in its own words.
    return error instanceof Error ? error.message : String(error);
  }
}

/** One line to standard output. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
