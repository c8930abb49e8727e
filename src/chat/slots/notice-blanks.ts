// The slot of a standing notice's blanks: asked for one after the other, several taken from one answer where they are named.
import type { Blanks } from '../../supervision/notices/blanks.ts';
import { clausesIn } from '../clauses.ts';
import type { Row } from '../conversation.ts';
import { BLANK_CHARS, type Blank } from '../scripts/templates.ts';
import { templateIn, templateOf } from './notice-template.ts';
import { blanksIn, MOVED, swap, withDate } from './notice-text.ts';
import { resolved, standingDay } from './notice-words.ts';
import { placesIn } from './places.ts';
import type { Asks, SlotKindOf, Took } from './slot.ts';

/** The next one, in the order of the text. */
const openIn = (row: Row): Blank | undefined =>
  templateOf(row.template)?.blanks.find(({ name }) => blanksIn(row)[name] === '');

/** A clause that says for which blank it is: "地点教育局四楼", "地点改成三楼会议室", "时间:周五三点". */
const IS = '(?:改成|改为|换成|改到|换到|推迟到|提前到|定在|定于|改|是|为|在|at|is|[:：])?';

function namedIn(clause: string, blanks: readonly Blank[]): Told | null {
  const called = blanks
    .flatMap((blank) => [blank.name, ...blank.also].map((word) => ({ blank, word })))
    .sort((a, b) => b.word.length - a.word.length);
  for (const { blank, word } of called) {
    const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');
    const latin = /[a-z]$/iu.test(word) ? '(?![a-z])' : '';
    const said = new RegExp(`^(?:把|将|and )?${escaped}${latin}\\s*${IS}\\s*(.+)$`, 'iu').exec(clause)?.[1];
    if (said) return { blank, said };
  }
  return null;
}

/** "最晚4月10号前交": the text says that itself. */
const UNTIL = /^(?:最晚|最迟|截止到?|截至|by )|(?:之前|以前|前)?(?:交|提交|上报|报送?|完成|检查完)?$/giu;

/** One value for one blank, as the notice will say it. */
function valueFor(blank: Blank, said: string, asks: Asks): { value: string } | { wrong: Took } {
  const { facts } = asks;
  const words = said.trim().replaceAll(/^[“"]|[”"]$|[,，。.;；]+$/gu, '');
  if ([...words].length > BLANK_CHARS) return { wrong: { wrong: 'text.long', vars: { max: BLANK_CHARS } } };
  if (blank.kind === 'schools') {
    const { schools } = placesIn(words, facts);
    const names = schools.flatMap((id) => facts.book.byId.get(id)?.name ?? []);
    if (names.length > 0) return { value: names.join('、') };
    return { wrong: { wrong: 'school.unknown', vars: { typed: words } } };
  }
  if (blank.kind === 'words') return { value: words };
  // The text says "on" itself.
  const value = resolved(
    (blank.kind === 'day' ? words.replaceAll(UNTIL, '') : words).replace(/^on /iu, ''),
    facts,
  );
  const day = standingDay(value, facts.today) !== null;
  const hour = /\d[:：]\d\d|[上下]午|晚上|\d点|[ap]m\b/iu.test(value);
  if (day && (hour || blank.kind === 'day')) return { value };
  return { wrong: { wrong: day ? 'notices.blank-hour' : 'notices.blank-day' } };
}

interface Told {
  blank: Blank;
  said: string;
}

/** "周五下午三点在教育局四楼" says two things. */
const AT_PLACE = /^(.*(?:[点时半刻分午晚]|\d))在(.{2,})$/u;

function toldApart(said: string, blanks: readonly Blank[]): string[] {
  const place = blanks.find(({ name }) => name === '地点');
  return clausesIn(said).flatMap((clause) => {
    if (/^(?:只?发给|收件人|通知给)/u.test(clause)) return [];
    const both = place && AT_PLACE.exec(clause);
    return both ? [both[1] ?? '', `${place.name}${both[2]}`] : [clause];
  });
}

