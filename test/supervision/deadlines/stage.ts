// A small office whose reminders are planned in a test: two schools of one inspector and one of another, facts put in by hand.
import { putRows } from '../../../src/delivery/outbox.ts';
import { newId } from '../../../src/store/ids.ts';
import type { Store, Tx } from '../../../src/store/store.ts';
import { type Digest, planOffice } from '../../../src/supervision/deadlines/plan.ts';
import { mustLoadPolicy } from '../../../src/supervision/deadlines/policy.ts';
import { importRoster } from '../../../src/supervision/roster/import.ts';
import { loadSettingRules } from '../../../src/supervision/settings.ts';
import { fixtureRoster } from '../../support/world.ts';

export const rules = loadSettingRules();
export const policy = mustLoadPolicy();
const roster = fixtureRoster();
/** Two schools of one inspector and one of another; the rest of the office is told nothing of interest. */
const SCHOOLS = ['S01', 'S02', 'S05'];
const AREA_LEADER = 'insp-zhou';

/** What is planned goes out as rows of the outbox, under the keys that make a second run harmless. */
export function putDigests(tx: Tx, officeId: string, digests: readonly Digest[]): Promise<unknown> {
  return putRows(
    tx,
    digests.map(({ to, notification, sendAt }) => ({
      ...{ officeId, key: notification.dedup, recipient: `user:${to.userId}` as const },
      ...{ call: 'message' as const, payload: notification.data, notBefore: sendAt },
    })),
  );
}

export async function office(store: Store, since = '2026-02-20T00:00:00Z') {
  const small = {
    ...roster,
    schools: roster.schools.filter(({ code }) => SCHOOLS.includes(code)),
    people: roster.people
      .map((one) => {
        const schools = Array.isArray(one.schools) ? one.schools : [];
        return { ...one, schools: schools.filter((code) => SCHOOLS.includes(code)) };
      })
      .filter(({ roles, schools }) => !roles.includes('principal') || schools.length > 0),
  };
  const sealer = { seal: (text: string) => text, open: (text: string) => text };
  const { officeId } = await importRoster(store, small, { now: new Date(since), sealer });
  await store.query(
    `update person set roles = roles || '{area-leader}', area_id = (select id from area where code = 'A1') where user_id = $1`,
    [AREA_LEADER],
  );
  const ids = await store.query<{ id: string; code: string }>('select id, code from school');
  const idOf = new Map(ids.map(({ id, code }) => [code, id]));
  const [wang] = await store.query<{ id: string }>(`select id from person where user_id = 'insp-wang'`);
  const told: Digest[] = [];
  async function deliver(tx: Tx, digests: readonly Digest[]) {
    // Reports of a month have a test of their own (month-run.test.ts).
    told.push(...digests.filter(({ notification }) => notification.key === 'reminders.digest'));
    await putDigests(tx, officeId, digests);
  }
  return {
    officeId,
    told,
    school: (code: string) => idOf.get(code) ?? '',
    inspector: wang?.id ?? '',
    /** `through`: a store that stands for a process of its own. */
    run: (at: string | Date, through: Store = store) =>
      planOffice({ store: through, rules, policy, now: new Date(at), deliver }, officeId).then(
        ({ outcome }) => outcome,
      ),
    async notice(code: string, issued: string, due: string, number: number) {
      const [visit, notice, finding] = [newId(), newId(), newId()];
      const at = `${issued}T10:00:00+08:00`;
      await store.query(
        `insert into visit (id, office_id, school_id, inspector_id, visited_on, state, created_at) values ($1, $2, $3, $4, $5, 'voided', $6)`,
        [visit, officeId, idOf.get(code), wang?.id, issued, at],
      );
      await store.query(
        `insert into rectification_notice (id, office_id, school_id, visit_id, issued_by, year, number, state, issued_at, due_on)
         values ($1, $2, $3, $4, $5, 2026, $6, 'issued', $7, $8)`,
        [notice, officeId, idOf.get(code), visit, wang?.id, number, at, due],
      );
      await store.query(
        `insert into finding (id, office_id, visit_id, school_id, notice_id, ordinal, item, text, disposition, state, due_on)
         values ($1, $2, $3, $4, $5, 1, 'I6', '灭火器过期', 'general', 'issued', $6)`,
        [finding, officeId, visit, idOf.get(code), notice, due],
      );
      return { notice, finding };
    },
    visit: (code: string, on: string) =>
      store.query(
        `insert into visit (id, office_id, school_id, inspector_id, visited_on) values ($1, $2, $3, $4, $5)`,
        [newId(), officeId, idOf.get(code), wang?.id, on],
      ),
    sign: (notice: string) =>
      store.query(`update rectification_notice set state = 'acknowledged', signed_at = now() where id = $1`, [
        notice,
      ]),
  };
}
