// Markdown as WeCom draws it (90236): headings, bold, links, inline code, quotes, three font colours; markdown_v2 adds
// lists, rules, italics, code blocks and tables. Built of elements; whatever is not known stays text.
import type { ReactNode } from 'react';
import { unescapeText, WebLink } from './rich-text.tsx';

const INLINE =
  /\*\*(.+?)\*\*|`([^`\n]+)`|!?\[([^\]]*)\]\(([^)\s]+)\)|<font color="(info|comment|warning)">([\s\S]*?)<\/font>|<@([^>]+)>|\*([^*\s][^*]*)\*/g;

function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > from) parts.push(unescapeText(text.slice(from, found.index)));
    const [whole, bold, code, label, href, colour, coloured, member, italic] = found;
    const key = found.index;
    if (bold !== undefined) parts.push(<strong key={key}>{inline(bold)}</strong>);
    else if (code !== undefined) parts.push(<code key={key}>{code}</code>);
    else if (href !== undefined)
      parts.push(
        <WebLink key={key} href={href}>
          {label || href}
        </WebLink>,
      );
    else if (colour !== undefined)
      parts.push(
        <span key={key} className={`md-${colour}`}>
          {inline(coloured ?? '')}
        </span>,
      );
    else if (member !== undefined)
      parts.push(
        <span key={key} className="md-member">
          @{member}
        </span>,
      );
    else parts.push(<em key={key}>{italic}</em>);
    from = found.index + whole.length;
  }
  if (from < text.length) parts.push(unescapeText(text.slice(from)));
  return parts;
}

type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'quote' | 'text' | 'item'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'rule' }
  | { kind: 'table'; rows: string[][] };

const cells = (line: string) =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** Lines to blocks; neighbouring lines of one table or one code fence become one block. */
export function markdownBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let fence: string[] | null = null;
  for (const line of text.split('\n')) {
    const last = blocks.at(-1);
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (/^```/.test(line)) {
      if (fence) blocks.push({ kind: 'code', text: fence.join('\n') });
      fence = fence ? null : [];
    } else if (fence) fence.push(line);
    else if (heading)
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
    else if (/^>\s?/.test(line)) blocks.push({ kind: 'quote', text: line.replace(/^>\s?/, '') });
    else if (/^\s*[-*]\s+/.test(line)) blocks.push({ kind: 'item', text: line.replace(/^\s*[-*]\s+/, '') });
    else if (/^-{3,}\s*$/.test(line)) blocks.push({ kind: 'rule' });
    else if (/^\s*\|.*\|\s*$/.test(line)) {
      if (/^[\s|:-]+$/.test(line)) continue;
      if (last?.kind === 'table') last.rows.push(cells(line));
      else blocks.push({ kind: 'table', rows: [cells(line)] });
    } else blocks.push({ kind: 'text', text: line });
  }
  if (fence) blocks.push({ kind: 'code', text: fence.join('\n') });
  return blocks;
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return <p className={`md-heading md-h${block.level}`}>{inline(block.text)}</p>;
    case 'quote':
      return <p className="md-quote">{inline(block.text)}</p>;
    case 'item':
      return <p className="md-item">{inline(block.text)}</p>;
    case 'code':
      return <pre className="md-code">{block.text}</pre>;
    case 'rule':
      return <hr />;
    case 'table':
      return (
        <table>
          <tbody>
            {block.rows.map((row, y) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one text never move
              <tr key={y}>
                {row.map((cell, x) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: nor its cells
                  <td key={x}>{inline(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'text':
      return <p>{block.text === '' ? '\u00a0' : inline(block.text)}</p>;
  }
}

export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      {markdownBlocks(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of one text never move
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}
