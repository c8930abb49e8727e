// Bodies of exchanges for reading: JSON and XML are indented, everything else stays as it came.

/** Indents a body; what cannot be parsed is given back unchanged, so nothing is hidden by a wrong guess. */
export function pretty(body: string): string {
  const text = body.trim();
  // As it went over the wire, a request begins with its line and an empty one.
  const [, line, rest] = /^([A-Z]+ \S+)\n\n([\s\S]+)$/.exec(text) ?? [];
  if (line !== undefined && rest !== undefined) return `${line}\n\n${pretty(rest)}`;
  if (text.startsWith('{') || text.startsWith('[')) return prettyJson(text) ?? body;
  if (text.startsWith('<')) return prettyXml(text);
  return body;
}

function prettyJson(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

/** Tags, CDATA sections and the text between; a CDATA section may hold what looks like a tag. */
const TOKENS = /<!\[CDATA\[[\s\S]*?\]\]>|<[^>]+>|[^<]+/g;

export function prettyXml(text: string): string {
  const lines: string[] = [];
  let depth = 0;
  let line = '';
  const flush = () => {
    if (line !== '') lines.push('  '.repeat(depth) + line);
    line = '';
  };
  for (const token of text.match(TOKENS) ?? []) {
    if (token.startsWith('</')) {
      // An element with text only stays on one line.
      const sameLine = line !== '';
      if (!sameLine) depth = Math.max(0, depth - 1);
      line += token;
      flush();
    } else if (token.startsWith('<') && !token.startsWith('<![CDATA[')) {
      const opened = line !== '';
      flush();
      if (opened) depth += 1;
      line = token;
      if (token.endsWith('/>') || token.startsWith('<?')) flush();
    } else if (token.trim() !== '') line += token.trim();
  }
  flush();
  return lines.join('\n');
}
