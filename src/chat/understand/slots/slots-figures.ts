// Slots of what is counted, written up or looked up: figures, files, briefings, questions about the rules.

import type { Slots } from '../types.ts';
import { type Facts, schoolSlots } from './facts.ts';
import { asked, whole, whose } from './slots-ask.ts';
import { notices } from './slots-rect.ts';
import { askedItems, withItems } from './slots-visits.ts';
import { askedAbout, matterOf } from './subjects.ts';

/** Which figures, of whom, of which days and items, and whether as a picture. */
export function figures(f: Facts): Slots {
  const metric = f.parts.metrics(f.e.text);
  return {
    ...schoolSlots(f),
    ...whose(f),
    ...asked(f),
    metric: metric.length > 1 ? metric : metric[0],
    ...askedItems(f),
    topic: matterOf(f),
    format: f.parts.format(f.e.text),
  };
}

/** What is wanted as a file; a table unless another form is said. */
export const file = (f: Facts): Slots => ({
  ...schoolSlots(f),
  ...notices(f),
  ...asked(f),
  ...whose(f),
  ...askedItems(f),
  format: f.parts.format(f.e.text) ?? 'xlsx',
  content: whole(f),
});

export const briefing = (f: Facts): Slots => ({
  ...schoolSlots(f),
  ...asked(f),
  audience: f.e.areas[0]?.code,
  topic: f.parts.topic(f.e.text) ?? withItems(f).items?.[0],
  format: f.parts.format(f.e.text),
});

/** What a rule is asked for: by the lexicon's code where it has one, else in the asker's words. */
export function ruleAsked(f: Facts): Slots {
  const items = f.parts.spokenItems(f.e.text);
  const topic = f.parts.topic(f.e.text) ?? askedAbout(f.e.text);
  return { topic, ...(items.length > 0 ? { items } : {}), content: f.e.text };
}
