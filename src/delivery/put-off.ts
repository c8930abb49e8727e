// Why a row is not sent now, or not at all, though nothing went wrong: thrown on the way to the call, and heard where its outcome is written.
import type { Why } from './outbox.ts';

/** There is nothing left that this row could do. */
export class NothingToDo extends Error {
  override readonly name = 'NothingToDo';
  constructor(readonly why: Why) {
    super(why);
  }
}

/** The row speaks of a message that has not left yet itself, or is no longer this sender's to post. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

/** Nobody is to be disturbed by the row before this moment; what is behind it goes on. */
export class Later extends Error {
  override readonly name = 'Later';
  constructor(readonly at: Date) {
    super('later');
  }
}
