// `dudao contacts`: the roster beside the platform's members, everybody named, for the office that OFFICE names. `--end` ends the
// access of those who left, however many they are; without it nothing is changed.
import { contacts as contactsIn, listing } from '../app/contacts.ts';
import { openDatabaseBeside } from '../app/database.ts';
import { appSecret } from '../app/folder.ts';
import { officeForCommand } from '../app/offices.ts';
import { ownScripts } from '../app/reminders.ts';
import { environment, readConfig } from '../config.ts';
import { putRows } from '../delivery/outbox.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { operatorTexts } from '../operator.ts';
import { createCredentialStore } from '../store/credentials.ts';
import type { Store } from '../store/store.ts';
import { createTokenStore } from '../store/token-store.ts';
import type { ActOffice, Notification } from '../supervision/act.ts';
import { compare, type Difference, withAreas } from '../supervision/contacts/compare.ts';
import { followMember } from '../supervision/contacts/member.ts';
import { together } from '../supervision/contacts/together.ts';
import { currentRoster, officeBySlug } from '../supervision/roster/current.ts';
import { loadSettingRules, officeSettings } from '../supervision/settings.ts';
import { print } from './fault.ts';

type Say = ReturnType<typeof operatorTexts>['say'];

export async function contacts({ end = false }: { end?: boolean }): Promise<void> {
  const config = readConfig(environment());
  const log = createLog({ level: config.logLevel ?? 'warn', to: 2 });
  const secret = await appSecret(config);
  const { say } = operatorTexts(config.locale);
  const database = await openDatabaseBeside(config, log);
  const now = () => new Date();
  try {
    const { store } = database;
    const stored = await store.transaction((tx) => officeBySlug(tx, config.office));
    if (!stored) throw new AppError('act.not-found', 'never', { what: 'office', office: config.office });
    const office = await officeForCommand(stored, config, {
      ...{ log, now },
      tokens: createTokenStore(store, secret),
      credentials: createCredentialStore(store, secret),
    });
    if (!office) throw new AppError('config.unusable', 'never', { faults: ['WECOM_CORP_ID'] });
    const read = await listing({ byId: () => office }, stored.id, now());
    if (!read) return;
    const people = withAreas(await store.transaction((tx) => currentRoster(tx, stored.id)));
    const found = compare(people, read);
    for (const fault of read.faults) print(say('contacts.fault', { fault }));
    if (read.members === null && read.reach === null) {
      process.exitCode = 1;
      return;
    }
    tell(say, found, people.filter(({ active }) => active).length);
    if (!end || found.gone.length === 0) return;
    const { settings } = officeSettings(loadSettingRules(), stored.settings);
    const act: ActOffice = { ...stored, settings };
    const { render } = contactsIn({
      ...{ now, offices: { byId: () => office, all: () => [office] }, locale: config.locale },
      scripts: ownScripts(log),
    });
    const count = await endAll(store, act, found.gone, read.at, render);
    print(say('contacts.ended', { count }));
  } finally {
    await database.close();
  }
}

function tell(say: Say, found: Difference, people: number): void {
  const lines: [string, string[]][] = [
    ['gone', found.gone.map(({ name, userId, why }) => `${name} (${userId}, ${say(`contacts.why.${why}`)})`)],
    ['back', found.back.map(({ name, userId }) => `${name} (${userId})`)],
    ['unreachable', found.unreachable],
    ['inactive', found.inactive],
    ['unknown', found.unknown],
    ['areas', found.areas.map(({ name, roster, platform }) => `${name}: ${roster} ≠ ${platform}`)],
    ['names', found.names.map(({ roster, platform }) => `${roster} ≠ ${platform}`)],
  ];
  const some = lines.filter(([, all]) => all.length > 0);
  print(say(some.length === 0 ? 'contacts.fine' : 'contacts.title', { people }));
  for (const [what, all] of some) {
    print(say(`contacts.${what}`, { count: all.length }));
    for (const one of all) print(`  ${one}`);
  }
  if (found.gone.length > 0 && found.held) print(say(`contacts.held.${found.held}`));
}

/** All or nothing; the running bot sends what is told of it. */
function endAll(
  store: Store,
  office: ActOffice,
  gone: Difference['gone'],
  at: Date,
  render: ReturnType<typeof contactsIn>['render'],
): Promise<number> {
  return store.transaction(async (tx) => {
    const told: Notification[] = [];
    let count = 0;
    for (const { userId, why } of gone) {
      const context = { tx, office, now: at, inboxId: null, actor: null };
      const notify = (notification: Notification) => void told.push(notification);
      const followed = await followMember({ ...context, notify }, { userId, at, what: 'gone', why });
      if (followed !== 'nobody') count += 1;
    }
    const { people } = await currentRoster(tx, office.id);
    const rows = together(told).flatMap((notification) => {
      const to = people.find(({ id, active }) => active && id === notification.personId);
      return to ? render(office, to, notification) : [];
    });
    await putRows(tx, rows);
    return count;
  });
}