/** Clauses by the blank they name; what names none is for the blank that was asked for, or goes on with the one before it. */
function toldIn(said: string, before: Blanks, blanks: readonly Blank[], asked?: string): Told[] {
  const told: Told[] = [];
  const open = (fits: (blank: Blank) => boolean) =>
    blanks.find(
      (blank) => before[blank.name] === '' && fits(blank) && !told.some((one) => one.blank === blank),
    );
  const dated = ({ kind }: Blank) => kind === 'day' || kind === 'time';
  for (const clause of toldApart(said, blanks)) {
    const last = told.at(-1);
    const named = namedIn(clause, blanks);
    if (named) {
      told.push(named);
      continue;
    }
    const first = last ? undefined : blanks.find(({ name }) => name === asked);
    const next = first ?? (last && dated(last.blank) ? open((blank) => !dated(blank)) : undefined);
    if (next && (first || asked !== undefined)) told.push({ blank: next, said: clause });
    else if (last && !dated(last.blank)) last.said += `，${clause}`;
    else if (!last && asked === undefined && /[\d周号日点]/u.test(clause)) {
      const day = open(dated);
      if (day) told.push({ blank: day, said: clause });
    }
  }
  return told;
}

function take(said: string, before: Blanks, asks: Asks, asked?: string): Took {
  const template = templateOf(asks.row.template);
  if (!template) return undefined;
  const after: Record<string, string> = { ...before };
  for (const { blank, said: words } of toldIn(said, before, template.blanks, asked)) {
    const got = valueFor(blank, words, asks);
    if ('wrong' in got) return got.wrong;
    after[blank.name] = got.value;
  }
  return JSON.stringify(after) === JSON.stringify(before) ? undefined : { value: after };
}

/** A whole other notice is no answer to a blank. */
const ANOTHER =
  /^(?:请|帮我)?(?:群发|通知|发通知)[^,，。]{2,30}[:：]|^(?:请|帮我|我要|我想)*(?:发|群发|写|拟)[^,，。]{0,12}通知。?$/u;

export const noticeBlanksSlot: SlotKindOf = {
  read(_reading, asks): Took {
    const { row, text, templates, facts } = asks;
    const template = templateOf(row.template);
    if (!template) return undefined;
    if (row.blanks !== undefined) {
      const changed = take(text.trim(), blanksIn(row), asks);
      return changed ?? moved(text.trim(), blanksIn(row), template.blanks, facts);
    }
    const none: Blanks = Object.fromEntries(template.blanks.map(({ name }) => [name, '']));
    const rest = templateIn(text.trim(), templates)?.rest ?? '';
    const told = take(rest, none, asks);
    return told && 'value' in told ? told : { value: none };
  },
  answer(text, asks): Took {
    if (ANOTHER.test(text.trim())) return undefined;
    return take(text.trim(), blanksIn(asks.row), asks, openIn(asks.row)?.name);
  },
  without({ row }): Took {
    const template = templateOf(row.template);
    return template
      ? { value: Object.fromEntries(template.blanks.map(({ name }) => [name, ''])) }
      : undefined;
  },
  lacks: (value) => Object.values(value as Blanks).includes(''), // as this slot gave it
  /** The blank that is asked for next, and how many of how many it is. */
  view(value, _facts, row) {
    const blanks = value as Blanks; // likewise
    const values = Object.values(blanks);
    const open = values.filter((one) => one === '').length;
    return { ask: openIn(row)?.ask ?? '', nth: values.length - open + 1, count: values.length };
  },
};

/** "四楼改成三楼" of what was said for a blank; "改周四": the one day that the notice speaks of. */
function moved(said: string, before: Blanks, blanks: readonly Blank[], facts: Asks['facts']): Took {
  for (const [name, stands] of Object.entries(before)) {
    const swapped = swap(stands, said, facts);
    if (swapped !== undefined) return { value: { ...before, [name]: swapped } };
  }
  const to = MOVED.exec(said)?.[1];
  const [only, ...more] = blanks.filter(({ kind }) => kind === 'day' || kind === 'time');
  const stands = only && before[only.name];
  if (!to || !only || more.length > 0 || !stands || /发|送|截止|回执|send|receipt/iu.test(said))
    return undefined;
  const value = withDate(stands, to, facts);
  return value === undefined ? undefined : { value: { ...before, [only.name]: value } };
}
