// "刚才第二条判错了,应该不过,灯还没装", "延期给错了,应该是3天不是5天": a verdict that was confirmed already is found again, and what puts it
// right comes as a draft.
import { anyOf } from '../../any-of.ts';
import { clausesIn, MARKS_OR_SPACE } from '../../clauses.ts';
import { lookMeant, verdictIn } from '../../slots/looked.ts';
import { newDaySlot } from '../../slots/new-day.ts';
import { ordinalsIn } from '../../slots/ordinals.ts';
import { numberOf, WAITING } from '../../slots/waiting.ts';
import { maskPersonal } from '../../understand/text/mask.ts';
import type { Understood } from '../../understand/types.ts';
import { asksOf } from '../draft/frames.ts';
import { ASKS, PHOTO } from '../media/photo-words.ts';
import { readNamed, type Stage } from '../stage.ts';
import { ofLook, saysLookWrong, whyInstead } from './wrong-look-back.ts';

const FLOW = 'correct-verdict';
const OF_EXTENSION = 'correct-extension';
const OF_LOOK_BACK = 'correct-look-back';
const LOOKS: ReadonlySet<string> = new Set(['look-back', 'close-finding', 'reopen-finding', OF_LOOK_BACK]);
const REVIEWS: ReadonlySet<string> = new Set(['review-rectification', FLOW]);
const ANSWERS: ReadonlySet<string> = new Set(['decide-extension', OF_EXTENSION]);
/** So long "刚才" is said of it, and a bare "点错了" means it. */
const LASTS_MS = 12 * 3600_000;

const MISTAKEN = anyOf(
  {
    slip: /(?:判|点|批|给|审|答|按|选|弄|搞|退|核|定)(?:得|的)?(?:错|反)|错了|搞混|不对/u,
    shouldNot:
      /(?:不该|不应该?)(?:给|算|让)?(?:它|他们|这[条个项份]|那[条个项份])?(?:过|通过|退|打回|同意|批)/u,
    should: /应该?(?:是|算|给)?(?:不|没)?(?:能|算)?(?:过|通过|退|打回|到位|同意)|改判/u,
    english: /\bmistake|\bwrong|\bshould (?:not )?(?:be|have|pass)/u,
  },
  'iu',
);
const OF_VERDICT =
  /判|批错|审错|[点按选]错|复核|延期|宽限|(?:不|没|能|该|算|给|让|是)过(?!期)|通过|退[回错了掉]|该退|打回|到位|同意|\bjudged|\bpass|\breturned|\bextension/iu;
/** Says by itself that what was decided is spoken of. */
const OF_ITSELF =
  /判(?:得)?错|批错|审错|改判|(?:复核|延期|宽限).{0,6}错|judged wrong|wrong(?:ly)? (?:verdict|judged)/iu;
const TIME = /延期|宽限|延[到长]|缓到|extension|more time/iu;
const REVIEWED = /(?:不|没|能|该|算|给|让|是)过(?!期)|通过|退[回错了掉]|该退|打回|到位|\bpass|\breturned/iu;

/** A visit told beside its day or school is one, though what was found there "did not pass" or "is not right". */
const OF_A_VISIT: ReadonlySet<string> = new Set([
  'visit.log',
  'finding.report',
  'lesson.log',
  'emergency.report',
]);

/** True when words that a verdict was a mistake were taken. An open draft is corrected itself. */
export function correctsVerdict(t: Stage, said: string, understood: Understood): boolean {
  const roles = [FLOW, OF_EXTENSION, OF_LOOK_BACK].flatMap(
    (name) => t.deps.scripts.flows.get(name)?.roles ?? [],
  );
  if (t.c.frame || !roles.some((role) => t.facts.person.roles.includes(role))) return false;
  if (ASKS.test(said)) return false;
  const { slots } = readNamed(t, said);
  const number = numberOf(slots.rect_no);
  const last = lastDecided(t);
  const look = ofLook(said, { last: last === 'look-back', numbered: number !== null });
  if (!look && (!MISTAKEN.test(said) || PHOTO.test(said))) return false;
  const spoken =
    look || (OF_VERDICT.test(said) && (last !== null || number !== null)) || turnsRound(said, last);
  const ofItself = OF_ITSELF.test(said) || saysLookWrong(said);
  if (!ofItself && (!spoken || tellsOfVisit(understood))) return false;
  if (number !== null && waitsForWord(t, number)) return false;

  const kind = TIME.test(said)
    ? 'extension'
    : look
      ? 'look-back'
      : number === null && last !== null && !REVIEWED.test(said)
        ? last
        : 'review';
  const school = slots.school === undefined ? undefined : t.facts.book.byName.get(slots.school)?.id;
  const due = kind === 'extension' ? dayMeant(t, said) : undefined;
  const clauses = clausesIn(said, MARKS_OR_SPACE);
  const seen = kind === 'look-back' ? lookMeant(clauses) : undefined;
  const result = seen ? seen.result : due === undefined ? resultMeant(said) : 'pass';
  const why = seen ? whyInstead(clauses) : reasonIn(said);
  const reason = maskPersonal(why, t.facts.book.index.people);
  t.c.misses = 0;
  t.parts.push({
    kind: 'act',
    action: 'rectification.own-verdict',
    flow: FLOW,
    input: {
      nth: ordinalsIn(said, 0).ordinals.filter((nth) => nth > 0),
      words: said,
      kind,
      ...(number === null ? {} : { number }),
      ...(school === undefined ? {} : { school }),
      ...(due === undefined ? {} : { due }),
      ...(result === undefined ? {} : { result }),
      ...(seen?.how === undefined ? {} : { how: seen.how }),
      ...(reason === '' ? {} : { reason }),
    },
    row: {},
    words: 'common.verdict.cannot',
  });
  return true;
}

