// What the rows of a sheet come to in the roster file: schools of a person together, and codes where a sheet has names.

export type Entry = Record<string, unknown>;

/** The three columns of schools are one thing in the file. */
export function person({ inspector, principal, 'school-inspector': inSchool, ...rest }: Entry): Entry {
  const schools = Object.fromEntries(
    Object.entries({ inspector, principal, 'school-inspector': inSchool }).filter(
      ([, codes]) => codes !== undefined,
    ),
  );
  return Object.keys(schools).length > 0 ? { ...rest, schools } : rest;
}

/** Names of schools and areas become codes where nothing has the name for its code. */
export function byName(entries: readonly Entry[], column: string, of: readonly Entry[]): void {
  const codes = new Set(of.map(({ code }) => code));
  const named = new Map<unknown, unknown[]>();
  for (const { name, code } of of) named.set(name, [...(named.get(name) ?? []), code]);
  const code = (text: unknown) => {
    const [only, ...more] = codes.has(text) ? [] : (named.get(text) ?? []);
    return only !== undefined && more.length === 0 ? only : text;
  };
  for (const entry of entries) {
    const value = entry[column];
    if (Array.isArray(value)) entry[column] = value.map(code);
    else if (value !== undefined) entry[column] = code(value);
  }
}
