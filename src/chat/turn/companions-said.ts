// "对了跟李秀英一起去的", "张明也去了", said to the draft of a visit: who came along stands in it.
import type { Frame } from '../conversation.ts';
import { findPeople } from '../understand/people.ts';
import { type Corrected, remember } from './frames.ts';
import { flowOf, type Stage } from './stage.ts';

const WITH = /一起|一块|一同|同去|同行|随行|陪着?我|也(?:去|来|在|参加)/u;
/** What may stand around the names; more than that tells of something else. */
const AROUND =
  /[哦啊嗯]|对了|还有|另外|是|[跟和同与、]|我们?|也|都|一起|一块儿?|一同|随行|同行|陪着?|去|来|在|参加|的|了|督学|老师|[\s\p{P}]/gu;

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
