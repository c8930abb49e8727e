// Finds people of the office: full names, 王督学, 老李, 孙主任; a name nobody bears is left for the slots that take any name.
import type { RosterIndex } from './roster.ts';

export interface PersonMention {
  start: number;
  end: number;
  text: string;
  /** The full name when exactly one person fits, else as typed. */
  name: string;
  known: boolean;
}

const TITLED =
  /([\u4e00-\u9fff])(督学|老师|主任|组长|科长|局长|姐|哥|工)(?![\u4e00-\u9fff]{0,1}说课)|[老小]([\u4e00-\u9fff])(?![\u4e00-\u9fff]?[镇乡])/g;

/** 红梅同志, 建国那边: two characters that only one of the staff bears, where a person must stand. */
const GIVEN =
  /(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2})(?=同志|督学|老师|那边|这(?:个|边)|管|负责|名下|手(?:上|里)|的(?:学校|督导|记录|次数))(?:同志|督学|老师)?|(?<=[跟和给由把让找叫问替归])([\u4e00-\u9fff]{2})(?=同志|督学|老师|管|负责|一起|一块|去|这|本|上|那|的|[,.;\s]|$)(?:同志|督学|老师)?/g;

/** Looks names up by hash and by surname; never scans the roster. */
export function findPeople(text: string, roster: RosterIndex): PersonMention[] {
  const found: PersonMention[] = [];
  for (let start = 0; start < text.length - 1; start++) {
    for (const length of [4, 3, 2]) {
      const name = text.slice(start, start + length);
      if (name.length < length || !roster.people.has(name)) continue;
      found.push({ start, end: start + length, text: name, name, known: true });
      start += length - 1;
      break;
    }
  }
  TITLED.lastIndex = 0;
  for (let m = TITLED.exec(text); m; m = TITLED.exec(text)) {
    const surname = m[1] ?? m[3] ?? '';
    const [start, end] = [m.index, m.index + m[0].length];
    if (found.some((f) => start < f.end && f.start < end)) continue;
    const here = roster.bySurname.get(surname) ?? [];
    // an office has directors and heads of section; an inspector called so is somebody else of that surname
    const likely =
      m[2] === '督学'
        ? here.filter((p) => p.roles.includes('inspector'))
        : /主任|科长|局长/.test(m[2] ?? '')
          ? here.filter((p) => p.roles.some((r) => r === 'office' || r === 'director'))
          : here;
    const only = likely.length === 1 ? likely[0] : undefined;
    if (only) found.push({ start, end, text: m[0], name: only.name, known: true });
  }
  GIVEN.lastIndex = 0;
  for (let m = GIVEN.exec(text); m; m = GIVEN.exec(text)) {
    const [start, end] = [m.index, m.index + m[0].length];
    const only = roster.byGivenName.get(m[1] ?? m[2] ?? '');
    if (only?.length !== 1 || !only[0] || found.some((f) => start < f.end && f.start < end)) continue;
    found.push({ start, end, text: m[0], name: only[0].name, known: true });
  }
  return found.sort((a, b) => a.start - b.start);
}
