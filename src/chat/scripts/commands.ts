// Words that begin a flow because they were agreed on, not because they are like an example: "设置", "一中回头看".
// For what DOMAIN §6.2 has no intent for. A pattern is literal but for {school}, {person}, {number}, {topic} and … (anything).

export interface Command {
  flow: string;
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
const ESCAPED = /[.*+?^${}()|[\]\\]/gu;

/** Why a pattern cannot be used, for the check of the scripts; null when it can. */
export function commandFault(pattern: string): string | null {
  const unknown = pattern.match(/\{[^}]*\}/gu)?.find((hole) => !(hole in HOLES));
  if (unknown) return `${unknown} is none of {school}, {person}, {number}, {topic}, …`;
  if ((pattern.match(/…/gu)?.length ?? 0) > 1) return '… may stand once';
  const literal = pattern.replaceAll(/\{[^}]*\}|…|\s/gu, '');
  return [...literal].length < 2
    ? 'needs at least two characters of its own, or it would catch what people say'
    : null;
}

/** `matcher` takes the whole message, blind to case, spaces between words and the stop at its end. */
export function commandMatcher(pattern: string): RegExp {
  const parts = pattern.trim().split(/(\{[^}]*\}|…|\s+)/u);
  const source = parts
    .map((part) => HOLES[part] ?? (/^\s+$/u.test(part) ? '\\s*' : part.replaceAll(ESCAPED, '\\$&')))
    .join('\\s*')
    // A second school has no name of its own.
    .replace(/(?<=\(\?<school>[\s\S]*)\(\?<school>/gu, '(?:');
  return new RegExp(`^${source}[\\s。.!!??吧]*$`, 'iu');
}

/** The longest run of a pattern's own characters, in lower case. */
export function commandLiteral(pattern: string): string {
  const runs = pattern.split(/\{[^}]*\}|…|\s+/u).map((run) => run.toLowerCase());
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

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
