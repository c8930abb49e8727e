// What a maker is given, for tests: the fixture office on the fixture day, with the shipped words.
import type { MakeContext } from '../../src/papers/make.ts';
import { dayOf } from '../../src/store/days.ts';
import { officeById } from '../../src/supervision/roster/current.ts';
import { loadSettingRules, officeSettings } from '../../src/supervision/settings.ts';
import { type Office, shippedTalk } from '../support/office.ts';

export async function makeContext(
  office: Office,
  userId: string,
  locale = 'zh-CN',
): Promise<MakeContext & { schools(): Promise<string[]> }> {
  const { store, clock, officeId } = office;
  const row = await store.transaction((tx) => officeById(tx, officeId));
  if (!row) throw new Error('no office');
  const [person] = await store.query<{ id: string; name: string }>(
    'select id, name from person where office_id = $1 and user_key = $2',
    [officeId, userId],
  );
  if (!person) throw new Error(`nobody is ${userId}`);
  const today = dayOf(clock.now(), row.timeZone);
  const { name, short } = row;
  return {
    sql: store.query.bind(store),
    office: { ...row, settings: officeSettings(loadSettingRules(), row.settings).settings },
    person,
    now: clock.now(),
    today,
    words: shippedTalk().scripts.voice(locale, () => today.toString(), {
      person,
      office: { name, short },
      helper: name,
      today: today.toString(),
    }),
    photo: async () => null,
    schools: async () =>
      (await store.query<{ id: string }>('select id from school where office_id = $1', [officeId])).map(
        ({ id }) => id,
      ),
  };
}
