// Whether words say a day or a month and no more. "出一份三月的简报" names one, and is a matter of its own.
import { besideDates } from '../../understand/answers.ts';
import type { Intent, Understood } from '../../understand/types.ts';
import type { Stage } from '../stage.ts';

/** "改到下周吧", "4月的": around a day or a month that was asked for. */
const AROUND =
  /(?:改|定|放|推|延|缓|排|拖|挪|宽限)|(?:开始|左右|之前|以前|之内|以内|可以|能不能|行不行)|[到在至就是吧那的份前内初中底旬起好行先再还得要给关\p{P}\s]/gu;

/** A day or a month, and nothing beside it that would be another matter. */
export function saysOnlyWhen({ facts }: Stage, text: string): boolean {
  const { now, calendar, office } = facts;
  return besideDates(text, { now, calendar, timeZone: office.timeZone }).replaceAll(AROUND, '') === '';
}

/** What is asked for by a time of its own. */
const OF_A_TIME: ReadonlySet<Intent> = new Set<Intent>([
  ...(['briefing.draft', 'stats.query', 'export.file', 'visit.history', 'visit.pending'] as const),
  ...(['rect.list', 'opinion.list', 'notice.broadcast', 'campaign.progress'] as const),
]);
const PLAIN = 0.85;

/** Plainly a question or a paper about some time: its day or month is none of the draft's. */
export const asksOfATime = (t: Stage, { intent, confidence }: Understood, text: string): boolean =>
  OF_A_TIME.has(intent) && confidence >= PLAIN && !saysOnlyWhen(t, text);
