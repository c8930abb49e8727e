// The four Word papers: what is asked for by id becomes a filled template with a name that says what it is.
import { z } from 'zod';
import type { MakeContext, Maker } from '../make.ts';
import { fileName } from '../sheet.ts';
import { lookBackData, noticeData } from './notice-data.ts';
import type { Said } from './said.ts';
import type { DocumentKind } from './shapes.ts';
import { fill } from './template.ts';
import { checklistData, visitData } from './visit-data.ts';

const byNotice = z.object({ noticeId: z.string() });
const byVisit = z.object({ visitId: z.string() });
const bySchool = z.object({ schoolId: z.string(), from: z.string(), to: z.string() });

/** `data` gives what the template says, and the photos it names; `named` the parts of the file's name after the paper's own. */
function maker<D extends object>(
  kind: DocumentKind,
  data: (params: unknown, context: MakeContext) => Promise<Said<D>>,
  named: (data: D) => string[],
): Maker {
  return async (order, context) => {
    const { said, files } = await data(order.params, context);
    const bytes = await fill(kind, said, files);
    const paper = context.words.term(`paper.${kind}`) ?? kind;
    return { name: fileName([paper, ...named(said)], context.today, 'docx'), bytes };
  };
}

export const makeNotice = maker(
  'notice',
  (params, context) => noticeData(context, byNotice.parse(params).noticeId),
  ({ no, school }) => [no, school],
);
export const makeVisit = maker(
  'visit',
  (params, context) => visitData(context, byVisit.parse(params).visitId),
  ({ school, day }) => [school, day],
);
export const makeChecklist = maker(
  'checklist',
  (params, context) => checklistData(context, bySchool.parse(params)),
  ({ school }) => [school],
);
export const makeLookBack = maker(
  'look-back',
  (params, context) => lookBackData(context, byNotice.parse(params).noticeId),
  ({ no, school }) => [no, school],
);
