// A pattern that hears a family of sayings, as a table of its members: the name of each says what its words are about.

/** One pattern that fits where any of the members fits, tried in their order. `flags` are its own; those of the members count for nothing. */
export function anyOf(members: Readonly<Record<string, RegExp>>, flags = 'u'): RegExp {
  return new RegExp(
    Object.values(members)
      .map(({ source }) => source)
      .join('|'),
    flags,
  );
}
