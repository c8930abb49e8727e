// What became of the office's settings: who changed which, when, and a way back to any value that once stood.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Tx } from '../store/store.ts';
import { type ActContext, action, OFFICE_ROLES } from './act.ts';
import { wallOf } from './notices/send.ts';
import { putBack, putSetting, settingChange, settingTold } from './office-settings.ts';
import { sayValue, settingName, settingsNamed } from './setting-words.ts';
import { isSettingKey, type SettingKey } from './settings.ts';

/** Nothing that scrolls. */
const SHOWN = 8;
/** As many earlier values as there are choices. */
const EARLIER = 4;

export interface SettingEntry {
  id: string;
  key: SettingKey;
  /** In words, as `sayValue` has them. */
  before: string;
  after: string;
  at: Date;
  /** Empty: at the command line. */
  by: string;
}

/** Newest first. Of one setting, or of all. */
export async function settingEntries(
  tx: Pick<Tx, 'sql'>,
  of: { officeId: string; key?: SettingKey | undefined },
): Promise<SettingEntry[]> {
  const rows = await tx.sql<{
    id: string;
    before: Record<string, unknown>;
    after: Record<string, unknown>;
    at: Date;
    by: string;
  }>(
    `select a.id, a.before, a.after, a.at, coalesce(p.name, '') as by from audit_entry a left join person p on p.id = a.actor_id
     where a.office_id = $1 and a.subject_id = $1 and a.action = 'setting.changed' and ($2::text is null or a.before ? $2)
     order by a.at desc, a.id desc limit 200`,
    [of.officeId, of.key ?? null],
    'setting-entries',
  );
  return rows.flatMap(({ id, before, after, at, by }) => {
    const key = Object.keys(before)[0] ?? '';
    if (!isSettingKey(key)) return []; // of a version that had others
    return [{ id, key, before: sayValue(key, before[key]), after: sayValue(key, after[key]), at, by }];
  });
}

/** 设置历史: who changed what and when, the newest first; of the settings that words name, or of all. */
export const showSettingHistory = action({
  name: 'settings.history',
  roles: OFFICE_ROLES,
  says: ['list', 'none'],
  input: z.object({ words: z.string().max(100).optional() }),
  result: z.object({
    say: z.string(),
    asked: z.string(),
    lines: z.array(
      z.object({
        name: z.string(),
        nameEn: z.string(),
        at: z.string(),
        by: z.string(),
        old: z.string(),
        new: z.string(),
      }),
    ),
    more: z.number(),
  }),
  async run({ tx, office }, { words = '' }) {
    const named = words === '' ? null : settingsNamed(words, SHOWN);
    const all = await settingEntries(tx, { officeId: office.id });
    const entries = all.filter(({ key }) => named === null || named.includes(key));
    const lines = entries.slice(0, SHOWN).map(({ key, at, by, before, after }) => ({
      name: settingName(key, 'zh-CN'),
      nameEn: settingName(key, 'en'),
      at: wallOf(office, at),
      ...{ by, old: before, new: after },
    }));
    return {
      say: lines.length > 0 ? 'list' : 'none',
      asked: words,
      lines,
      more: entries.length - lines.length,
    };
  },
});

/** A value that stood before, as the draft lists it: who had set it, when, and the line of the record that ended it. */
const earlierShape = z.object({ id: z.uuid(), value: z.string(), by: z.string(), at: z.string() });
export type Earlier = z.infer<typeof earlierShape>;

/** 恢复整改天数原来的设置: the values that it had, newest first, each once and without the present one, as a draft to choose from. */
export const earlierSettings = action({
  name: 'settings.earlier',
  roles: OFFICE_ROLES,
  leadsTo: ['restore-setting-to'],
  says: ['none'],
  input: z.object({ setting: z.string() }),
  result: z.object({
    say: z.string(),
    name: z.string(),
    nameEn: z.string(),
    value: z.string(),
    draft: z.string(),
  }),
  async run({ tx, office }, { setting: key }) {
    if (!isSettingKey(key)) throw new AppError('act.input');
    const entries = await settingEntries(tx, { officeId: office.id, key });
    const now = sayValue(key, office.settings[key]);
    const seen = new Set([now]);
    const earlier = entries.flatMap(({ id, before }, index): Earlier[] => {
      if (seen.has(before)) return [];
      seen.add(before);
      // Whoever made the change before this one had set it; before the first it was as it came.
      const set = entries[index + 1];
      return [{ id, value: before, by: set?.by ?? '', at: set ? wallOf(office, set.at) : '' }];
    });
    const base = { name: settingName(key, 'zh-CN'), nameEn: settingName(key, 'en'), value: now };
    if (earlier.length === 0) return { ...base, say: 'none', draft: '' };
    const known = JSON.stringify(earlier.slice(0, EARLIER));
    const row = new URLSearchParams({ setting: key, known });
    return { ...base, say: '', draft: `restore-setting-to?${row.toString()}` };
  },
});

/** Back to what stood before one line of the record. It is a change like any other, and on record as one. */
export const restoreSetting = action({
  name: 'settings.restore',
  roles: OFFICE_ROLES,
  input: z.object({ setting: z.string(), which: z.uuid() }),
  result: settingChange,
  async run(context: ActContext, { setting: key, which }) {
    const [entry] = await context.tx.sql<{ before: Record<string, unknown> }>(
      `select before from audit_entry where id = $1 and office_id = $2 and subject_id = $2 and action = 'setting.changed'`,
      [which, context.office.id],
      'setting-entry',
    );
    if (!entry || !isSettingKey(key) || !(key in entry.before))
      throw new AppError('act.not-found', 'never', { what: 'setting' });
    const value = entry.before[key];
    const put = await putSetting(context.tx, settingBy(context), key, putBack(key, value));
    return settingTold(key, put ?? { before: value, after: value }, put === null);
  },
});

const settingBy = (context: ActContext) => ({
  officeId: context.office.id,
  actorId: context.actor.personId,
  inboxId: context.inboxId,
  now: context.now,
});
