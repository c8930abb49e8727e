// `dudao settings [KEY [VALUE]] [--history]`: what the office that OFFICE names may decide, shown with its source, or changed; and
// who changed it when.
import { openDatabaseBeside } from '../app/database.ts';
import { environment, readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { operatorTexts } from '../operator.ts';
import { dayOf } from '../store/days.ts';
import { putSetting, settingLine } from '../supervision/office-settings.ts';
import { officeBySlug } from '../supervision/roster/current.ts';
import { settingEntries } from '../supervision/setting-history.ts';
import { outsideLaw, settingName, settingSaid, settingsNamed } from '../supervision/setting-words.ts';
import {
  loadSettingRules,
  officeSettings,
  type SettingKey,
  type Settings,
  settingKeys,
} from '../supervision/settings.ts';
import { print } from './fault.ts';

export async function settings(
  words?: string,
  said?: string,
  { history = false }: { history?: boolean } = {},
): Promise<void> {
  const config = readConfig(environment());
  const { say, has } = operatorTexts(config.locale);
  const database = await openDatabaseBeside(config, createLog({ level: config.logLevel ?? 'warn', to: 2 }));
  const english = config.locale === 'en';
  const inWords = (text: string) => (has(`settings.value.${text}`) ? say(`settings.value.${text}`) : text);
  const show = (settings: Settings, key: SettingKey) => {
    const line = settingLine(settings, key);
    const data = {
      key,
      name: english ? line.nameEn : line.name,
      law: english ? line.lawEn : line.law,
      value: inWords(line.value),
      default: inWords(line.default),
      source: say(`settings.source.${line.source}`),
    };
    print(say(line.changed ? 'settings.line-changed' : 'settings.line', data));
  };
  try {
    await database.store.transaction(async (tx) => {
      const office = await officeBySlug(tx, config.office);
      if (!office) throw new AppError('act.not-found', 'never', { what: 'office', office: config.office });
      const of = (stored: unknown) => officeSettings(loadSettingRules(), stored).settings;
      const now = of(office.settings);
      const keys = words === undefined ? settingKeys : settingsNamed(words, said === undefined ? 8 : 4);
      const [key, ...more] = keys;
      if (key === undefined) throw new AppError('act.input', 'never', { why: 'setting', words: words ?? '' });
      if (history) {
        if (said !== undefined) throw new AppError('act.input', 'never', { why: 'history-value', said });
        const named = await settingEntries(tx, { officeId: office.id });
        const entries = named.filter((entry) => keys.includes(entry.key)).toReversed();
        for (const { at, by, key: of, before, after } of entries)
          print(
            say('settings.entry', {
              at: at.toLocaleString('sv-SE', { timeZone: office.timeZone }).slice(0, 16),
              by: by || say('settings.by-command'),
              key: of,
              name: settingName(of, config.locale),
              before: inWords(before),
              after: inWords(after),
            }),
          );
        if (entries.length === 0) print(say('settings.no-history'));
        return;
      }
      if (said === undefined) {
        for (const one of keys) show(now, one);
        return;
      }
      if (more.length > 0)
        throw new AppError('act.input', 'never', { why: 'which-setting', keys: keys.join(', ') });
      const at = new Date();
      const value =
        said === 'default' ? null : settingSaid(key, said, now[key], dayOf(at, office.timeZone).year);
      if (value === undefined) throw new AppError('act.input', 'never', { why: 'value', said, key });
      const put = await putSetting(
        tx,
        { officeId: office.id, actorId: null, inboxId: null, now: at },
        key,
        value,
      );
      const after = (await officeBySlug(tx, config.office))?.settings;
      show(of(after), key);
      print(say(put ? 'settings.changed' : 'settings.same'));
      if (put && outsideLaw(key, put.after)) print(say('settings.outside'));
    });
  } finally {
    await database.close();
  }
}
