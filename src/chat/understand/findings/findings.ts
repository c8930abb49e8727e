// Splits what was seen into findings: one clause each, with its item, its disposition word and its own deadline.

import { HEAD, NONE, PROBLEM } from '../clauses/finding-words.ts';
import { refine } from '../clauses/runon.ts';
import type { Lexicon } from '../text/lexicon.ts';
import type { Clause } from '../text/normalise.ts';
import { severityReader } from './finding-grades.ts';
import { itemRanker } from './finding-items.ts';
import { type LimitRecord, ownLimits } from './finding-limits.ts';
import { piecesOf } from './finding-pieces.ts';
import { takePiece } from './finding-steps.ts';
import type { Ear, FindingReader, Found, Inner, ReadOptions, SoFar } from './finding-types.ts';

export type { Ear, FindingReader, Found, ReadOptions } from './finding-types.ts';

/** Compiles the office's words once. */
export function findingReader(lexicon: Lexicon, { kinds, breaths }: Ear): FindingReader {
  const ear: Ear = { breaths, kinds: (text) => kinds(text.replace(HEAD, '')) };
  const { items, byWords, rank } = itemRanker(lexicon, ear.kinds);
  const severityOf = severityReader(lexicon);
  const isProblem = (text: string) => !NONE.test(text) && PROBLEM.test(text);
  return {
    itemOf: (text, kindergarten) => byWords(text, kindergarten)[0],
    itemsOf: byWords,
    severityOf,
    isProblem,
    hear: ear.kinds,
    saysNone: (text) => NONE.test(text),
    read: (clauses, options) =>
      readAll(clauses, options, {
        rank,
        byWords,
        severityOf,
        items,
        knows: (text) => items.all(text).length > 0,
        ear,
      }),
  };
}

function readAll(clauses: readonly Clause[], options: ReadOptions, inner: Inner): Found {
  const soFar: SoFar = {
    found: { findings: [], noFindings: false, notClean: false },
    subject: '',
    told: [],
    pointed: [],
    asked: false,
    praising: false,
    faint: new Set(),
    pale: new Set(),
    cleared: 0,
    likeliest: 0,
    contrasted: false,
  };
  const { found } = soFar;
  const limits: LimitRecord[] = [];
  for (const clause of refine(clauses, {
    things: inner.items.all,
    faults: PROBLEM,
    ...inner.ear,
    strip: options.strip,
  })) {
    const before = found.findings.length;
    const limit = options.limit?.(clause);
    const around = { clause, limit, kindergarten: options.kindergarten(clause) };
    for (const piece of piecesOf(clause, options.strip(clause), inner.knows))
      takePiece(soFar, { ...piece, ...around }, inner);
    if (limit) limits.push({ ...limit, text: clause.text, before, upto: found.findings.length });
  }
  if (soFar.place) soFar.place.of.text += `,${soFar.place.text}`;
  found.ownLimits = ownLimits(found.findings, limits, (text) => inner.items.all(text).map((w) => w.word));
  if (found.noFindings && outweighed(soFar)) found.findings = [];
  if (found.findings.length > 0) found.noFindings = false;
  return found;
}

/** "校长不在…没发现问题": what no item knows does not outweigh a plain none. */
function outweighed({ found, contrasted, faint, pale, cleared }: SoFar): boolean {
  return !contrasted && found.findings.every((x, i) => faint.has(x) || (i < cleared && pale.has(x)));
}
