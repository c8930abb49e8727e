// "去掉一实小", "二实小那家不要了", said to a draft about several schools: that one goes, the others stay.
import type { Frame } from '../../conversation.ts';
import { type Corrected, remember } from '../draft/frames.ts';
import { readNamed, type Stage } from '../stage.ts';
import { schoolName } from './row-meant.ts';

const GOES =
  /^(?:把)?(?:去掉|删掉|删了|删除|不要|先不登)(?<first>[^,\uff0c。\s条项]{2,14}?)(?:那[所家个边])?(?:了|吧)*[。.]*$|^(?:把)?(?<last>[^,\uff0c。\s条项]{2,14}?)(?:那[所家个边])?(?:的)?(?:就|先|也)*(?:去掉|删掉|删了|不要了|不登了?|先不登|不算)(?:了|吧)*[。.]*$/u;

/** Null when the words leave no school out, or the draft has but one. */
export function dropSchool(t: Stage, frame: Frame, text: string): Corrected {
  if (frame.rows.length < 2) return null;
  const { first, last } = GOES.exec(text.trim())?.groups ?? {};
  const { school } = readNamed(t, first ?? last ?? '').slots;
  const left = frame.rows.filter((row) => schoolName(row) !== school);
  if (school === undefined || left.length !== frame.rows.length - 1) return null;
  remember(t, frame);
  frame.rows = left;
  frame.doubts = {};
  return { doubt: null };
}
