// The Word papers: filled from the records without a tag left over, and a broken template is told with its file and tag.
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PizZip from 'pizzip';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { makeChecklist, makeLookBack, makeNotice, makeVisit } from '../../src/papers/documents/makers.ts';
import { DOCUMENTS } from '../../src/papers/documents/shapes.ts';
import { checkTemplates, fill, templatesFolder } from '../../src/papers/documents/template.ts';
import type { MadePaper } from '../../src/papers/make.ts';
import { faultLine } from '../../src/yaml.ts';
import { freshDatabase } from '../support/database.ts';
import { openOffice, type Seen } from '../support/office.ts';
import { makeContext } from './context.ts';

/** For a look at them: PAPERS_TO=/tmp/papers npx vitest run test/papers/documents.test.ts */
const keep = (name: string, made: MadePaper) => {
  if (process.env.PAPERS_TO) writeFileSync(join(process.env.PAPERS_TO, `${name}.docx`), made.bytes);
};

/** What a reader of the paper reads: paragraphs as lines, cells parted by ` | `. */
function wordsOf(bytes: Uint8Array): string {
  const xml = new PizZip(bytes).file('word/document.xml')?.asText() ?? '';
  return xml
    .replaceAll('</w:p></w:tc>', ' | ')
    .replaceAll('</w:p>', '\n')
    .replaceAll(/<[^>]+>/gu, '')
    .replaceAll('&quot;', '"');
}

/** Two findings at the second primary school, one of them put right and reviewed. */
async function month() {
  const { store } = await freshDatabase();
  const office = await openOffice(store);
  const confirm = async (text: string) => {
    const seen = await office.hears('insp-wang', text);
    const card = seen.find((one) => one.buttons.some((button) => button.text === '确认'));
    if (!card) throw new Error(`no card: ${seen.map((one) => one.text).join('\n')}`);
    return office.taps('insp-wang', card as Seen, '确认');
  };
  await confirm('今天上午去了二实小,灭火器过期两个,食堂留样没贴标签,限一周整改');
  await store.query(
    `update visit set highlight = '阅读节活动扎实,每班有图书角', methods = '{tour,lesson,docs}', advice = '建议每周自查一次消防器材'`,
  );
  await store.query(
    `update finding set state = 'accepted', report = '已全部更换,并建立每月检查登记', submitted_at = $1, reviewed_at = $1, round = 1
     where ordinal = 1`,
    [office.clock.now()],
  );
  const [ids] = await store.query<{ visitId: string; noticeId: string; schoolId: string }>(
    `select v.id as "visitId", n.id as "noticeId", v.school_id as "schoolId"
     from visit v join rectification_notice n on n.visit_id = v.id`,
  );
  if (!ids) throw new Error('a visit with its notice');
  return { office, ids, context: await makeContext(office, 'insp-wang') };
}

