// Whatever is asked in a group, by whomever: no other's school, no finding, no colleague and no number is told there, and nothing is done.
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { freshDatabase } from '../support/database.ts';
import { type Office, openOffice } from '../support/office.ts';
import { fixtureRoster } from '../support/world.ts';

const roster = fixtureRoster();
const { store } = await freshDatabase();
let office: Office;

/** Words of findings as they were filed; a group must never read one of them. */
const FINDINGS = ['灭火器过期', '留样没贴标签', '门卫没登记'];
/** What can be said to the bot: two examples and two agreed words of each of its flows, about one school. */
const folder = new URL('../../bot-scripts/texts/zh-CN/', import.meta.url);
const sentences = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml') && file !== 'report-emergency.yaml')
  .flatMap((file) => {
    // The shape was checked when the scripts were loaded.
    const { examples = [], commands = [] } = parse(readFileSync(new URL(file, folder), 'utf8')) as {
      examples?: string[];
      commands?: string[];
    };
    return [...examples.slice(0, 2), ...commands.slice(0, 2)].map(filled);
  });

function filled(example: string): string {
  return example
    .replaceAll('{school}', '东关小学')
    .replaceAll('{finding}', '灭火器过期')
    .replaceAll('{person}', '张明')
    .replaceAll(/\{[a-z]+\}/gu, '001')
    .replaceAll(/\(([^|)]*)\|[^)]*\)/gu, '$1')
    .replaceAll('…', '');
}

async function standing(): Promise<unknown> {
  const [row] = await store.query(
    `select (select count(*) from visit) as visits, (select count(*) from rectification_notice) as notices,
            (select count(*) from supervision_notice) as broadcasts, (select count(*) from emergency) as emergencies,
            (select string_agg(state, ',' order by id) from finding) as findings,
            (select settings from office) as settings, (select count(*) from assignment) as assignments`,
  );
  return row;
}

test('there is much to say', () => expect(sentences.length).toBeGreaterThan(100));

beforeAll(async () => {
  office = await openOffice(store);
  await office.hears('insp-li', '今天上午去了东关小学,灭火器过期两个,食堂留样没贴标签,限一周整改');
  await office.hears('insp-li', '确认');
  await office.hears('insp-wang', '今天去了一中,门卫没登记');
  await office.hears('insp-wang', '确认');
  await office.hears('office-chen', '通知各位校长园长:周五下午三点开会,收到请确认');
  await office.hears('office-chen', '确认');
});

describe.each(['insp-li', 'insp-wang', 'office-chen', 'office-sun', 'head-s10'])('asked by %s', (userId) => {
  test('the group reads nothing that is not its business', async () => {
    const before = await standing();
    const me = roster.people.find(({ userid }) => userid === userId);
    const own = new Set(Array.isArray(me?.schools) ? me.schools : Object.values(me?.schools ?? {}).flat());
    const others = roster.schools.filter(({ code }) => !own.has(code)).map(({ name }) => name);
    // The clerk is whom the bot names when it cannot help; her name is no secret.
    const people = roster.people.map(({ name }) => name).filter((name) => name !== '小陈');
    for (const sentence of sentences) {
      const { there } = await office.asks(userId, sentence);
      expect(there, sentence).not.toBe('');
      for (const secret of [...others, ...people, ...FINDINGS]) expect(there, sentence).not.toContain(secret);
      expect(there, sentence).not.toMatch(/1[3-9]\d{9}|区督整/);
    }
    expect(await standing()).toEqual(before);
  });
});
