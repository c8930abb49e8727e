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
  process.stderr.write(`${operatorTexts(locale).fault(error)}\n`);
  if (/^(debug|trace)$/.test(environment().LOG_LEVEL ?? '') && error instanceof Error) {
    process.stderr.write(`${error.stack}\n`);
  }
  process.exitCode = 1;
}

/** One line to standard output. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