const order = (kind: string, params: object) => ({ id: '', kind, params, rows: null });
const LEFTOVER = /\{\{|\}\}|undefined|null|NaN|\[object/u;

test('the rectification notice, the visit record, the checklist and the look-back record', async () => {
  const { ids, context } = await month();
  const notice = await makeNotice(order('notice', { noticeId: ids.noticeId }), context);
  keep('notice', notice);
  expect(notice.name).toBe('整改通知书_区督整〔2026〕001号_第二实验小学_20260319.docx');
  const said = wordsOf(notice.bytes);
  expect(said).toMatch(/整改通知书\n区督整〔2026〕001号\n第二实验小学:?/u);
  expect(said).toMatch(/1 \| 灭火器过期两个 \| 安全\(第6项\) \| 一般 \| 2026-03-26/u);
  expect(said).toMatch(/2 \| 食堂留样没贴标签/u);
  expect(said).not.toMatch(LEFTOVER);

  const visit = await makeVisit(order('visit', { visitId: ids.visitId }), context);
  keep('visit', visit);
  const record = wordsOf(visit.bytes);
  expect(record).toMatch(/2025—2026学年第二学期/u);
  expect(record).toMatch(/校园巡视、推门听课、查阅资料/u);
  expect(record, 'no lessons were noted: no table of them').not.toMatch(/听课情况/u);
  expect(record).not.toMatch(/未发现需整改/u);
  expect(record).not.toMatch(LEFTOVER);

  const days = { from: '2026-02-01', to: '2026-08-31' };
  const list = await makeChecklist(order('checklist', { schoolId: ids.schoolId, ...days }), context);
  keep('checklist', list);
  expect(wordsOf(list.bytes)).toMatch(
    /督导1次,发现问题2项,其中当场整改0项,需整改2项;需整改的问题中,已通过复核1项,尚未完成1项。|督导1次，发现问题2项/u,
  );
  expect(wordsOf(list.bytes)).not.toMatch(LEFTOVER);

  const back = await makeLookBack(order('look-back', { noticeId: ids.noticeId }), context);
  keep('look-back', back);
  expect(wordsOf(back.bytes)).toMatch(/以上问题尚未回头看/u);
  expect(wordsOf(back.bytes)).not.toMatch(LEFTOVER);
});

test('photos stand under the findings they show: at the visit, after rectification, at the look-back', async () => {
  const { office, ids, context } = await month();
  const { store, officeId } = office;
  const findings = await store.query<{ id: string }>('select id from finding order by ordinal');
  let photos = 0;
  /** Shown for the first finding alone, or for both; each is a second younger. */
  const show = async (sha256: string, round: number, both: boolean) => {
    const [photo] = await store.query<{ id: string }>(
      `insert into attachment (id, office_id, person_id, kind, media_id, state, sha256, mime, bytes, created_at)
       values (gen_random_uuid(), $1, $2, 'image', $3, 'stored', $3, 'image/jpeg', 1, now() + make_interval(secs => $4)) returning id`,
      [officeId, context.person.id, sha256, ++photos],
    );
    for (const { id } of both ? findings : findings.slice(0, 1))
      await store.query(
        'insert into finding_evidence (finding_id, attachment_id, round) values ($1, $2, $3)',
        [id, photo?.id, round],
      );
  };
  const jpeg = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#c33' } })
    .jpeg()
    .toBuffer();
  await show('seen', 0, true);
  await show('first-try', 1, false);
  await show('handed-in', 2, false);
  await show('handed-in-too', 2, false);
  await show('looked', -3, true);
  await show('lost', -3, true);
  const asked: string[] = [];
  const withPhotos = {
    ...context,
    photo: async (sha256: string) => {
      asked.push(sha256);
      return sha256 === 'lost' ? null : { bytes: new Uint8Array(jpeg), width: 800, height: 600 };
    },
  };
  const visit = await makeVisit(order('visit', { visitId: ids.visitId }), withPhotos);
  keep('visit-photos', visit);
  expect(wordsOf(visit.bytes)).toMatch(/照片\n督导现场：第1、2项\n/u);
  expect(asked).toEqual(['seen']);
  const back = await makeLookBack(order('look-back', { noticeId: ids.noticeId }), withPhotos);
  keep('look-back-photos', back);
  const said = wordsOf(back.bytes);
  expect(said).toMatch(/整改后\(学校提交\)：1\. 灭火器过期两个[\s\S]*回头看：第1、2项/u);
  expect(said).not.toMatch(LEFTOVER);
  expect(asked.slice(1)).toEqual(['handed-in', 'handed-in-too', 'looked', 'lost']);
  const zip = new PizZip(back.bytes);
  const xml = zip.file('word/document.xml')?.asText() ?? '';
  const shown = [...xml.matchAll(/r:embed="([^"]+)"/gu)].map(([, id]) => id);
  expect(shown).toHaveLength(3);
  const links = zip.file('word/_rels/document.xml.rels')?.asText() ?? '';
  for (const id of shown) {
    const name = new RegExp(`Id="${id}"[^>]*Target="([^"]+)"`, 'u').exec(links)?.[1];
    expect(zip.file(`word/${name}`)?.asUint8Array().length).toBe(jpeg.length);
  }
});

test('a school without visits or problems still gets a list that reads well', async () => {
  const { office, context } = await month();
  const [school] = await office.store.query<{ id: string }>(`select id from school where code = 'S16'`);
  const params = { schoolId: school?.id, from: '2026-02-01', to: '2026-08-31' };
  const list = await makeChecklist(order('checklist', params), context);
  keep('empty', list);
  const said = wordsOf(list.bytes);
  expect(said).toMatch(/未发现需列入清单的问题/u);
  expect(said, 'no table without rows').not.toMatch(/序号/u);
});

describe('templates', () => {
  test('those that are shipped have no fault', async () => expect(await checkTemplates()).toEqual([]));

  const broken = async (change: (xml: string) => string): Promise<string[]> => {
    const dir = mkdtempSync(join(tmpdir(), 'dudao-papers-'));
    cpSync(templatesFolder, dir, { recursive: true });
    const { file } = DOCUMENTS.notice;
    const zip = new PizZip(readFileSync(join(dir, file)));
    zip.file('word/document.xml', change(zip.file('word/document.xml')?.asText() ?? ''));
    writeFileSync(join(dir, file), zip.generate({ type: 'nodebuffer' }));
    const faults = (await checkTemplates(dir)).map(faultLine);
    if (faults.some((fault) => !fault.includes('there is no')))
      await expect(fill('notice', {}, [], dir)).rejects.toMatchObject({ code: 'scripts.faulty' });
    return faults;
  };

  test.each<[string, (xml: string) => string, RegExp]>([
    [
      'a misspelt name',
      (xml) => xml.replace('{{school}}', '{{shcool}}'),
      /^papers\/整改通知书.docx:1:shcool: there is no "shcool"/u,
    ],
    [
      'a misspelt name in a row',
      (xml) => xml.replace('{{item}}', '{{itme}}'),
      /^papers\/整改通知书.docx:1:itme: there is no/u,
    ],
    [
      'a loop that does not end',
      (xml) => xml.replace('{{/findings}}', ''),
      /^papers\/整改通知书.docx:1:findings: /u,
    ],
    [
      'a tag that does not close',
      (xml) => xml.replace('{{school}}', '{{school'),
      /^papers\/整改通知书.docx:1:\{?school.*unclosed/u,
    ],
  ])('%s', async (_, change, expected) => {
    expect((await broken(change)).join('\n')).toMatch(expected);
  });

  test('a file that is no Word file, and one that is missing', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'dudao-papers-'));
    writeFileSync(join(dir, DOCUMENTS.notice.file), 'not a zip');
    const faults = (await checkTemplates(dir)).map(faultLine);
    expect(faults).toContain('papers/整改通知书.docx:1:: is not a Word file (.docx)');
    expect(faults).toContain('papers/督导记录表.docx:1:: is missing');
  });
});

