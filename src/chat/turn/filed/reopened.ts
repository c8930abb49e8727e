// A filed record was read to be corrected (turn/filed/rewrite.ts): it stands as a draft, changed by what was said of it.
import type { Row } from '../../conversation.ts';
import { CANNOT_CHANGE } from '../../slots/records.ts';
import { schoolValue } from '../../slots/school.ts';
import { moreOfDraft } from '../change/add-to-draft.ts';
import { correct } from '../change/corrections.ts';
import { shownNow } from '../draft/drafts.ts';
import { askSlot, openFrame, proceed } from '../draft/frames.ts';
import { type PlannedAct, read, type Stage } from '../stage.ts';

const VISIT = 'log-visit';

/** `result`: what `visit.reopen` read. Words that change nothing of it are told so, and what is to be changed is asked again. */
export function reopened(t: Stage, act: PlannedAct, result: Record<string, unknown>): void {
  const flow = t.deps.scripts.flows.get(VISIT);
  const { reopened: contents, replaces } = result as { reopened: Row; replaces: Row }; // as visit.reopen gives them
  const school = t.facts.book.byId.get(String(contents.school));
  if (!flow || !school) return askWhat(t, act); // its school is no more
  const row = { ...contents, school: schoolValue(school, t.facts), replaces };
  for (const [name, value] of Object.entries(row))
    if (value === undefined) delete row[name as keyof typeof row];
  const frame = openFrame(t, flow, [row]);
  t.c.frame = frame;
  const before = shownNow(t, frame);
  const said = String(act.row.said);
  for (const words of new Set([said, withoutWhich(said)])) {
    const understood = read(t, words);
    const changed = correct(t, frame, words, understood) ?? moreOfDraft(t, frame, words, understood);
    frame.past = []; // as it was filed is no draft to go back to
    if (changed && (changed.doubt || shownNow(t, frame) !== before)) return proceed(t, changed.doubt);
  }
  askWhat(t, act);
}

/** "刚才特校那个写错了 不是宿舍是食堂": which record, and then what is right. */
const withoutWhich = (said: string) =>
  said.trim().replace(/^.{0,14}?(?:[写登记填弄搞说]错了?|错了|不对|有误)[,\uff0c。\s]+(?=.{3})/u, '');

function askWhat(t: Stage, act: PlannedAct): void {
  const flow = t.deps.scripts.flows.get(act.flow);
  if (!flow) return;
  t.c.frame = openFrame(t, flow, [{ visit: act.row.visit }]);
  askSlot(t, t.c.frame, { row: 0, slot: 'change', choices: [], wrong: { text: CANNOT_CHANGE, vars: {} } }, 1);
}
