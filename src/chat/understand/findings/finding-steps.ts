// What one piece of a visit's story is taken for: a heading, praise, none, a grade or more words of the finding before it, or a finding.
import { isByHeart, SURE_OF_ITEM } from '../clauses/clause-kinds.ts';
import {
  ABSENT,
  BETTER,
  GOES_ON,
  LOOKED,
  LOOKED_AT,
  NONE,
  NOT_CLEAN,
  PLAIN_NONE,
  PROBLEM,
} from '../clauses/finding-words.ts';
import { saysFault } from './fault-words.ts';
import { isAside, quiet } from './finding-asides.ts';
import { gradesTold, isGradeOrDemand, pointsAtAll } from './finding-grades-told.ts';
import {
  goesOn,
  hangsOn,
  OWN_THING,
  SUMS_UP,
  suffers,
  TALKED,
  takeHeadline,
  UNFINISHED,
  WHERE,
} from './finding-joins.ts';
import { isPraise, praise, praisesLast, soundsLikePraise } from './finding-praise.ts';
import type { Heard, Inner, Piece, SoFar, Weighed } from './finding-types.ts';

/** Takes one more piece: into a finding that was told before, as a new one, or as words that go before one. */
export function takePiece(soFar: SoFar, piece: Piece, inner: Inner): void {
  if (!piece.text || isAside(piece.text)) return;
  if (isHeading(soFar, piece) || isToDo(soFar, piece, inner)) return;
  const last = soFar.found.findings.at(-1);
  // cut where nobody put a mark
  const goesRightOn = soFar.end === piece.clause.start;
  soFar.end = piece.clause.end;
  if (last && goesRightOn && UNFINISHED.test(last.text)) {
    last.text += piece.text;
    return;
  }
  if (last && (hangsOn(piece.text, last.text) || (suffers(piece.text) && !inner.knows(piece.text)))) {
    last.text = `${last.text},${piece.text}`;
    return;
  }
  const reading = inner.ear.kinds(piece.text);
  // what the sayings know by heart needs no word of a fault, nor any length: "教写字", "分尖子班"
  const heard: Heard = { ...piece, reading, surely: isByHeart(reading) && piece.text.length > 2 };
  if (pointsAtAll(soFar, piece.text) || isFine(soFar, heard) || gradesTold(soFar, heard, inner)) return;
  const [item] = inner.byWords(piece.text, piece.kindergarten);
  const weighed: Weighed = { ...heard, severity: inner.severityOf(piece.text), item, near: soFar.near };
  soFar.near = item;
  if (isGradeOrDemand(soFar, weighed)) return;
  if (!isFault(weighed)) return tell(soFar, weighed, inner);
  if (joinsLast(soFar, weighed)) return;
  add(soFar, weighed, inner);
}

const CALLS_IT = /^[这也真都可就]*(?:算|当)?是/;

/** "问题 无", "亮点 …": a heading waits for what follows. */
function isHeading(soFar: SoFar, { text, clause }: Piece): boolean {
  const { found } = soFar;
  if (ABSENT.test(text)) {
    found.noFindings = true;
    return true;
  }
  if (/^(?:存在的?)?(?:问题|毛病)(?:栏|那栏)?$/.test(text)) {
    soFar.asked = true;
    return true;
  }
  if (soFar.asked && /^(?:无|没有?|零|0)$/.test(text)) {
    found.noFindings = true;
    return true;
  }
  soFar.asked = false;
  // "…,是个亮点" is said of what stands before it
  if (CALLS_IT.test(clause.text) || !/^(?:还|也)?(?:有?一?个|有|主要|突出)?亮点(?:是|有|嘛)?:?$/.test(text))
    return false;
  soFar.praising = true;
  return true;
}

/** No longer is what to do, beside a limit that names the thing no more. */
const TO_DO = 5;

/** "三天之内|换掉", "让他们三天之内|清掉": what is to be done until then is nothing that was found. */
const isToDo = ({ found }: SoFar, { text, limit }: Piece, inner: Inner): boolean =>
  text.length <= TO_DO && found.findings.length > 0 && !inner.knows(text) && limit !== undefined;

/** "别的没毛病", "其他都正常": what was told beside the rest was not well. */
const OF_THE_REST = /^(?:就|反正)?(?:其[他它余]|别的|旁的|剩下的?|余下的?)(?!.*也)/;

