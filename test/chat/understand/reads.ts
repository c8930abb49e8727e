// How a test asks for a reading: by the roster and the clock of the fixture, of an understander that has learnt already.
import { senderOf, shippedUnderstander } from '../../../src/chat/understand/cli.ts';
import type { Context, Understood } from '../../../src/chat/understand/types.ts';
import { LEARNT } from '../../support/learnt.ts';
import { fixtureRoster, NOW } from './score.ts';

export const understander = shippedUnderstander(undefined, LEARNT);
export const roster = fixtureRoster();

/** `who` is a person's id, which has a hyphen, or a role: then its first person speaks. */
export const contextOf = (who: string, more: Partial<Context> = {}): Context => ({
  roster: roster.index,
  sender: senderOf(roster, who.includes('-') ? who : undefined, who),
  now: NOW,
  timeZone: roster.timeZone,
  ...more,
});

/** What a message of hers says. */
export const says = (who: string, text: string, more: Partial<Context> = {}): Understood =>
  understander.understand(text, contextOf(who, more));
