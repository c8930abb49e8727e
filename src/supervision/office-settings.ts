// The office changes what it may decide: shown with the law beside it, written down, and taken back with one word.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { newId } from '../store/ids.ts';
import type { Tx } from '../store/store.ts';
import { type ActContext, action, OFFICE_ROLES } from './act.ts';
import { outsideLaw, sayValue, settingLaw, settingName, settingsNamed } from './setting-words.ts';
import {
  isSettingKey,
  loadSettingRules,
  officeSettings,
  type SettingKey,
  type Settings,
  settingFault,
  settingKeys,
} from './settings.ts';

const rules = loadSettingRules();

export interface SettingLine {
  key: SettingKey;
  name: string;
  nameEn: string;
  value: string;
  default: string;
  changed: boolean;
  law: string;
  lawEn: string;
  source: string;
}

/** One setting as people read it, in both languages: what holds, what the default is, and what the law says of it. */
export function settingLine(settings: Settings, key: SettingKey): SettingLine {
  const [value, standard] = [sayValue(key, settings[key]), sayValue(key, rules.defaults[key])];
  const { law, source } = settingLaw(key, 'zh-CN');
  return {
    key,
    name: settingName(key, 'zh-CN'),
    nameEn: settingName(key, 'en'),
    value,
    default: standard,
    changed: value !== standard,
    law,
    lawEn: settingLaw(key, 'en').law,
    source,
  };
}

/**
 * Puts one value; null takes the office's own back, so that the default holds. Gives what stood and stands; null when nothing
 * changes. Raises the version that caches compare with. Throws `act.input` for a value that does not fit.
 */
export async function putSetting(
  tx: Pick<Tx, 'sql'>,
  by: { officeId: string; actorId: string | null; inboxId: string | null; now: Date },
  key: SettingKey,
  value: unknown,
): Promise<{ before: unknown; after: unknown } | null> {
  if (value !== null) {
    const fault = settingFault(key, value);
    if (fault) throw new AppError('act.input', 'never', { key, fault });
  }
  const [office] = await tx.sql<{ settings: unknown }>(
    'select settings from office where id = $1 for update',
    [by.officeId],
  );
  if (!office) throw new AppError('act.not-found', 'never', { what: 'office' });
  const before = officeSettings(rules, office.settings).settings[key];
  const after = value === null ? rules.defaults[key] : value;
  if (sayValue(key, before) === sayValue(key, after)) return null;
  await tx.sql(
    `update office set settings = case when $3::jsonb is null then settings - $2 else jsonb_set(settings, array[$2], $3::jsonb) end,
       roster_version = roster_version + 1 where id = $1`,
    [by.officeId, key, value === null ? null : JSON.stringify(value)],
  );
  await tx.sql(
    `insert into audit_entry (id, office_id, at, actor_id, inbox_id, action, subject, subject_id, before, after)
     values ($1, $2, $3, $4, $5, 'setting.changed', 'office', $2, $6, $7)`,
    [
      newId(),
      by.officeId,
      by.now,
      by.actorId,
      by.inboxId,
      JSON.stringify({ [key]: before }),
      JSON.stringify({ [key]: after }),
    ],
  );
  return { before, after };
}

const by = (context: ActContext) => ({
  officeId: context.office.id,
  actorId: context.actor.personId,
  inboxId: context.inboxId,
  now: context.now,
});
const shown = z.object({
  key: z.string(),
  name: z.string(),
  nameEn: z.string(),
  value: z.string(),
  default: z.string(),
  changed: z.boolean(),
  law: z.string(),
  lawEn: z.string(),
  source: z.string(),
});
/** Nothing that scrolls. */
const LINES = 8;

/** 查看设置: what words name; without words what the office has changed. */
export const showSettings = action({
  name: 'settings.show',
  roles: OFFICE_ROLES,
  input: z.object({ words: z.string().max(100).optional() }),
  result: z.object({ asked: z.string(), lines: z.array(shown), more: z.number(), total: z.number() }),
  async run(context, { words = '' }) {
    const { settings } = context.office;
    const keys =
      words === ''
        ? settingKeys.filter((key) => sayValue(key, settings[key]) !== sayValue(key, rules.defaults[key]))
        : settingsNamed(words, LINES);
    const lines = keys.slice(0, LINES).map((key) => settingLine(settings, key));
    return { asked: words, lines, more: keys.length - lines.length, total: settingKeys.length };
  },
});

export const settingChange = z.object({
  name: z.string(),
  nameEn: z.string(),
  old: z.string(),
  new: z.string(),
  same: z.boolean(),
  outside: z.boolean(),
});

/** 设置 整改天数 10. */
export const changeSetting = action({
  name: 'settings.change',
  roles: OFFICE_ROLES,
  input: z.object({ setting: z.string(), value: z.object({ key: z.string(), value: z.unknown() }) }),
  result: settingChange,
  async run(context, { setting: key, value: said }) {
    if (!isSettingKey(key) || said.key !== key) throw new AppError('act.input');
    const put = await putSetting(context.tx, by(context), key, said.value);
    const stood = { before: context.office.settings[key], after: said.value };
    return settingTold(key, put ?? stood, put === null);
  },
});

/** 撤销设置: the last change of this office is taken back. */
export const undoSetting = action({
  name: 'settings.undo',
  roles: OFFICE_ROLES,
  input: z.object({}),
  result: settingChange,
  async run(context) {
    const [last] = await context.tx.sql<{ before: Record<string, unknown>; after: Record<string, unknown> }>(
      `select before, after from audit_entry where office_id = $1 and subject_id = $1 and action = 'setting.changed'
       order by at desc, id desc limit 1`,
      [context.office.id],
      'last-setting',
    );
    const key = Object.keys(last?.before ?? {})[0];
    if (!last || key === undefined || !isSettingKey(key))
      throw new AppError('act.not-found', 'never', { what: 'setting' });
    const put = await putSetting(context.tx, by(context), key, putBack(key, last.before[key]));
    return settingTold(key, put ?? { before: last.before[key], after: last.before[key] }, put === null);
  },
});

/** What was there before, as it is to be put: the default is no value of the office's own. */
export function putBack(key: SettingKey, value: unknown): unknown {
  return sayValue(key, value) === sayValue(key, rules.defaults[key]) ? null : value;
}

/** A change as the office is told of it: the setting's name in both languages, the two values as they are said, and whether the new one lies outside what the law asks. */
export function settingTold(
  key: SettingKey,
  { before, after }: { before: unknown; after: unknown },
  same: boolean,
) {
  return {
    name: settingName(key, 'zh-CN'),
    nameEn: settingName(key, 'en'),
    old: sayValue(key, before),
    new: sayValue(key, after),
    same,
    outside: outsideLaw(key, after),
  };
}
