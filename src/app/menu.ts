// The app's menu under the input box, as bot-scripts say it: put at start, and never in the way of it.
import type { MenuEntry } from '../chat/scripts/scripts.ts';
import type { Log } from '../log.ts';
import { refusalIn } from '../wecom/door.ts';
import type { Menu } from '../wecom/menu.ts';

/** Tried so often at start, each time after twice the wait; a platform that stays away gets the menu at the next start. */
const TRIES = 5;
const FIRST_WAIT_MS = 1_000;

function menuBody(entries: readonly MenuEntry[]): Menu {
  return {
    button: entries.map(({ name, key, entries: below }) =>
      below && below.length > 0
        ? {
            name,
            sub_button: below.map((entry) => ({ name: entry.name, type: 'click' as const, key: entry.key })),
          }
        : { name, type: 'click' as const, key: key ?? name },
    ),
  };
}

export interface MenuKeeper {
  /** Begins to put this menu; what stands there is replaced. */
  put(entries: readonly MenuEntry[]): void;
  close(): void;
}

/** A menu is a convenience: what goes wrong with it is logged and stops nothing. */
export function menuKeeper(deps: { create(menu: Menu): Promise<void>; log: Log }): MenuKeeper {
  let wanted = '';
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const attempt = async (menu: Menu, left: number, waitMs: number): Promise<void> => {
    const words = JSON.stringify(menu);
    try {
      await deps.create(menu);
    } catch (err) {
      if (closed || words !== wanted) return;
      // What only an operator can mend is no better in a second, and is asked of her at once.
      if (left <= 1 || refusalIn(err)) return deps.log.warn({ err }, "the app's menu could not be put");
      timer = setTimeout(() => void attempt(menu, left - 1, waitMs * 2), waitMs);
      timer.unref();
    }
  };

  return {
    put(entries) {
      const menu = menuBody(entries);
      wanted = JSON.stringify(menu);
      clearTimeout(timer);
      if (entries.length > 0) void attempt(menu, TRIES, FIRST_WAIT_MS);
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
