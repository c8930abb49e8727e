// Two messages of one person are handled one after the other, and few people's at a time; here for one process.

/** Runs `work` after everything that was given under the same key before has ended, however it ended. `lane`: whose turn it counts as. */
export type OneAtATime = <T>(key: string, work: () => Promise<T>, lane?: string) => Promise<T>;

/**
 * Turns in the work at a time. More would only share the same few cores and all end late; this way they end in the order
 * in which they came, nobody waits much longer than the others, and connections are left for what goes out.
 */
const AT_ONCE = 8;

/**
 * The database's locks keep the order between processes; this keeps one person's burst from waiting there. Those who wait
 * stand in a line for each lane, and a free place goes to the next lane in the round: a storm in one office, whose lane is
 * long, lets the people of another wait for one turn of each lane and no more.
 */
export function oneAtATime(atOnce = AT_ONCE): OneAtATime {
  const last = new Map<string, Promise<unknown>>();
  /** Only lanes where somebody waits; the first one is the next to be served, and goes to the end then. */
  const lanes = new Map<string, (() => void)[]>();
  let free = atOnce;

  function next(): (() => void) | undefined {
    for (const [lane, line] of lanes) {
      lanes.delete(lane);
      const enter = line.shift();
      if (line.length > 0) lanes.set(lane, line);
      if (enter) return enter;
    }
    return undefined;
  }

  async function admitted<T>(lane: string, work: () => Promise<T>): Promise<T> {
    if (free > 0) free--;
    else
      await new Promise<void>((enter) => {
        const line = lanes.get(lane);
        if (line) line.push(enter);
        else lanes.set(lane, [enter]);
      });
    try {
      return await work();
    } finally {
      // The place is handed on, not given back: nobody who comes now may overtake.
      const enter = next();
      if (enter) enter();
      else free++;
    }
  }

  return (key, work, lane = '') => {
    const before = last.get(key);
    const inTurn = () => admitted(lane, work);
    const turn = before ? before.then(inTurn, inTurn) : inTurn();
    last.set(key, turn);
    const forget = () => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  };
}
