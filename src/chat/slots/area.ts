// The slot "area": a responsibility area that the words name, for lists that are too long without one.
import { areaName, placesIn } from './places.ts';
import type { SlotKindOf } from './slot.ts';

export const areaSlot: SlotKindOf = {
  read(_reading, { facts, text }) {
    const [area] = placesIn(text, facts).areas;
    return area === undefined ? undefined : { value: area };
  },
  view: (value, facts) => ({ name: areaName(String(value), facts) }),
};
