// What the bot says back, before it is dressed for the platform: a text, or a card with a few buttons.

export interface CardButton {
  key: string;
  text: string;
  /** 1 the likely one, 2 plain, 3 warning (as the platform numbers them, 90236). */
  style?: number;
}

export interface Card {
  kind: 'card';
  /** Unique per question or paper: names the card when a button is tapped. */
  task: string;
  title: string;
  desc?: string;
  body?: string;
  buttons: CardButton[];
}

export interface Words {
  kind: 'text';
  text: string;
}

/** Greys the buttons of an earlier card and writes on them how it ended. */
export interface Greyed {
  kind: 'greyed';
  task: string;
  label: string;
}

/** Said where all who are in the group can read it; every other reply is between the bot and the one who asked. */
export interface GroupWords {
  kind: 'group';
  text: string;
}

export type Reply = Words | Card | Greyed | GroupWords;

/** What one message is answered with, less the cards that were over before anybody saw them: neither they nor their greying is sent. */
export function withoutUnseen(replies: readonly Reply[]): Reply[] {
  const asked = new Set(replies.flatMap((reply) => (reply.kind === 'card' ? reply.task : [])));
  const over = new Set(
    replies.flatMap((reply) => (reply.kind === 'greyed' && asked.has(reply.task) ? reply.task : [])),
  );
  return replies.filter((reply) => !('task' in reply && over.has(reply.task)));
}
