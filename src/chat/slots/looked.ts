// What was judged or seen, in words: at a second look clause by clause, how it was looked at, and what the head is to read of it.
import { anyOf } from '../any-of.ts';
import { clausesIn, MARKS_OR_SPACE } from '../clauses.ts';
import { parseResult } from '../understand/findings/verdicts.ts';
import { wayOf } from './looking.ts';

/** What was judged, in words that need not have been understood as a review: of an objection, of a second look. */
export function verdictIn(text: string) {
  if (/^(?!.*(?:不|别|先|退|没)).*签发(?:吧|了)?[。.]?$/u.test(text)) return 'pass';
  if (/不成立|不属实|没(?:有)?[修换装弄补清做]/u.test(text)) return 'fail';
  return /成立|保持(?:得)?(?:良好|不错)/u.test(text) ? 'pass' : parseResult(text);
}

const SEEN_GOOD = anyOf({
  mended:
    /(?:换|修|补|装|弄|贴|清|整|改|配|加固|堵|拆|填|盖|通|归位)(?:理|复|补|正)?(?:好|上|完|齐|掉|平|牢)了?|换了?新的?/u,
  all: /(?:都|全|也)(?:已经?)?(?:换|修|补|装|贴|清|改|配|有)(?:了|的)/u,
  noMore: /不(?:漏|晃|堵|滑)了/u,
  inAWord: /^(?:都|挺|还)?(?:好|行)[的了吧啊。.!\s]*$/u,
});
/** A "not" or an "again" anywhere leaves it open: it is asked. */
const SEEN_OTHERWISE = /没|未|不(?!漏|晃|堵|滑|错)|还(?!行|好|可以)|又|差|缺|[?\uff1f吗]/u;

/** What was seen at a second look: "灭火器都换好了" says that it is well, where nobody is asked to grant anything. */
export function seenIn(text: string) {
  const said = verdictIn(text);
  if (said !== undefined || SEEN_OTHERWISE.test(text)) return said;
  return SEEN_GOOD.test(text.trim()) ? 'pass' : undefined;
}

const NOT_SO = /(?:不是|而非|\bnot (?=by|on))[^,\uff0c。;\uff1b]*/giu;
const NOT_CLOSED = /不(?:该|应该?|能)(?:给|同意)?(?:它)?销/u;
const AGAIN =
  /又.{0,4}(?:坏|裂|漏|掉|松|堵|歪|脏|乱|过期|不亮)|\bnot (?:yet )?(?:repaired|done|fixed|well)|\bagain\b|(?<!no )\brelapse/iu;
const WELL =
  /(?:该|应该?)(?:给|同意|是)?销|\bno relapse|\b(?:is|was|were|are) (?:\w+ )?(?:well|fine|repaired|done|fixed)\b/iu;

/** What it should have been, where the words say so: how it was, and in which way it was looked at. */
export function lookMeant(clauses: readonly string[]): { result?: 'pass' | 'fail'; how?: string } {
  const meant: ReturnType<typeof lookMeant> = {};
  for (const clause of clauses) {
    const well = resultOf(clause);
    if (well) meant.result = well;
    const how = NAMES_LOOK.test(clause) ? undefined : wayOf(clause.replaceAll(NOT_SO, ''));
    if (how) meant.how = how;
  }
  return meant;
}

const NAMES_LOOK = /回头看|回访|look[- ]?back|second look/iu;

function resultOf(clause: string): 'pass' | 'fail' | undefined {
  if (NOT_CLOSED.test(clause) || AGAIN.test(clause)) return 'fail';
  if (WELL.test(clause)) return 'pass';
  const seen = /(?:不是|而非)/u.test(clause)
    ? undefined
    : seenIn(clause.replace(/^.*?(?:应该?是|其实是?)/u, ''));
  return seen === undefined ? undefined : seen === 'pass' ? 'pass' : 'fail';
}

const LEAD = /^(?:但|可)?(?:应该?是|其实是?|实际上是?)/u;
/** Says that it was not well, and nothing of how it is now. */
const BARE =
  /^(?:[它那这][条个项]?)?(?:已经|还是|又)*(?:反弹|没(?:有)?(?:改|修|弄|做|换|整改)好?|不到位|不好|没到位|销号?)(?:了|的)*$|^(?:re|not |it |is |yet )+\w*$/iu;

/** Tells of something amiss. */
const AMISS = /[没不又还坏裂漏破松断掉缺差少堵歪]|过期|\bnot\b|\bstill\b|n['\u2019]t\b|\bagain\b/iu;

/** As `whyLook`, of what was said of the look itself: who went along, or what was well, is no reason. */
export const amissIn = (said: string): string =>
  whyLook(
    clausesIn(said, MARKS_OR_SPACE).filter((clause) => AMISS.test(clause) && resultOf(clause) !== 'pass'),
  );

/** What the head is to read of how it is now. */
export function whyLook(clauses: readonly string[]): string {
  return clauses
    .filter((clause) => !NAMES_LOOK.test(clause) && !NOT_CLOSED.test(clause))
    .map((clause) =>
      clause
        .trim()
        .replace(LEAD, '')
        .replace(/[。.!\uff01]+$/u, ''),
    )
    .filter((clause) => [...clause].length >= 2 && !BARE.test(clause))
    .filter((clause) => wayOf(clause) === undefined || resultOf(clause) !== undefined)
    .join('，')
    .slice(0, 300);
}
