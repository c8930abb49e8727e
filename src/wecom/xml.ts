// Reads and writes the small XML that WeCom speaks. The reader meets strangers' bytes before any signature is checked,
// so it is one pass without recursion, entities, DTD or backtracking, and every dimension has a cap.
import { CallbackError } from './errors.ts';

export interface XmlElement {
  readonly name: string;
  /** Character data as it stood: CDATA untouched, the five entities and numeric references resolved. */
  readonly text: string;
  readonly hasCdata: boolean;
  readonly children: readonly XmlElement[];
}

export interface XmlLimits {
  maxDepth?: number;
  maxElements?: number;
  maxAttributes?: number;
}

// Mutable while it is being filled; seen from outside it is an XmlElement.
interface Open {
  name: string;
  text: string;
  hasCdata: boolean;
  children: Open[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
// Sticky patterns without nested repetition: each looks at a character once.
const NAME = /[A-Za-z_][\w.-]*/y;
const ATTRIBUTE = /\s+[A-Za-z_][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*')/y;
const SPACE = /\s*/y;
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Drops what XML 1.0 cannot carry: most C0 controls, lone surrogates, U+FFFE and U+FFFF. */
export function legalText(text: string): string {
  return text.replace(ILLEGAL, '');
}

/**
 * Reads one document and gives its root. Attributes are skipped, comments too; a DTD, a processing instruction other
 * than the declaration, an entity beyond the five, or anything not well-formed is refused.
 * @throws {CallbackError} `bad-xml`.
 */
export function parseXml(source: string, limits: XmlLimits = {}): XmlElement {
  const { maxDepth = 16, maxElements = 4096, maxAttributes = 16 } = limits;
  const holder: Open = { name: '', text: '', hasCdata: false, children: [] };
  const stack: Open[] = [holder];
  let elements = 0;
  let at = skipDeclaration(source);

  while (at < source.length) {
    const top = last(stack);
    const lt = source.indexOf('<', at);
    const plain = source.slice(at, lt === -1 ? source.length : lt);
    if (plain !== '') addText(top, plain, stack.length === 1);
    if (lt === -1) break;

    if (source.startsWith('<!--', lt)) {
      at = after(source, '-->', lt + 4);
    } else if (source.startsWith('<![CDATA[', lt)) {
      if (stack.length === 1) throw new CallbackError('bad-xml');
      at = after(source, ']]>', lt + 9);
      if (!top.hasCdata && top.text.trim() === '') top.text = ''; // line breaks around a CDATA are layout
      top.text += source.slice(lt + 9, at - 3);
      top.hasCdata = true;
    } else if (source.startsWith('</', lt)) {
      if (stack.length === 1) throw new CallbackError('bad-xml');
      at = closing(source, lt + 2, top.name);
      stack.pop();
    } else {
      if (++elements > maxElements || stack.length > maxDepth) throw new CallbackError('bad-xml');
      if (stack.length === 1 && holder.children.length > 0) throw new CallbackError('bad-xml');
      const opened = opening(source, lt + 1, maxAttributes);
      const element: Open = { name: opened.name, text: '', hasCdata: false, children: [] };
      if (top.children.length === 0 && top.text.trim() === '') top.text = '';
      top.children.push(element);
      if (!opened.selfClosed) stack.push(element);
      at = opened.end;
    }
  }
  const root = holder.children[0];
  if (stack.length !== 1 || root === undefined) throw new CallbackError('bad-xml');
  return root;
}

function last(stack: Open[]): Open {
  const top = stack[stack.length - 1];
  if (top === undefined) throw new CallbackError('bad-xml');
  return top;
}

function skipDeclaration(source: string): number {
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  SPACE.lastIndex = at;
  SPACE.test(source);
  const start = SPACE.lastIndex;
  if (/^<\?xml[\s?]/.test(source.slice(start, start + 6))) at = after(source, '?>', start);
  return at;
}

function after(source: string, end: string, from: number): number {
  const found = source.indexOf(end, from);
  if (found === -1) throw new CallbackError('bad-xml');
  return found + end.length;
}

function addText(element: Open, plain: string, outside: boolean): void {
  const blank = plain.trim() === '';
  // The end of a CDATA that never began: two readers would tell different texts of it, so none is believed.
  if ((outside && !blank) || plain.includes(']]>')) throw new CallbackError('bad-xml');
  if (blank && (outside || element.hasCdata || element.children.length > 0)) return;
  element.text += plain.includes('&') ? resolve(plain) : plain;
}

function resolve(plain: string): string {
  const parts = plain.split('&');
  let text = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    const semicolon = part.indexOf(';');
    if (semicolon < 1 || semicolon > 8) throw new CallbackError('bad-xml');
    const name = part.slice(0, semicolon);
    text += (Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : numeric(name)) + part.slice(semicolon + 1);
  }
  return text;
}

function numeric(name: string): string {
  const read = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
  const code = read ? Number.parseInt(read[1] ?? read[2] ?? '', read[1] === undefined ? 10 : 16) : Number.NaN;
  if (!(code <= 0x10ffff)) throw new CallbackError('bad-xml');
  return legalText(String.fromCodePoint(code));
}

function nameAt(source: string, at: number): string {
  NAME.lastIndex = at;
  const name = NAME.exec(source)?.[0];
  if (name === undefined || name.length > 64) throw new CallbackError('bad-xml');
  return name;
}

function spaceFrom(source: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(source);
  return SPACE.lastIndex;
}

function opening(source: string, from: number, maxAttributes: number) {
  const name = nameAt(source, from);
  let at = from + name.length;
  for (let n = 0; ; n++) {
    ATTRIBUTE.lastIndex = at;
    if (!ATTRIBUTE.test(source)) break;
    if (n >= maxAttributes) throw new CallbackError('bad-xml');
    at = ATTRIBUTE.lastIndex;
  }
  at = spaceFrom(source, at);
  if (source[at] === '>') return { name, selfClosed: false, end: at + 1 };
  if (source.startsWith('/>', at)) return { name, selfClosed: true, end: at + 2 };
  throw new CallbackError('bad-xml');
}

function closing(source: string, from: number, name: string): number {
  if (!source.startsWith(name, from)) throw new CallbackError('bad-xml');
  const at = spaceFrom(source, from + name.length);
  if (source[at] !== '>') throw new CallbackError('bad-xml');
  return at + 1;
}

/** The first child of that name. */
export function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((c) => c.name === name);
}

/** Every child of that name; a list of one is a list, a missing one is empty. */
export function childrenOf(parent: XmlElement | undefined, name: string): readonly XmlElement[] {
  return parent?.children.filter((c) => c.name === name) ?? [];
}

/** Free text of a child, exactly as it stood; '' when it is missing. */
export function textOf(parent: XmlElement | undefined, name: string): string {
  return child(parent, name)?.text ?? '';
}

/** A word of a child (id, key, number): layout around bare text is dropped, inside CDATA nothing is. */
export function wordOf(parent: XmlElement | undefined, name: string): string {
  const found = child(parent, name);
  if (found === undefined) return '';
  return found.hasCdata ? found.text : found.text.trim();
}

/** Wraps any text so that it survives as character data: `]]>` is split, what XML cannot carry is dropped. */
export function cdata(text: string): string {
  return `<![CDATA[${legalText(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** One element. Text goes in as CDATA, numbers bare; a list is finished XML of children, joined. */
export function element(name: string, content: string | number | readonly string[]): string {
  if (typeof content === 'number') return `<${name}>${content}</${name}>`;
  return `<${name}>${typeof content === 'string' ? cdata(content) : content.join('')}</${name}>`;
}
