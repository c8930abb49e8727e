// Small readers over a parsed element, shared by everything that turns XML into typed values.
import { child, wordOf, type XmlElement } from './xml.ts';

/** A field of something unknown: text, or named fields, or several of one name. */
export type FieldValue = string | FieldValue[] | Fields;
export interface Fields {
  [name: string]: FieldValue;
}

/** A number, or null when the element is missing, empty or not a finite number. */
export function numberOf(parent: XmlElement | undefined, name: string): number | null {
  const word = wordOf(parent, name).trim();
  const value = word === '' ? Number.NaN : Number(word);
  return Number.isFinite(value) ? value : null;
}

/** A word, or undefined when there is no such element: "not said" is not the same as "said to be empty". */
export function optionalWord(parent: XmlElement, name: string): string | undefined {
  return child(parent, name) === undefined ? undefined : wordOf(parent, name);
}

/** A number, or undefined when it is not said or none. */
export function optionalNumber(parent: XmlElement, name: string): number | undefined {
  return numberOf(parent, name) ?? undefined;
}

/** A comma list (`a,b`); undefined when there is no such element. */
export function optionalList(parent: XmlElement, name: string): string[] | undefined {
  const word = optionalWord(parent, name);
  return word?.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}

/** A comma list of numbers, what is none left out; undefined when there is no such element. */
export function optionalNumbers(parent: XmlElement, name: string): number[] | undefined {
  return optionalList(parent, name)?.map(Number).filter(Number.isFinite);
}

/** Everything under an element, as plain data, for what has no type yet. Depth is bounded by the XML reader. */
export function fieldsOf(parent: XmlElement): Fields {
  const fields = new Map<string, FieldValue>();
  for (const part of parent.children) {
    const value: FieldValue = part.children.length > 0 ? fieldsOf(part) : part.text;
    const before = fields.get(part.name);
    if (before === undefined) fields.set(part.name, value);
    else if (Array.isArray(before)) before.push(value);
    else fields.set(part.name, [before, value]);
  }
  return Object.fromEntries(fields); // defines own properties, so that no name can reach a prototype
}
