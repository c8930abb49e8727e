// Text as WeCom shows it: line breaks and `<a href>` links (90236), the rest as it is written. Built of elements, never of HTML.
import type { ReactNode } from 'react';
import { openAsPerson } from '../state/actions.ts';

const SAFE = /^(https?:|mailto:|tel:)/i;
const OAUTH = /\/connect\/oauth2\/authorize\?/;

export interface WebLinkProps {
  href: string;
  className?: string;
  children: ReactNode;
}
/** A link that cannot run anything; an OAuth address is opened as the person who taps it. Unsafe addresses stay text. */
export function WebLink({ href, className = '', children }: WebLinkProps) {
  if (!SAFE.test(href.trim())) return <span className={className}>{children}</span>;
  return (
    <a
      className={className}
      href={href.trim()}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(event) => {
        if (!OAUTH.test(href)) return;
        event.preventDefault();
        void openAsPerson(href.trim());
      }}
    >
      {children}
    </a>
  );
}

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};
export const unescapeText = (text: string) =>
  text.replace(/&(?:lt|gt|quot|#39|amp);/g, (name) => ENTITIES[name] ?? name);

export type TextPart = string | { href: string; text: string };
/** A name that is mentioned stands out, up to the next space or mark. */
export const MENTIONS = /((?<![\p{L}\p{N}._-])@[\p{L}\p{N}_-]{1,30})/u;
const LINKS =
  /<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>([\s\S]*?)<\/a>|(https?:\/\/[^\s<>"',。;!?、()【】]+)/gi;

/** Splits a text at its links; an address that stands by itself is a link as well. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const found of text.matchAll(LINKS)) {
    if (found.index > from) parts.push(text.slice(from, found.index));
    const [whole, double, single, label, bare] = found;
    const href = bare ?? double ?? single ?? '';
    parts.push({ href: unescapeText(href), text: unescapeText(bare ?? label ?? '').replace(/<[^>]*>/g, '') });
    from = found.index + whole.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

function Words({ text }: { text: string }) {
  return (
    <>
      {text.split(MENTIONS).map((piece, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          <span key={index} className="mention">
            {piece}
          </span>
        ) : (
          piece
        ),
      )}
    </>
  );
}

export function RichText({ text }: { text: string }) {
  return (
    <>
      {textParts(text).map((part, index) =>
        typeof part === 'string' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          <Words key={index} text={part} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          <WebLink key={index} href={part.href}>
            {part.text}
          </WebLink>
        ),
      )}
    </>
  );
}
