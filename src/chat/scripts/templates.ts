// Standing notices (bot-scripts/notices): read and checked like the other scripts, so that an office changes them by itself.
import { existsSync, readdirSync } from 'node:fs';
import { z } from 'zod';
import { AUDIENCES } from '../../supervision/notices/audience.ts';
import { blanksOf } from '../../supervision/notices/blanks.ts';
import { SCHOOL_KINDS } from '../../supervision/roster/file.ts';
import { type Fault, type Read, readYaml, type Told } from '../../yaml.ts';

/** What may be said for a blank: a day, a day with its hour, schools of the roster, or any words. */
const BLANK_KINDS = ['words', 'day', 'time', 'schools'] as const;

const blank = z.strictObject({
  ask: z.string().min(2).max(80),
  kind: z.enum(BLANK_KINDS).default('words'),
  /** Other words that people use for it: "地点" is also "会场". */
  also: z.array(z.string().min(1).max(20)).max(8).default([]),
});

const words = z.strictObject({
  /** As the list and its button name it. */
  name: z.string().min(1),
  also: z.array(z.string().min(2).max(30)).max(10).default([]),
  text: z.string().trim().min(4),
  blanks: z.record(z.string().min(1).max(20), blank).default({}),
});

const file = z.strictObject({
  template: z.string().regex(/^[a-z][a-z0-9-]*$/),
  to: z.strictObject({
    code: z.enum(AUDIENCES),
    kinds: z.array(z.enum(SCHOOL_KINDS)).max(10).default([]),
    /** The heads of the schools that are named in the blank of that kind. */
    schools: z.literal('blank').optional(),
  }),
  receipt: z.boolean(),
  'zh-CN': words.optional(),
  en: words.optional(),
});
type TemplateFile = z.infer<typeof file>;

/** A standing notice in one language. It goes into the draft whole, so that a change of the file leaves open drafts alone. */
export const noticeTemplate = z.object({
  id: z.string(),
  name: z.string(),
  also: z.array(z.string()),
  text: z.string(),
  to: file.shape.to,
  receipt: z.boolean(),
  blanks: z.array(blank.extend({ name: z.string() })),
});
export type NoticeTemplate = z.infer<typeof noticeTemplate>;
export type Blank = NoticeTemplate['blanks'][number];

/** A notice carries so many characters; each blank is counted with what may be said for it. */
const NOTICE_CHARS = 1_500;
export const BLANK_CHARS = 100;
/** Fits a line of the list. */
const NAME_CHARS = 20;

/** locale → the standing notices in it, in the order of their files; one without words in it is there in the other language. */
export type Templates = ReadonlyMap<string, readonly NoticeTemplate[]>;

/** Standing notices out of `notices/`; none when there is no such folder. Names that would be taken for each other are faults. */
export function readTemplates(dir: string, locales: readonly ('zh-CN' | 'en')[], faults: Fault[]): Templates {
  const files = existsSync(`${dir}/notices`)
    ? readdirSync(`${dir}/notices`)
        .filter((name) => name.endsWith('.yaml'))
        .sort()
    : [];
  const read = files.flatMap((name) => {
    const one = readYaml<TemplateFile>(dir, `notices/${name}`, file, faults);
    if (one) checkTemplate(one, name, faults);
    return one ? [one] : [];
  });
  checkNames(read, locales, faults);
  return new Map(
    locales.map((locale) => [
      locale,
      read.flatMap(({ value }) => {
        const said = value[locale] ?? value['zh-CN'] ?? value.en;
        if (!said) return [];
        const { template: id, to, receipt } = value;
        const blanks = blanksOf(said.text).flatMap((name) => {
          const one = said.blanks[name];
          return one ? [{ name, ...one }] : [];
        });
        return [{ id, to, receipt, name: said.name, also: said.also, text: said.text, blanks }];
      }),
    ]),
  );
}

function checkTemplate({ file: at, value, lineOf }: Read<TemplateFile>, name: string, faults: Fault[]): void {
  const fault = (path: string[], message: string, code: string, data: Told['data'] = {}) =>
    faults.push({ file: at, line: lineOf(path), key: path.join('.'), message, code, data });
  if (`${value.template}.yaml` !== name)
    fault(['template'], `is "${value.template}" but the file is ${name}`, 'file-name', {
      ...{ said: value.template, name },
    });
  if (!value['zh-CN'] && !value.en) fault([], 'has words in no language: zh-CN or en is missing', 'no-words');
  for (const locale of ['zh-CN', 'en'] as const) {
    const said = value[locale];
    if (!said) continue;
    const marks = blanksOf(said.text);
    const known = Object.keys(said.blanks);
    for (const mark of marks)
      if (!known.includes(mark))
        fault([locale, 'text'], `the blank 【${mark}】 does not stand under blanks`, 'blank-unknown', {
          mark,
        });
    for (const one of known)
      if (!marks.includes(one)) fault([locale, 'blanks', one], 'the text has no such blank', 'blank-unused');
    const schools = Object.values(said.blanks).filter(({ kind }) => kind === 'schools').length;
    if (value.to.schools && schools !== 1)
      fault(
        [locale, 'blanks'],
        'goes to the schools of a blank, so just one blank has kind: schools',
        'blank-schools',
      );
    if ([...said.name].length > NAME_CHARS)
      fault([locale, 'name'], `a name has ${NAME_CHARS} characters at most`, 'too-long', {
        limit: NAME_CHARS,
      });
    const places = said.text.match(/【[^【】\n]{1,20}】/gu)?.length ?? 0;
    const room = NOTICE_CHARS - places * BLANK_CHARS;
    if ([...said.text].length > room)
      fault([locale, 'text'], `a notice with these blanks has room for ${room} characters`, 'too-long', {
        limit: room,
      });
  }
}

/** What two templates are called by would begin neither of them. */
function checkNames(
  read: readonly Read<TemplateFile>[],
  locales: readonly ('zh-CN' | 'en')[],
  faults: Fault[],
) {
  for (const locale of locales) {
    const seen = new Map<string, string>();
    for (const { file: at, value, lineOf } of read)
      for (const name of [value[locale]?.name, ...(value[locale]?.also ?? [])]) {
        const before = name === undefined ? undefined : seen.get(name);
        if (before !== undefined)
          faults.push({
            file: at,
            line: lineOf([locale, 'name']),
            key: `${locale}.name`,
            message: `"${name}" is said already for ${before}`,
          });
        if (name !== undefined) seen.set(name, at);
      }
  }
}