test('photos of a visit stand in its record: of no finding, of one, and those that came before there was one', async () => {
  const { store } = await freshDatabase();
  const office = await openOffice(store);
  const wang = (text: string) => office.hears('insp-wang', text);
  let sent = 0;
  const photo = () => office.hears('insp-wang', { kind: 'image', mediaId: `m${++sent}`, picUrl: '' });
  const jpeg = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#c33' } })
    .jpeg()
    .toBuffer();
  const record = async () => {
    await store.query(
      `update attachment set state = 'stored', sha256 = id::text, mime = 'image/jpeg', bytes = 1 where state = 'pending'`,
    );
    const [visit] = await store.query<{ id: string }>('select id from visit');
    const shown: string[] = [];
    const context = {
      ...(await makeContext(office, 'insp-wang')),
      photo: async (sha256: string) => {
        shown.push(sha256);
        return { bytes: new Uint8Array(jpeg), width: 800, height: 600 };
      },
    };
    const made = await makeVisit(order('visit', { visitId: visit?.id }), context);
    keep('visit-of-photos', made);
    const said = wordsOf(made.bytes);
    expect(said).not.toMatch(LEFTOVER);
    return { captions: said.match(/督导现场.*/gu) ?? [], shown };
  };

  await wang('今天去了二实小,没发现问题');
  await photo();
  await photo();
  await wang('确认');
  expect(await record()).toEqual({ captions: ['督导现场'], shown: [expect.any(String), expect.any(String)] });
  await wang('第二张照片不要了');
  const { shown: first } = await record();
  expect(first).toHaveLength(1);

  await wang('二实小灭火器也过期两个,留样没贴标签');
  await photo();
  await photo();
  await photo();
  await wang('第一张是灭火器的,第二张是留样的');
  await wang('确认');
  const { captions, shown } = await record();
  expect(captions).toEqual([
    '督导现场：1. 灭火器也过期两个',
    '督导现场：第1、2项',
    '督导现场：2. 留样没贴标签',
    '督导现场',
  ]);
  expect(shown).toHaveLength(4);
  expect(shown.at(-1)).toBe(first[0]);
});
