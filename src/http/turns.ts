// Two messages of one person are handled one after the other; here for one process, so that a burst does not tie up connections.

/** Runs `work` after everything that was given under the same key before has ended, however it ended. */
export type OneAtATime = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** The database's locks keep the order between processes; this keeps one person's burst from waiting there. */
export function oneAtATime(): OneAtATime {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key);
    const turn = before ? before.then(work, work) : work();
    last.set(key, turn);
    const forget = () => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  };
}
