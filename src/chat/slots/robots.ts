// The slots of group robots: the key as the door sealed it (http/keys.ts), the name it is to have, and which one is meant.
import type { Choice } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import { MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

const TOKEN = /v1\.[\w-]{20,}/u;
/** The address around the key, whatever of it is left. */
const ADDRESS = /https?:\/\/\S*?key=|〔密钥[^〕]*〕|v1\.[\w-]{20,}〕?/giu;

export const robotKeySlot: SlotKindOf = {
  read: (_reading, { text }): Took => {
    const sealed = TOKEN.exec(text)?.[0];
    return sealed ? { value: sealed } : undefined;
  },
  answer: () => ({ wrong: 'robots.no-key' }),
  view: () => true,
};

/** "… 叫 校长群", or what is left beside the key. */
export const robotNameSlot: SlotKindOf = {
  read(_reading, { text, row, name, open }): Took {
    const said = text.replaceAll(ADDRESS, ' ').trim();
    const called =
      /(?:叫做?|命名为|名(?:称|字)?(?:叫|为|是|改成|改为)|called|named)\s*[“"]?(.+?)[”"]?[。.]?$/iu.exec(
        said,
      )?.[1];
    if (called) return nameOf(called);
    const bare = said.replaceAll(/^[\s，,：:]+|[\s，,。]+$/gu, '');
    const beside = row[name] === undefined && TOKEN.test(text);
    return bare !== '' && (open || beside) ? nameOf(bare) : undefined;
  },
  view: (value) => value,
};

function nameOf(said: string): Took {
  const name = said
    .trim()
    .replace(/机器人$/u, '')
    .trim();
  const chars = [...name].length;
  return chars < 2 || chars > 20 || /[:：|]/u.test(name) ? { wrong: 'robots.name' } : { value: name };
}

/** The robots that words mean by name. */
export function robotsNamed(words: string, facts: Facts): Facts['robots'][number][] {
  const found = facts.robots.filter(({ name }) => words.includes(name));
  // "校长群" stands in "小学校长群" too: the longer name is meant.
  return found.filter(({ name }) => !found.some((other) => other.name !== name && other.name.includes(name)));
}

const choicesOf = (facts: Facts): Choice[] =>
  facts.robots.slice(0, MOST_CHOICES).map(({ id, name }) => ({ label: name, value: id }));

export const knownRobotSlot: SlotKindOf = {
  read(_reading, { facts, text, open, row, name }): Took {
    if (facts.robots.length === 0) return { nothing: 'robots.none' };
    if (row[name] !== undefined && !open) return undefined;
    const [only, ...more] = robotsNamed(text, facts);
    if (only && more.length === 0) return { value: only.id };
    return text.trim() === '' ? undefined : { wrong: 'robots.none-such', choices: choicesOf(facts) };
  },
  without: ({ facts }): Took =>
    facts.robots.length === 0
      ? { nothing: 'robots.none' }
      : facts.robots.length === 1
        ? { value: facts.robots[0]?.id }
        : undefined,
  choices: ({ facts }) => choicesOf(facts),
  view: (value, facts) => facts.robots.find(({ id }) => id === value) ?? null,
};
