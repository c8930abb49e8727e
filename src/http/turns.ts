// Two messages of one person are handled one after the other, and few people's at a time; here for one process.

/** Runs `work` after everything that was given under the same key before has ended, however it ended. */
export type OneAtATime = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/**
 * Turns in the work at a time. More would only share the same few cores and all end late; this way they end in the order
 * in which they came, nobody waits much longer than the others, and connections are left for what goes out.
 */
const AT_ONCE = 8;

/** The database's locks keep the order between processes; this keeps one person's burst from waiting there. */
export function oneAtATime(atOnce = AT_ONCE): OneAtATime {
  const last = new Map<string, Promise<unknown>>();
  const line: (() => void)[] = [];
  let free = atOnce;

  async function admitted<T>(work: () => Promise<T>): Promise<T> {
    if (free > 0) free--;
    else await new Promise<void>((enter) => line.push(enter));
    try {
      return await work();
    } finally {
      // The place is handed on, not given back: nobody who comes now may overtake.
      const enter = line.shift();
      if (enter) enter();
      else free++;
    }
  }

  return (key, work) => {
    const before = last.get(key);
    const inTurn = () => admitted(work);
    const turn = before ? before.then(inTurn, inTurn) : inTurn();
    last.set(key, turn);
    const forget = () => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  };
}
