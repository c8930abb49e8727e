// Stretches of a message are read again and again while it is cut: what was read of a text lately is not reckoned again.

/** Texts at a time: more than one message has stretches. */
const REMEMBERED = 500;

/** The same function of a text, its last results kept; they must not be changed by whoever gets them. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= REMEMBERED) known.clear();
    const result = read(text);
    known.set(text, result);
    return result;
  };
}
