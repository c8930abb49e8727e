// Every kind of paper with the function that makes it; the kinds stand in supervision/papers.ts.
import type { Maker } from './make.ts';

export const MAKERS: ReadonlyMap<string, Maker> = new Map();
