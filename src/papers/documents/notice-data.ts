// What the Word papers about a rectification say: the notice itself, and the look back at what became of it.
import type { z } from 'zod';
import { toldState } from '../../supervision/findings.ts';
import { noticeNo } from '../../supervision/notices.ts';
import { noticeById } from '../../supervision/paper-rows.ts';
import type { MakeContext } from '../make.ts';
import { photoBlocks } from './photos.ts';
import { ALL_DAYS, gone, numbered, placed, rowsOf, type Said, speaker } from './said.ts';
import type { lookBack, notice } from './shapes.ts';

/** What the template of a rectification notice (整改通知书) may name. Throws `act.not-found` when it is gone. */
export async function noticeData(
  context: MakeContext,
  noticeId: string,
): Promise<Said<z.infer<typeof notice>>> {
  const { date, at, finding, common } = speaker(context);
  const head = await noticeById({ sql: context.sql }, context.office.id, noticeId);
  if (!head) throw gone('notice');
  const rows = await rowsOf(context, { schoolIds: [head.schoolId], ...ALL_DAYS, noticeId });
  const said = {
    ...common,
    no: noticeNo(context.office.settings['rect.numberPrefix'], head.year, head.number),
    school: head.school,
    inspector: head.inspector,
    found: date(head.foundOn),
    issued: at(head.issuedAt),
    due: date(head.dueOn),
    count: rows.length,
    withdrawn: head.state === 'withdrawn',
    signed: head.signedAt !== null,
    signedBy: head.signedBy,
    signedOn: at(head.signedAt),
    findings: numbered(rows.map(finding)),
  };
  return { said, files: [] };
}

/** What the template of a look back (回头看记录) may name. Throws `act.not-found` when its notice is gone. */
export async function lookBackData(
  context: MakeContext,
  noticeId: string,
): Promise<Said<z.infer<typeof lookBack>>> {
  const { date, short, term, common } = speaker(context);
  const head = await noticeById({ sql: context.sql }, context.office.id, noticeId);
  if (!head) throw gone('notice');
  const rows = await rowsOf(context, { schoolIds: [head.schoolId], ...ALL_DAYS, noticeId });
  const done = rows.filter((row) => row.lookedBackAt !== null).length;
  const { blocks, files } = await photoBlocks(context, {
    findings: placed(rows),
    when: ['rectified', 'looked-back'],
  });
  const said = {
    ...common,
    school: head.school,
    area: head.area,
    inspector: head.inspector,
    found: date(head.foundOn),
    hasNo: true,
    no: noticeNo(context.office.settings['rect.numberPrefix'], head.year, head.number),
    count: rows.length,
    done,
    none: done === 0,
    findings: numbered(
      rows.map((row) => ({
        text: row.text,
        item: term('item', row.item),
        report: row.report,
        reviewed: short(row.reviewedAt),
        lookedBack: short(row.lookedBackAt),
        how: row.lookedBackHow ? term('looked-back', row.lookedBackHow) : '',
        note: [row.lookedBackHow ? term('looked-back', row.lookedBackHow) : '', row.lookBackNote]
          .filter((part) => part !== '')
          .join(' '),
        state: term('finding-state', toldState(row.state, row.no)),
      })),
    ),
    hasPhotos: blocks.length > 0,
    photos: numbered(blocks),
  };
  return { said, files };
}
