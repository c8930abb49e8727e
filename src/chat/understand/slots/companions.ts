// Who came along on a visit, and for whom a record is filed: names in a row belong together.
import type { Entities } from '../entities/entities.ts';
import { COMMON } from '../text/mask-words.ts';

interface Row {
  start: number;
  end: number;
  names: string[];
  /** The first of the row is not one of those who came along. */
  led?: boolean;
}

/** People named in one row: "老李老周", "红梅、张明". */
function rows(e: Entities): Row[] {
  const out: Row[] = [];
  for (const p of e.people) {
    const last = out.at(-1);
    const joined = last && /^(?:督学|老师|同志)?[、,和跟与及\s]*$/.exec(e.text.slice(last.end, p.start));
    if (last && joined) {
      last.end = p.end;
      // "王建国跟李秀英一起去": the first is who goes, the second comes along
      if (last.names.length === 1 && !WITH.test(e.text.slice(0, last.start)))
        last.led = /[和跟与及]/.test(joined[0]);
      last.names.push(p.name);
    } else out.push({ start: p.start, end: p.end, names: [p.name] });
  }
  return out;
}

const WITH = /(?:跟着?|和|与|同|带着?|带上|陪着?|约上?|叫上?|喊上?|拉上?|会同|连同|还有|、|,)(?:了)?\s*$/;
/** "…一块跑了,叫上李秀英": asked along at the end. */
const CALLED_ALONG = /(?:叫上|喊上|约上|带上|拉上)\s*$/;
const BY_NOW = /^(?:[今昨前]天|[上下]午|今早|早上|周|上周|在|三人|两人|俩|去|到|分头)/;
/** "我和赵红梅昨天上午在柳桥中学": whoever is named beside the speaker. */
const WITH_ME = /(?:^|[,.;\s])我(?:跟|和|与|同|还有|、)$/;
const GOING =
  /一起|一块|一同|一道|陪同|同行|同去|结伴|搭伴|俩|仨|[两三四]个?人|去|到|跑|走|督导|检查|走访|看|都在|都参加/;
const TOGETHER =
  /^(?:督学|老师|同志)?(?:[他她]们?)?(?:也|跟我|和我|与我|陪我|同我|都|跟着)*(?:一起|一块|一同|一道|陪同|也去|同行|同去|结伴|搭伴|俩)/;
const AMONG =
  /一[起道同](?:去|来|查|看|跑|到)的(?:督学|同事|人|还|就)*(?:是|有)\s*$|(?:同行|陪同|随行|同去|搭档)(?:的|人员|督学|者|人)*(?:是|有|为|:)?\s*$/;

/** "跟陈老师一道", "和老刘一起去的": somebody who is not of the office came along. */
const STRANGER = new RegExp(
  `(?:跟着?|和|与|同|陪着?|带着?)(?:特约的?)?([${COMMON}](?:老师|科长|局长|股长)|老[${COMMON}])(?=一[起块道同]|去的|[两俩]个?人)`,
  'g',
);
function strangers(e: Entities): string[] {
  const known = [...e.people, ...e.someone];
  return [...e.text.matchAll(STRANGER)].flatMap((m) => {
    const [start, end] = [m.index, m.index + m[0].length];
    return m[1] && !known.some((p) => p.start < end && start < p.end) ? [m[1]] : [];
  });
}

/** Who came along: "跟老李一起", "和张明去的", "老李老周三个人到的"; a row of names goes together. */
export function companionsOf(e: Entities): string[] {
  return [...colleaguesOf(e), ...strangers(e)];
}

function colleaguesOf(e: Entities): string[] {
  return rows(e)
    .filter(({ start, end }) => {
      const before = e.text.slice(0, start);
      const after = e.text.slice(end);
      if (CALLED_ALONG.test(before) && /^(?:督学|老师|同志)?(?:一[起道同]|$|[,.;])/.test(after)) return true;
      if (WITH_ME.test(before) && BY_NOW.test(after)) return true;
      if (AMONG.test(before) || TOGETHER.test(after)) return true;
      return WITH.test(before) && GOING.test(after.slice(0, 10));
    })
    .flatMap(({ names, led }) => (led ? names.slice(1) : names));
}

/** "替张明补一条": whose record it is to be. */
export function onBehalfOf(e: Entities): string | undefined {
  return e.people.find(
    (p) =>
      /(?:替|帮|代|给)(?:着)?$/.test(e.text.slice(0, p.start)) &&
      /^(?:督学|老师|同志)?(?:再|先)?(?:补|记|录|登|填|报|写|建|存)/.test(e.text.slice(p.end)),
  )?.name;
}
