// The bot's voice towards somebody who has not just spoken: notices, groups, robots and reminders speak with it.
import type { Scripts, Voice } from '../chat/scripts/scripts.ts';
import { wallOf } from '../supervision/notices/send.ts';

export interface SpeakingOffice {
  name: string;
  short: string;
  timeZone: string;
}

/** What everybody who speaks unasked is made from. */
export interface Speaking {
  scripts(): Scripts;
  locale: string;
  now(): Date;
}

/** `now`: the day that its texts take for today, on the office's calendar. `name`: whom it speaks to; '' for many. */
export type OfficeVoice = (office: SpeakingOffice, name?: string, now?: Date) => Voice;

/** Reads the scripts at each word, so that a change of theirs counts at once. */
export function officeVoice(of: Speaking): OfficeVoice {
  return (office, name = '', now = of.now()) => {
    const today = wallOf(office, now).slice(0, 10);
    return of.scripts().voice(of.locale, () => today, {
      person: { name },
      office: { name: office.name, short: office.short },
      helper: office.name,
      today,
    });
  };
}