/** Nothing was wrong, or it is praised. */
function isFine(soFar: SoFar, { text, reading }: Heard): boolean {
  const { found, told } = soFar;
  const { p } = reading;
  // "护学岗有两个老师在,挺好的": what names no fault, and is called good at once, was none
  if (told.length === 0 && praisesLast(found, text)) return true;
  if ((NONE.test(text) && !/但|就是|除了/.test(text)) || (p.none > 0.6 && p.fault < 0.2)) {
    found.noFindings = true;
    if (PLAIN_NONE.test(text)) soFar.cleared = found.findings.length;
    if (NOT_CLEAN.test(text)) found.notClean = true;
    soFar.contrasted ||= OF_THE_REST.test(text);
    return true;
  }
  const praises = isPraise(text, reading, told, soFar.praising);
  soFar.praising = false;
  if (!praises) return false;
  praise(found, told, text);
  soFar.told = [];
  return true;
}

function isFault({ text, clause, reading, surely, severity, item }: Weighed): boolean {
  const { p } = reading;
  const looked =
    LOOKED.test(text) ||
    BETTER.test(text) ||
    TALKED.test(text) ||
    LOOKED_AT.test(clause.text.slice(0, clause.text.indexOf(text)));
  const wrong =
    saysFault(text) ||
    (surely && !LOOKED.test(text)) ||
    (p.fault > 0.6 && text.length >= 5 && !looked) ||
    (item !== undefined &&
      ((text.length >= 6 && !looked && !soundsLikePraise(p)) || /整改通知|通知书/.test(clause.text)));
  return (
    wrong &&
    (item !== undefined || !looked || surely) &&
    (severity !== undefined || !quiet(reading, text, item))
  );
}

/** From here on the item that a fault would be of is better than none: it stands on the card, and is corrected there. */
const HALF_SURE = 0.5;

/** No finding: what was told, of which one may come, and which is the likeliest where none was heard. */
function tell(soFar: SoFar, { text, start, kindergarten, reading, item }: Weighed, inner: Inner): void {
  const { p } = reading;
  soFar.subject = item && text.length <= 12 && !/[看查听]/.test(text) ? text : '';
  soFar.told.push(text);
  const likely = p.fault + (item ? 0.2 : 0) - p.fine - p.none;
  // what is told first and names a thing at some length may be it without any word of a fault: "五年级分了个快班"
  const first = soFar.told.length === 1 && text.length >= 6;
  if (!(item || p.fault > 0.3 || first) || likely <= soFar.likeliest || /^[^,]{0,4}[说讲]/.test(text)) return;
  soFar.likeliest = likely;
  const code = inner.rank(text, kindergarten)[0] ?? (reading.sure > HALF_SURE ? reading.item : undefined);
  soFar.found.likeliest = { ...(code ? { item: code } : {}), text, start };
}

/** More words of the finding before it: what it comes to, where it is, or what has no thing of its own. */
function joinsLast(soFar: SoFar, { text, reading, item, severity }: Weighed): boolean {
  const last = soFar.found.findings.at(-1);
  if (!last) return false;
  const ofItsOwn =
    reading.p.fault > 0.85 && (reading.sure > SURE_OF_ITEM || OWN_THING.test(text)) && !GOES_ON.test(text);
  if (!item && !soFar.subject && !ofItsOwn) {
    if (text.length <= 14) last.text = `${last.text},${text}`;
    return true;
  }
  // "井盖缺了一个,操场西南角": where it is, or of what comes next
  if (WHERE.test(text) && !PROBLEM.test(text)) {
    soFar.place = { text, of: last };
    soFar.subject = text;
    return true;
  }
  if (!goesOn(text, last.text)) return false;
  last.text = `${last.text},${text}`;
  last.severity = last.severity ?? severity;
  return true;
}

function add(
  soFar: SoFar,
  { text, start, clause, kindergarten, reading, severity, item, near }: Weighed,
  inner: Inner,
): void {
  const { found } = soFar;
  soFar.contrasted ||= found.noFindings && /^(?:就是|但是?|只是|不过|除了)/.test(clause.text);
  // "积水" has no thing of its own
  const lacksThing = !item || text.length < 3;
  const { place } = soFar;
  if (place && !(lacksThing && soFar.subject === place.text)) place.of.text += `,${place.text}`;
  soFar.place = undefined;
  // "中班在背乘法表,这不小学化嘛": what was told is what it sums up
  const sumsUp = SUMS_UP.test(text);
  const subject = sumsUp ? (soFar.told.at(-1) ?? soFar.subject) : soFar.subject;
  const whole = subject && (lacksThing || sumsUp) ? `${subject},${text}` : text;
  const guess = OWN_THING.test(text) ? reading.item : near;
  const code = inner.rank(whole, kindergarten)[0] ?? item ?? guess;
  const problem = {
    ...(code ? { item: code } : {}),
    text: whole,
    ...(severity ? { severity } : {}),
    start,
  };
  takeHeadline(found, problem);
  found.findings.push(problem);
  if (!item && inner.byWords(whole, false).length === 0) soFar.faint.add(problem);
  if (!severity && !saysFault(whole)) soFar.pale.add(problem);
  soFar.subject = '';
  soFar.told = [];
}
