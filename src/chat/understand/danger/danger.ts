// Is somebody in danger now? A scorer of its own, taught by examples, with the rules of the ear as a second vote (DOMAIN §3 f, §6.4).
import { classifierOf, type Learnt, learnClasses } from '../learn/classify.ts';
import type { Examples } from '../learn/examples.ts';
import { maskExample } from '../learn/features.ts';
import { kept } from '../learn/learnt.ts';
import type { Lesson } from '../learn/vectors.ts';
import { wordFinder } from '../text/lexicon.ts';
import { clausesOf } from '../text/normalise.ts';
import { remembered } from '../text/remembered.ts';
import type { Dangers } from './danger-examples.ts';
import { dangerFeatures, markCalls } from './danger-features.ts';

/** None, and danger. */
const CLASSES = 2;
const NONE = 0;
const DANGER = 1;

/**
 * From which score (the logit of danger less that of none) on an alarm is raised, set by five-fold cross-validation over the
 * examples and by four sets of strangers' lines: a miss costs more than a false alarm, which on a plain record is a fault too.
 */
const SCORE = {
  /** The whole message. */
  whole: 0.8,
  /** One or two clauses of it, … */
  part: 3.2,
  /** … or one of several sentences ("…在漏气,已疏散;027麻烦催一下"), in a message that is not … */
  sentence: 1.2,
  /** … as a whole plainly none, as a drill or a closed case is. */
  partAbove: -2.5,
  /** The whole message when the rules hear an emergency, … */
  heard: -1.3,
  /** The same where there is hardly another way to hear it, */
  surely: -2.5,
  /** … or a part of it then. */
  partHeard: 0.7,
  /** From here on a danger is plain, even in the middle of an answer. */
  plain: 2.5,
  /** Below this a mere likeness to emergencies of the examples is none. */
  doubt: -0.5,
};
/**
 * Smaller steps than the intents take: two classes need no more, and strangers' records raise fewer alarms. Of a single run some
 * lines change sides with every handful of sayings that is added; of the mean of six hardly any do.
 */
const MANNER = { rounds: 10, step: 0.1, runs: 6 };
/**
 * Ordinary sayings are many and mostly far from any danger: all are taught that name somebody or something of these classes of
 * words, and one in so many of the others.
 */
const NEAR =
  'child hurt faint ill blow fall drown fire blast gas electric collapse crash attack abuse selfharm swallow lost rescue weapon may drill past'.split(
    ' ',
  );
const EVERY = 4;
/** Words of these classes speak of all that is told with them: no part stands for itself beside a drill, a rumour or an if. */
const FRAMES = ['drill', 'rumour', 'suppose'];
/** Shorter parts say too little. */
const PART_LENGTH = 4;

export interface DangerScore {
  /** How sure an alarm is, from 0 to 1; 0 when there is none. */
  alarm: number;
  /** An alarm that is plain, even in the middle of an answer. */
  plain: boolean;
  /** Whether it is plainly none, whatever it may be like. */
  none: boolean;
}

export interface DangerScorer {
  /** `masked` as `maskSpans` gives it of a text after `markCalls`; `heard` is what the rules say, `surely` when they leave little doubt. */
  judge(masked: string, heard: boolean, surely?: boolean): DangerScore;
}

/** What the examples of dangers and of none teach beside those of the intents; `cacheDir` keeps it. */
export function dangerLearntFrom(dangers: Dangers, examples: Examples, cacheDir?: string): Learnt {
  const words = [[...dangers.danger], [...dangers.none], dangers.words, examples];
  return kept({ name: 'dangers', words, learn: () => learnDanger(dangers, examples) }, cacheDir);
}

/** Teaches from the examples of dangers and of none, and from those of the intents; some tenths of a second. */
export function learnDanger(dangers: Dangers, examples: Examples): Learnt {
  const near = finderOf(dangers, NEAR);
  const lesson = (label: number) => (example: string) => ({
    label,
    text: maskExample(markCalls(example)),
  });
  const ordinary = Object.entries(examples).flatMap(([intent, lines]): Lesson[] =>
    intent === 'emergency.report'
      ? lines.map(lesson(DANGER))
      : lines
          .filter((line) => isOneOf(line, EVERY) || near.keys(line).length > 0)
          .flatMap(withItsEnd)
          .map(lesson(NONE)),
  );
  return learnClasses(
    [
      ...[...dangers.danger.values()].flat().map(lesson(DANGER)),
      ...[...dangers.none.values()].flat().map(lesson(NONE)),
      ...ordinary,
    ],
    dangerFeatures(dangers.words),
    CLASSES,
    MANNER,
  );
}

/** One in `many` of the sayings, each by its own words: whatever else is taught beside it, it is taught or not. */
function isOneOf(line: string, many: number): boolean {
  let sum = 0;
  for (let i = 0; i < line.length; i++) sum = (Math.imul(sum, 31) + line.charCodeAt(i)) >>> 0;
  return (sum ^ (sum >>> 15)) % many === 0;
}

const finderOf = ({ words }: Dangers, names: readonly string[]) =>
  wordFinder(Object.fromEntries(names.map((name) => [name, words[name] ?? []])));

/** Parts of a message are judged as well, so what ends a plain message is taught to be plain by itself. */
function withItsEnd(line: string): string[] {
  const clauses = clausesOf(line);
  const end = clauses.at(-1)?.text ?? '';
  return clauses.length > 1 && end.length >= PART_LENGTH ? [line, end] : [line];
}

/** The scorer of what was learnt. */
export function dangerScorer(learnt: Learnt, dangers: Dangers): DangerScorer {
  const classifier = classifierOf(learnt, dangerFeatures(dangers.words));
  const frames = finderOf(dangers, FRAMES);
  const score = remembered((text) => {
    const scores = classifier.scores(text);
    return (scores[DANGER] ?? 0) - (scores[NONE] ?? 0);
  });
  return {
    judge(masked, heard, surely = false) {
      const whole = score(masked);
      const part = () => Math.max(...partsOf(masked).map(score));
      const raised =
        whole > SCORE.whole ||
        (heard && (whole > (surely ? SCORE.surely : SCORE.heard) || part() > SCORE.partHeard)) ||
        (whole > SCORE.partAbove &&
          frames.keys(masked).length === 0 &&
          (part() > SCORE.part || Math.max(...sentencesOf(masked).map(score)) > SCORE.sentence));
      const plain = raised && (heard || whole > SCORE.plain);
      return { alarm: raised ? (plain ? 0.99 : 0.88) : 0, plain, none: whole < SCORE.doubt };
    },
  };
}

/** Where a message has several. */
function sentencesOf(masked: string): string[] {
  const sentences = masked.split(/[;.!?]+/).map((one) => one.trim());
  return sentences.length > 1 ? sentences.filter((one) => one.length >= PART_LENGTH) : [];
}

/** "…着火了还有我明天…": dictated without a mark, what turns to another matter ends a part as well. */
const TURNS = /还有(?=[^几多哪啥什谁没个两一]{2})|另外|然后|对了|顺便|我(?:明天|后天|下午|下周)/;

/** Each clause and each two that follow one another, where the message has more. */
function partsOf(masked: string): string[] {
  const clauses = clausesOf(masked).map(({ text }) => text);
  const two = clauses.slice(1).map((clause, i) => `${clauses[i]},${clause}`);
  const parts = clauses.length > 2 ? [...clauses, ...two] : clauses.length > 1 ? clauses : [];
  const turned = clauses.flatMap((clause) => (TURNS.test(clause) ? clause.split(TURNS) : []));
  return [...parts, ...turned].filter((part) => part.length >= PART_LENGTH);
}
