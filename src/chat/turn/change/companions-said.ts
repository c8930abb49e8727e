// "对了跟李秀英一起去的", "张明也去了", said to the draft of a visit: who came along stands in it.
import type { Frame } from '../../conversation.ts';
import { findPeople } from '../../understand/entities/people.ts';
import { type Corrected, remember } from '../draft/frames.ts';
import { flowOf, type Stage } from '../stage.ts';

const WITH = /一起|一块|一同|同去|同行|随行|陪着?我|也(?:去|来|在|参加)/u;
/** What may stand around the names; more than that tells of something else. */
const AROUND =
  /[哦啊嗯]|对了|还有|另外|是|[跟和同与、]|我们?|也|都|一起|一块儿?|一同|随行|同行|陪着?|去|来|在|参加|的|了|督学|老师|[\s\p{P}]/gu;

const NOT_THERE =
  /(?:其实|今天|那天|这次|也|都|又)*(?:没(?:有)?(?:去|来|参加|一起|在)|不在|不算|去掉|删(?:掉|了)?|不是随行)|(?:去掉|删掉?|没有|不带)/u;
const ABOUT_IT =
  /[哦啊嗯]|不对|[说写记弄搞登]?错了?|刚才|随行|同行|督学|老师|那天|这次|其实|今天|一起|的|了|吧|把|[\s\p{P}]/gu;

/** "张明没去 写错了": those who stand as having come along, of a draft or of what was filed last, and did not. */
export function leftOut(t: Stage, text: string): string[] {
  if (!NOT_THERE.test(text)) return [];
  const named = [...new Set(findPeople(text, t.facts.book.index).map(({ name }) => name))];
  const rest = named.reduce((left, name) => left.replaceAll(name, ''), text);
  if (rest.replace(NOT_THERE, '').replaceAll(ABOUT_IT, '') !== '') return [];
  const rows = t.c.frame?.rows ?? (t.c.last ? [t.c.last.row] : []);
  const stand = rows.flatMap(({ companions }) => (companions ?? []) as string[]); // the slot's own value
  return named.filter((name) => stand.includes(name));
}

/** Takes those off the draft who did not come along; null when the words say nothing of the kind. */
export function dropCompanions(t: Stage, frame: Frame, text: string): Corrected {
  const gone = leftOut(t, text);
  if (gone.length === 0) return null;
  remember(t, frame);
  for (const row of frame.rows) {
    const left = ((row.companions ?? []) as string[]).filter((name) => !gone.includes(name));
    if (left.length > 0) row.companions = left;
    else delete row.companions;
  }
  return { doubt: null };
}

/** Adds those who came along; null when the words say nothing of the kind, or more than that. */
export function addCompanions(t: Stage, frame: Frame, text: string): Corrected {
  const row = frame.rows.at(-1);
  if (!row || flowOf(t, frame).slots.companions?.type !== 'companions' || !WITH.test(text)) return null;
  const named = [...new Set(findPeople(text, t.facts.book.index).map(({ name }) => name))];
  const along = named.filter((name) => name !== t.facts.person.name);
  const rest = named.reduce((left, name) => left.replaceAll(name, ''), text).replaceAll(AROUND, '');
  if (along.length === 0 || rest !== '') return null;
  remember(t, frame);
  row.companions = [...new Set([...((row.companions ?? []) as string[]), ...along])]; // the slot's own value
  return { doubt: null };
}