function tellsOfVisit({ intent, intents, slots }: Understood): boolean {
  const where = slots.school ?? slots.schools ?? slots.school_candidates ?? slots.date;
  return (
    (intents ?? [{ intent }]).some((one) => OF_A_VISIT.has(one.intent)) &&
    (intents !== undefined || where !== undefined)
  );
}

const AT_ONCE = /^(?:哦|哎|啊|等等|[,\uff0c\s])*(?:不对|错了|搞错|弄错|说错|刚才)/u;

/** What was filed is corrected as a record. */
const OF_RECORD = /记录|写错|登|日期|督导|那天|听课/u;

/** "不对,没改好" right after a review, "不对,应该是3天" right after an answer. */
function turnsRound(said: string, last: ReturnType<typeof lastDecided>): boolean {
  if (!AT_ONCE.test(said.trim()) || OF_RECORD.test(said)) return false;
  if (last === 'extension')
    return /\d|[一二两三四五六七八九十]/u.test(said) && /应该|改[成为到]|[天周]$/u.test(said.trim());
  const verdict = (clause: string) => (last === 'look-back' ? lookMeant([clause]).result : verdictIn(clause));
  return (
    last !== null &&
    clausesIn(said, MARKS_OR_SPACE).some((clause) => !MISTAKEN.test(clause) && verdict(clause) !== undefined)
  );
}

function lastDecided({ c: { last }, facts }: Stage): 'review' | 'extension' | 'look-back' | null {
  if (!last || facts.now.getTime() - Date.parse(last.at) > LASTS_MS) return null;
  if (REVIEWS.has(last.flow)) return 'review';
  if (LOOKS.has(last.flow)) return 'look-back';
  return ANSWERS.has(last.flow) ? 'extension' : null;
}

/** What was handed in or asked for anew is judged as anything is. */
const waitsForWord = (t: Stage, number: number): boolean =>
  t.facts.findings.some(
    (one) =>
      one.number === number && (WAITING['submitted-findings'](one) || WAITING['extension-requests'](one)),
  );

const NOT_SO = /(?:不是|而非|不要)[^,\uff0c。;\uff1b]*/gu;
const BEFORE_DAY =
  /^.*?(?:应该?(?:是|给|延)?|改[成为到]|只(?:给|能|延)|给|延)?(?:到|是)?(?=[\d一二两三四五六七八九十月周下本明后])/u;

/** "应该是3天不是5天": the day, or so many days, that the time should have been. */
function dayMeant(t: Stage, said: string): string | number | undefined {
  const flow = t.deps.scripts.flows.get(OF_EXTENSION);
  const spec = flow?.slots.due;
  if (!spec) return undefined;
  const clauses = clausesIn(said.replaceAll(NOT_SO, ''), MARKS_OR_SPACE);
  for (const clause of clauses.filter((one) => /[天日号周月]/u.test(one))) {
    const words = clause.replace(BEFORE_DAY, '');
    const took = newDaySlot.answer?.(words, asksOf(t, {}, 'due', spec, words, true));
    if (took && 'value' in took) return took.value as string | number; // as that slot makes it
  }
  return undefined;
}

const NOT_RETURNED = /(?:不该|不应该?|不能|别)(?:给)?(?:退|打回)|退(?:回)?错|同意(?:的|了)?$/u;

const NOT_PASSED = /\b(?:not|cannot|should ?n['\u2019]t|must ?n['\u2019]t)\b.{0,12}\bpass/iu;

/** What it should have been, where the words say so. */
function resultMeant(said: string): 'pass' | 'fail' | undefined {
  for (const clause of clausesIn(said, MARKS_OR_SPACE)) {
    if (NOT_RETURNED.test(clause) && !/不(?:该|应该?)?同意/u.test(clause)) return 'pass';
    if (NOT_PASSED.test(clause)) return 'fail';
    const words = clause.replace(/不(?:应该?|该)/u, '不能').replace(/^.*?应该?(?:是|算|给)?/u, '');
    const verdict = MISTAKEN.test(clause) && !OF_VERDICT.test(clause) ? undefined : verdictIn(words);
    if (verdict !== undefined) return verdict === 'pass' ? 'pass' : 'fail';
  }
  return undefined;
}

/** The clauses that say neither that it was a mistake nor what it should have been say why. */
function reasonIn(said: string): string {
  const why = clausesIn(said, MARKS_OR_SPACE)
    .filter((clause) => !MISTAKEN.test(clause) && !OF_VERDICT.test(clause))
    .filter(
      (clause) =>
        ordinalsIn(clause, 0).rest.length >= 2 && !/^(?:刚才|那[条个项份]|这[条个项份])/u.test(clause),
    );
  return why.join('，').slice(0, 300);
}
