import { expect, test } from 'vitest';
import { folderFiles } from '../../src/delivery/files.ts';
import { AppError } from '../../src/errors.ts';
import { type Maker, makePaper, type PaperDeps } from '../../src/papers/make.ts';
import { newId } from '../../src/store/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { loadSettingRules } from '../../src/supervision/settings.ts';
import { silent } from '../delivery/world.ts';
import { freshDatabase } from '../support/database.ts';
import { runFolder } from '../support/folder.ts';
import { FIXTURE_NOW, openOffice } from '../support/office.ts';

const sheet: Maker = async (_, { person }) => ({ name: `${person.name}.xlsx`, bytes: Buffer.from('rows') });

async function asked(maker: Maker) {
  const { store } = await freshDatabase();
  const { officeId } = await openOffice(store);
  const [person] = await store.query<{ id: string }>(`select id from person where name = '王建国'`);
  const paperId = newId();
  await store.query(
    `insert into paper (id, office_id, person_id, kind, params, asked_at) values ($1, $2, $3, 'test', '{}', $4)`,
    [paperId, officeId, person?.id, FIXTURE_NOW],
  );
  const deps: PaperDeps = {
    store,
    files: folderFiles(runFolder()),
    now: () => FIXTURE_NOW,
    log: silent,
    makers: new Map([['test', maker]]),
    settings: loadSettingRules,
    wordsFor: () => ({ text: (id) => id, term: () => undefined, day: (iso) => iso }),
  };
  return { store, paperId, deps };
}

const outbox = (store: Store) =>
  store.query<{ call: string; payload: Record<string, unknown> }>(
    'select call, payload from outbox order by id',
  );
const paper = async (store: Store) =>
  (
    await store.query<{ state: string; why: string | null; name: string | null }>(
      'select state, why, name from paper',
    )
  )[0];

test('is made, kept and written to the outbox together; a second job finds it done', async () => {
  const { store, paperId, deps } = await asked(sheet);
  const rows = await makePaper(deps, paperId);
  expect(rows.map((row) => row.recipient)).toEqual(['user:insp-wang']);
  expect(await makePaper(deps, paperId)).toEqual([]);
  expect(await paper(store)).toEqual({ state: 'made', why: null, name: '王建国.xlsx' });
  expect(await outbox(store)).toMatchObject([
    { call: 'media', payload: { kind: 'file', name: '王建国.xlsx' } },
  ]);
});

test('two jobs at once hand it over once', async () => {
  const { store, paperId, deps } = await asked(sheet);
  await Promise.all([makePaper(deps, paperId), makePaper(deps, paperId)]);
  expect((await outbox(store)).length).toBe(1);
});

test('a passing fault is tried again, a lasting one is said after the third try', async () => {
  const { store, paperId, deps } = await asked(() => Promise.reject(new Error('no memory')));
  await expect(makePaper(deps, paperId)).rejects.toThrow('no memory');
  await expect(makePaper(deps, paperId)).rejects.toThrow('no memory');
  expect((await makePaper(deps, paperId)).length).toBe(1);
  expect(await paper(store)).toMatchObject({ state: 'failed', why: 'failed' });
  expect(await outbox(store)).toMatchObject([
    { call: 'message', payload: { text: { content: 'papers.failed' } } },
  ]);
});

test('what can never be made is said at once; what is too large with what to do', async () => {
  const never = await asked(() => Promise.reject(new AppError('scripts.faulty', 'never')));
  expect((await makePaper(never.deps, never.paperId)).length).toBe(1);
  const large = await asked(async () => ({
    name: 'x.png',
    image: true,
    bytes: Buffer.alloc(10 * 1024 * 1024 + 1),
  }));
  await makePaper(large.deps, large.paperId);
  expect(await outbox(large.store)).toMatchObject([{ payload: { text: { content: 'papers.too-large' } } }]);
});

test('somebody who left meanwhile is sent nothing', async () => {
  const { store, paperId, deps } = await asked(sheet);
  await store.query(`update person set active = false where name = '王建国'`);
  expect(await makePaper(deps, paperId)).toEqual([]);
  expect(await paper(store)).toMatchObject({ state: 'failed', why: 'person-left' });
  expect(await outbox(store)).toEqual([]);
});
