// Which group is meant among those that there are, and the last words that are said in it.
import type { Choice } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import { likeness } from './likeness.ts';
import { placesIn } from './places.ts';
import { MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

const groupChoices = (facts: Facts): Choice[] =>
  facts.groups.slice(0, MOST_CHOICES).map(({ id, name }) => ({ label: name, value: id }));

/** The groups that words mean: by name, by what it is for, or by its area. */
export function groupsNamed(words: string, facts: Facts): Facts['groups'][number][] {
  const said = words.replaceAll(/[“”"]/gu, '').trim();
  const exact = facts.groups.filter(({ name }) => said.includes(name));
  if (exact.length > 0) return exact;
  const { areas } = placesIn(said, facts);
  const byArea = facts.groups.filter(
    ({ purpose, areaId }) => purpose === 'area' && areas.includes(areaId ?? ''),
  );
  if (byArea.length > 0) {
    const kind = byArea.filter(
      ({ name }) => /校.?园?.?长|督学/u.exec(said)?.[0] && likeness(said, name) > 0.2,
    );
    return kind.length > 0 ? kind : byArea;
  }
  const core = said.replaceAll(/这个|那个|工作|沟通|督导|群里?|的/gu, '');
  if ([...core].length < 2) return [];
  return facts.groups.filter(({ name }) => name.includes(core) || likeness(core, name) >= 0.6);
}

export const knownGroupSlot: SlotKindOf = {
  read(_reading, { facts, text, open, row, name }): Took {
    if (facts.groups.length === 0) return { nothing: 'groups.none' };
    if (row[name] !== undefined && !open) return undefined;
    const found = groupsNamed(firstPart(text), facts);
    const [only, ...more] = found;
    if (only && more.length === 0) return { value: only.id };
    if (more.length > 0)
      return { choices: found.slice(0, MOST_CHOICES).map(({ id, name: label }) => ({ label, value: id })) };
    return open || firstPart(text) !== ''
      ? { wrong: 'groups.none-such', choices: groupChoices(facts) }
      : undefined;
  },
  without({ facts }): Took {
    const [only, ...more] = facts.groups;
    if (!only) return { nothing: 'groups.none' };
    return more.length === 0 ? { value: only.id } : undefined;
  },
  choices: ({ facts }) => groupChoices(facts),
  view: (value, facts) => facts.groups.find(({ id }) => id === value) ?? null,
};

const firstPart = (text: string) =>
  text
    .trim()
    .split(/[,，:：。]/u)[0]
    ?.trim() ?? '';

/** "解散消防专项群,感谢各位配合": what stands after the group. */
export const lastWordsSlot: SlotKindOf = {
  read(_reading, { text, open, row, name }): Took {
    const said = /^[^,，:：]*[,，:：]\s*(.{2,300})$/su.exec(text.trim())?.[1];
    const anew = /^(?:最后一条|最后的话|结束语|内容)(?:改成|改为|是|[:：])\s*(.{2,300})$/su.exec(
      text.trim(),
    )?.[1];
    if (anew) return { value: anew };
    return said && !open && row[name] === undefined ? { value: said } : undefined;
  },
  without: () => ({ value: '' }),
  view: (value) => value,
};
