// Which Word papers there are, the template of each, and every name that a template may use: what the check compares tags with.
import { z } from 'zod';

const text = z.string();
const flag = z.boolean();
const lines = <S extends z.ZodRawShape>(shape: S) => z.array(z.object({ n: z.number(), ...shape }));

/** Photos in groups, each with a line that says of which findings they are; `pictures` stands alone in its paragraph: {{@pictures}}. */
const photos = { hasPhotos: flag, photos: lines({ caption: text, pictures: text }) };

/** Of every paper. Days are written out in the reader's language; what is not known is empty. */
const common = { office: text, today: text };

export const notice = z.object({
  ...common,
  no: text,
  school: text,
  inspector: text,
  found: text,
  issued: text,
  due: text,
  count: z.number(),
  withdrawn: flag,
  signed: flag,
  signedBy: text,
  signedOn: text,
  findings: lines({ text, item: text, disposition: text, due: text }),
});

export const visit = z.object({
  ...common,
  semester: text,
  school: text,
  stage: text,
  area: text,
  day: text,
  session: text,
  inspector: text,
  companions: text,
  methods: text,
  items: text,
  highlight: text,
  advice: text,
  narrative: text,
  filed: text,
  read: flag,
  readOn: text,
  hasLessons: flag,
  lessons: lines({ class: text, subject: text, teacher: text, comment: text }),
  hasFindings: flag,
  findings: lines({ text, item: text, disposition: text, due: text, no: text, state: text }),
  ...photos,
});

export const checklist = z.object({
  ...common,
  school: text,
  stage: text,
  area: text,
  period: text,
  visitCount: z.number(),
  total: z.number(),
  fixed: z.number(),
  mustCount: z.number(),
  rectified: z.number(),
  open: z.number(),
  hasOverdue: flag,
  overdue: z.number(),
  hasVisits: flag,
  visits: lines({ day: text, inspector: text, items: text, findings: z.number() }),
  hasFindings: flag,
  findings: lines({
    day: text,
    text,
    item: text,
    disposition: text,
    due: text,
    report: text,
    state: text,
    no: text,
    responsible: text,
  }),
  hasHighlights: flag,
  highlights: lines({ text, day: text }),
});

export const lookBack = z.object({
  ...common,
  school: text,
  area: text,
  inspector: text,
  found: text,
  hasNo: flag,
  no: text,
  count: z.number(),
  done: z.number(),
  none: flag,
  findings: lines({
    text,
    item: text,
    report: text,
    reviewed: text,
    lookedBack: text,
    how: text,
    note: text,
    state: text,
  }),
  ...photos,
});

/** Files of bot-scripts/papers, which office staff change in Word. */
export const DOCUMENTS = {
  notice: { file: '整改通知书.docx', shape: notice },
  visit: { file: '督导记录表.docx', shape: visit },
  checklist: { file: '一校一清单.docx', shape: checklist },
  'look-back': { file: '回头看记录.docx', shape: lookBack },
} as const satisfies Record<string, { file: string; shape: z.ZodObject }>;
export type DocumentKind = keyof typeof DOCUMENTS;
