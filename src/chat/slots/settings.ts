// The slots of changing a setting: which one, by the office's words for it, and the value that was said.
import {
  outsideLaw,
  sayValue,
  settingExample,
  settingLaw,
  settingName,
  settingSaid,
  settingsNamed,
} from '../../supervision/setting-words.ts';
import { isSettingKey, type SettingKey } from '../../supervision/settings.ts';
import type { Facts } from '../facts.ts';
import { inFigures } from '../understand/text/numerals.ts';
import type { Asks, SlotKindOf, Took } from './slot.ts';

/** Where the name ends and the value begins: a blank, "改成", or the first digit. */
const VALUE = /(?:\s|[:\uff1a=]|改成|改为|设为|设成|调到|调为|\bto\b|(?=\d)).*$/su;

const saidIn = (asks: Asks, content: string | undefined) => (content ?? (asks.open ? asks.text : '')).trim();

/** A value in figures, with what leads over to it. */
const FIGURES = /\s*(?:[:\uff1a=]|\bto\b)?\s*\d.*$/su;

function named(content: string, locale: string): Took {
  // A name of several words is no name and a value: "days for a general finding 10".
  const [whole, ...others] = settingsNamed(content.replace(FIGURES, ''));
  if (whole !== undefined && others.length === 0) return { value: whole };
  const name = content.replace(VALUE, '');
  const keys = settingsNamed(name === '' ? content : name);
  const wider = keys.length > 0 ? keys : settingsNamed(content.replaceAll(/\d[\d.%:-]*/gu, ''));
  const [only, ...more] = wider;
  if (only === undefined)
    return content === '' ? undefined : { wrong: 'settings.unknown', vars: { typed: name } };
  if (more.length === 0) return { value: only };
  return { choices: wider.map((key) => ({ label: settingName(key, locale).slice(0, 24), value: key })) };
}

export const settingSlot: SlotKindOf = {
  read: (reading, asks) => {
    const content = saidIn(asks, reading.slots.content);
    return content === '' ? undefined : named(content, asks.facts.locale);
  },
  answer: (text, { facts }) => named(text.trim(), facts.locale),
  view(value, facts) {
    if (!isKey(value)) return null;
    return {
      name: settingName(value, facts.locale),
      now: sayValue(value, facts.office.settings[value]),
      ...settingLaw(value, facts.locale),
    };
  },
};

const isKey = (value: unknown): value is SettingKey => typeof value === 'string' && isSettingKey(value);

/** Words, in which no numeral is a figure. */
const AS_TYPED: ReadonlySet<SettingKey> = new Set([
  'rect.numberPrefix',
  'consult.numberPrefix',
  'office.phone',
  'office.hours',
]);

/** The value that words give this setting; undefined when they give none that fits. */
export function valueSaid(key: SettingKey, text: string, facts: Facts): Took {
  const said = AS_TYPED.has(key) ? text : inFigures(text);
  const value = settingSaid(key, said, facts.office.settings[key], facts.today.year);
  return value === undefined ? undefined : { value: { key, value } };
}

/** Beside the setting's name ("设置 整改天数 10"), or as the answer to "改成多少". */
export const settingValueSlot: SlotKindOf = {
  read(reading, asks) {
    const key = asks.row.setting;
    if (!isKey(key)) return undefined;
    const rest = VALUE.exec(saidIn(asks, reading.slots.content))?.[0].trim();
    return rest ? valueSaid(key, rest, asks.facts) : undefined;
  },
  answer(text, { facts, row }) {
    if (!isKey(row.setting)) return undefined;
    return (
      valueSaid(row.setting, text, facts) ?? {
        wrong: 'settings.no-value',
        vars: {
          name: settingName(row.setting, facts.locale),
          example: settingExample(row.setting, facts.office.settings[row.setting]),
        },
      }
    );
  },
  view(value) {
    const { key, value: put } = value as { key: SettingKey; value: unknown }; // as valueSaid() gave it
    return { said: sayValue(key, put), outside: outsideLaw(key, put) };
  },
};
