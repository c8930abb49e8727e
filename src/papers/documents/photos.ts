// Which photos stand in a Word paper, and under which findings: what the inspector took at the visit, what the school handed in
// last, what was seen at the look-back. A photo that shows several findings stands once.
import { photosOfVisit } from '../../supervision/visit-photos.ts';
import type { MakeContext } from '../make.ts';
import { type Drawn, drawn } from './pictures.ts';

/** So many in one paper; a file that nobody can send on helps nobody. */
const MOST = 18;

type When = 'visit' | 'rectified' | 'looked-back';
interface Shown {
  sha256: string;
  when: When;
  ordinals: number[];
  texts: string[];
}

/** Photos with the same findings, under one caption. */
export interface PhotoBlock {
  caption: string;
  /** Paragraphs of Word (`{{@pictures}}`). */
  pictures: string;
}

interface Of {
  /** Of one visit, or of one notice; `n` is their place in the paper. */
  findings: readonly { id: string; n: number; text: string }[];
  when: readonly When[];
  /** Whose pictures that no finding shows stand too. */
  visitId?: string;
}

/** The photos of these findings, under captions that say which they show. */
export async function photoBlocks(
  context: MakeContext,
  of: Of,
): Promise<{ blocks: PhotoBlock[]; files: Drawn['files'] }> {
  const { words } = context;
  const all = drawn();
  const blocks = new Map<
    string,
    { shown: Shown; pictures: NonNullable<Awaited<ReturnType<MakeContext['photo']>>>[] }
  >();
  const visited = of.visitId === undefined ? [] : await ofNoFinding(context, of.visitId, of.findings);
  for (const shown of [...(await shownPhotos(context, of)), ...visited].slice(0, MOST)) {
    const picture = await context.photo(shown.sha256);
    if (!picture) continue; // it was lost, or is no picture that can be read
    const key = `${shown.when} ${shown.ordinals.join(' ')}`;
    const block = blocks.get(key) ?? { shown, pictures: [] };
    block.pictures.push(picture);
    blocks.set(key, block);
  }
  return {
    blocks: [...blocks.values()].map(({ shown, pictures }) => ({
      caption: words.text('papers.photos.caption', {
        when: shown.when,
        findings: shown.ordinals,
        text: shown.texts.length === 1 ? (shown.texts[0] ?? '') : '',
      }),
      pictures: all.paragraphs(pictures),
    })),
    files: all.files,
  };
}

/** Round 0 is the visit; of those above it the last hand-in counts, of those below it the last look-back. */
async function shownPhotos({ sql, office }: MakeContext, { findings, when }: Of): Promise<Shown[]> {
  const rows = await sql<{ sha256: string; when: When; ids: string[] }>(
    `with last as (
       select e.finding_id, max(e.round) filter (where e.round > 0) as handed, min(e.round) filter (where e.round < 0) as looked
       from finding_evidence e where e.finding_id = any($2::uuid[]) group by e.finding_id),
     shown as (
       select e.finding_id, e.attachment_id,
         case when e.round = 0 then 'visit' when e.round > 0 then 'rectified' else 'looked-back' end as "when"
       from finding_evidence e join last l using (finding_id) where e.round in (0, l.handed, l.looked))
     select a.sha256, s."when", array_agg(s.finding_id::text) as ids
     from shown s join attachment a on a.id = s.attachment_id
     where a.office_id = $1 and a.state = 'stored' and a.mime like 'image/%'
     group by a.id, a.sha256, a.created_at, s."when" order by a.created_at, a.id`,
    [office.id, findings.map(({ id }) => id)],
    'paper-photos',
  );
  const order: readonly When[] = ['visit', 'rectified', 'looked-back'];
  return rows
    .filter((row) => when.includes(row.when))
    .map(({ sha256, when: at, ids }) => {
      const own = findings.filter(({ id }) => ids.includes(id));
      return { sha256, when: at, ordinals: own.map(({ n }) => n), texts: own.map(({ text }) => text) };
    })
    .sort(
      (a, b) => order.indexOf(a.when) - order.indexOf(b.when) || (a.ordinals[0] ?? 0) - (b.ordinals[0] ?? 0),
    );
}

/** A visit without findings has its pictures too, as has one to which findings were added later. */
async function ofNoFinding(
  { sql, office }: MakeContext,
  visitId: string,
  findings: Of['findings'],
): Promise<Shown[]> {
  const rows = await sql<{ sha256: string }>(
    `select a.sha256 from unnest($2::uuid[]) with ordinality as told(id, place) join attachment a using (id)
     where a.office_id = $1 and a.state = 'stored' and a.mime like 'image/%'
       and not exists (select 1 from finding_evidence e where e.attachment_id = a.id and e.round = 0 and e.finding_id = any($3::uuid[]))
     order by told.place`,
    [office.id, await photosOfVisit({ sql }, visitId), findings.map(({ id }) => id)],
    'paper-photos-of-visit',
  );
  return rows.map(({ sha256 }) => ({ sha256, when: 'visit', ordinals: [], texts: [] }));
}
