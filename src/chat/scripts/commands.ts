// Words that begin a flow because they were agreed on, not because they are like an example: "设置", "一中回头看".
// For what DOMAIN §6.2 has no intent for. A pattern is literal but for {school}, {person}, {number}, {topic}, … (anything),
// and (要|需要|), one of several or nothing.

export interface Command {
  flow: string;
  /** The pattern's own longest run of words: what was agreed on. */
  words: string;
  /** What stood in the place of …, after that of {topic}; null when the pattern has neither. */
  rest: string | null;
  /** What stood in the place of {school}; null when the pattern has none. */
  school: string | null;
}

export interface CommandPattern {
  flow: string;
  roles: readonly string[];
  matcher: RegExp;
  /** Stands in every message that `matcher` takes, in lower case; looked for first, because that is cheap. */
  literal: string;
}

const HOLES: Readonly<Record<string, string>> = {
  // No name goes past a stop: what follows one belongs to the rest.
  '{school}': '(?<school>[^,\uff0c。;\uff1b:\uff1a]{1,20}?)',
  '{person}': '.{1,8}?',
  '{number}': '.{1,12}?',
  '{topic}': '(?<topic>.{1,30}?)',
  '…': '(?<rest>.*?)',
};
/** `(要|需要|)`: what stands between the bars, or nothing where nothing stands. */
const EITHER = /\([^()|]*(?:\|[^()|]*)+\)/gu;
const alternatives = (group: string) => group.slice(1, -1).split('|');
/** As short as the pattern can be said. */
const shortest = (pattern: string) =>
  pattern.replaceAll(EITHER, (group) =>
    alternatives(group).reduce((short, one) => (one.length < short.length ? one : short)),
  );
/** A stop of either width, as keyboards and dictation give it. */
const COMMA = /[,\uff0c]/gu;
const COLON = /[:\uff1a]/gu;
const ESCAPED = /[.*+?^${}()|[\]\\]/gu;

/** Why a pattern cannot be used, for the check of the scripts; null when it can. */
export function commandFault(pattern: string): string | null {
  const unknown = pattern.match(/\{[^}]*\}/gu)?.find((hole) => !(hole in HOLES));
  if (unknown) return `${unknown} is none of {school}, {person}, {number}, {topic}, …`;
  if ((pattern.match(/…/gu)?.length ?? 0) > 1) return '… may stand once';
  const literal = shortest(pattern).replaceAll(/\{[^}]*\}|…|\s/gu, '');
  return [...literal].length < 2
    ? 'needs at least two characters of its own, or it would catch what people say'
    : null;
}

/** `matcher` takes the whole message, blind to case, spaces between words and the stop at its end. */
export function commandMatcher(pattern: string): RegExp {
  const parts = pattern.trim().split(/(\([^()|]*(?:\|[^()|]*)+\)|\{[^}]*\}|…|\s+)/u);
  const literal = (part: string) =>
    part.replaceAll(ESCAPED, '\\$&').replaceAll(COMMA, '[,\uff0c、]').replaceAll(COLON, '[:\uff1a]');
  const source = parts
    .map((part) => {
      if (/^\(.*\|.*\)$/u.test(part)) return `(?:${alternatives(part).map(literal).join('|')})`;
      return HOLES[part] ?? (/^\s+$/u.test(part) ? '\\s*' : literal(part));
    })
    .join('\\s*')
    // A second school has no name of its own.
    .replace(/(?<=\(\?<school>[\s\S]*)\(\?<school>/gu, '(?:');
  return new RegExp(`^${source}[\\s。.!!??吧]*$`, 'iu');
}

/** The longest run of a pattern's own characters, in lower case. */
export function commandLiteral(pattern: string): string {
  const runs = pattern
    .split(/\([^()|]*(?:\|[^()|]*)+\)|\{[^}]*\}|[…,\uff0c:\uff1a]|\s+/u)
    .map((run) => run.toLowerCase());
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

/** How many characters of its own a message has at least that fits the pattern: the one that says most is tried first. */
export const commandWeight = (pattern: string): number =>
  shortest(pattern).replaceAll(/\{[^}]*\}|…/gu, '').length;

/** The command that a message is, among those open to these roles; the longest pattern that fits, and its `rest`. */
export function commandIn(
  patterns: readonly CommandPattern[],
  said: string,
  roles: readonly string[],
): Command | null {
  const words = said.trim();
  const lower = words.toLowerCase();
  for (const { flow, matcher, literal, roles: open } of patterns) {
    if (!lower.includes(literal) || !open.some((role) => roles.includes(role))) continue;
    const found = matcher.exec(words);
    if (found)
      return {
        flow,
        words: literal,
        school: found.groups?.school ?? null,
        rest: restIn(found.groups),
      };
  }
  return null;
}

function restIn(groups: Record<string, string> | undefined): string | null {
  const rest = groups?.rest?.trim().replace(/^[,，:：、]+\s*/u, '');
  const topic = groups?.topic?.trim();
  if (topic === undefined) return rest ?? null;
  return rest ? `${topic}，${rest}` : topic;
}
