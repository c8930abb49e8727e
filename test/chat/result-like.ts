// A result of the shape that an act promises, so that a walk through any flow gets the words of its end to say.
import type { z } from 'zod';
import type { Action } from '../../src/supervision/act.ts';

/** `n` chooses among what the act may say; lists have one entry, or none when `n` is odd. */
export function resultLike(action: Action, n: number): Record<string, unknown> {
  const result = sampleOf(action.result, n, '') as Record<string, unknown>; // the schema of a result is an object
  const { says } = action;
  return says && says.length > 0 ? { ...result, say: says[n % says.length] } : result;
}

function sampleOf(schema: z.core.$ZodType, n: number, key: string): unknown {
  const { def } = schema._zod as { def: z.core.$ZodTypes['_zod']['def'] }; // the closed list of kinds that zod has
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape).map(([name, inner]) => [name, sampleOf(inner, n, name)]),
      );
    case 'array':
      return n % 2 === 1 ? [] : [sampleOf(def.element, n, key)];
    case 'record':
      return {};
    case 'enum':
      return Object.values(def.entries)[0];
    case 'literal':
      return def.values[0];
    case 'union':
      return sampleOf(def.options[n % def.options.length] ?? def.options[0] ?? schema, n, key);
    case 'number':
      return n % 3;
    case 'boolean':
      return n % 2 === 0;
    case 'nullable':
      return n % 2 === 1 ? null : sampleOf(def.innerType, n, key);
    case 'optional':
    case 'default':
      return sampleOf(def.innerType, n, key);
    case 'string':
      return wordsFor(key);
    default:
      return null;
  }
}

const DAYS =
  /^(?:date|day|due|until|was|asked|since|from|to|on|start|end|found|by\w*On)$|On$|Day$|At$|latest/;

function wordsFor(key: string): string {
  if (/^(?:month|period)$/.test(key)) return '2026-03';
  return DAYS.test(key) ? '2026-03-19' : '第一中学';
}
