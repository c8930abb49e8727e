// Role × act × target: each cell once allowed or refused, over all acts there are. The table is table.ts; add your line there.
import { expect, test } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { ROLES, type Role } from '../../../src/supervision/act.ts';
import { ACTIONS } from '../../../src/supervision/actions.ts';
import { freshDatabase } from '../../support/database.ts';
import { openStage, TARGETS_OF, type Target } from './scene.ts';
import { WHO_MAY } from './table.ts';

const { store } = await freshDatabase();
const stage = await openStage(store);

/** An entry is one act, or the act with a word on what differs: `visit.record (in her place)`. */
const actOf = (name: string) => name.replace(/ \(.*\)$/, '');

test('every act stands in the table, and nothing else does', () => {
  expect([...ACTIONS.keys()].filter((name) => !WHO_MAY[name])).toEqual([]);
  expect(Object.keys(WHO_MAY).filter((name) => !ACTIONS.has(actOf(name)))).toEqual([]);
});

test.each(Object.keys(WHO_MAY))('%s', async (name) => {
  const table: Record<string, string> = {};
  const found: Record<string, string> = {};
  for (const role of ROLES) {
    const entry = WHO_MAY[name];
    const targets = entry?.always ? TARGETS_OF[role].slice(0, 1) : TARGETS_OF[role];
    const wanted = (entry?.[role] ?? '').split(' ').filter(Boolean);
    const strange = wanted.filter((target) => !targets.includes(target as Target) || target === 'foreign');
    expect(strange, `${name}: ${role} has no such target`).toEqual([]);
    for (const target of targets) {
      table[`${role} at ${target}`] = wanted.includes(target) ? 'may' : 'may not';
      found[`${role} at ${target}`] = (await allowed(name, role, target)) ? 'may' : 'may not';
    }
  }
  expect(found).toEqual(table);
  expect(Object.values(found), `${name} is for nobody`).toContain('may');
});

/** Whether it is done. What else than a refusal keeps it from being done is a fault of the stage, and thrown. */
async function allowed(name: string, role: Role, target: Target): Promise<boolean> {
  const [action, entry] = [ACTIONS.get(actOf(name)), WHO_MAY[name]];
  if (!action || !entry) throw new Error(`no act ${name}`);
  return stage.at(role, target, async (at) => {
    const given = await entry.given(at);
    const input = action.input.safeParse(given);
    if (!input.success) throw new Error(`${name}: the table gives a wrong input: ${input.error.message}`);
    if (!action.roles.includes(role)) return false;
    try {
      const result = await action.run(at.context, input.data);
      return entry.sees ? JSON.stringify(result).includes(at.school.name) : true;
    } catch (err) {
      if (!(err instanceof AppError)) throw err;
      if (err.code === 'act.not-allowed' || err.code === 'act.not-found') return false;
      throw new Error(`${name} by ${role} at ${target} ended in ${err.code}`, { cause: err });
    }
  });
}
