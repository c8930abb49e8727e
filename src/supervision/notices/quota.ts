// The day's person-times (90236): how much of them a notice would use up, told before it is sent and after.
import type { ActOffice } from '../act.ts';

/** An app may send so many person-times a day for each of its accounts. */
const PER_ACCOUNT_A_DAY = 200;
/** From so many per cent on it is worth a word. */
const NEARLY = 80;

/** What notices of today have used, over `$2` (the office) and `$9` (the day); single messages are few beside them. */
export const USED_SQL = `(select count(*)::int from supervision_notice n join notice_receipt r on r.notice_id = n.id
    where n.office_id = $2 and r.state <> 'failed'
      and n.send_at >= $9::date::timestamp at time zone (select time_zone from office where id = $2))`;

/** Of the day's person-times, in per cent, with so many more; 0 while there is plenty. Beyond 100 the rest goes tomorrow. */
export function quotaShare(
  office: Pick<ActOffice, 'settings'>,
  people: number,
  used: number,
  more: number,
): number {
  const accounts = office.settings['notify.accounts'] || people;
  const share = Math.ceil(((used + more) * 100) / Math.max(1, accounts * PER_ACCOUNT_A_DAY));
  return share >= NEARLY ? share : 0;
}
