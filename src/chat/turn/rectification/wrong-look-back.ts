// "刚才那个回头看填错了,应该是反弹了", "销号点错了": words that a second look or a closing was noted wrongly, and what it should have been.
import { anyOf } from '../../any-of.ts';
import { whyLook } from '../../slots/looked.ts';

const SLIP =
  /(?:填|点|选|弄|搞|登|记|写|判|按|销|录|报|答|批|说|看)(?:得|的)?(?:错|反|混)|错了|不对|不该|不应该?|其实|实际上|\bmistake|\bwrong|\bshould (?:not )?(?:be|have)|\bactually\b/iu;
const OF_LOOK = /回头看|回访|销号|销错|反弹|\b(?:second look|look(?:ed)?[- ]?back|relaps|clos(?:ed|ing))/iu;
/** Says by itself that a second look or a closing was noted wrongly. */
const OF_ITSELF = anyOf(
  {
    noted:
      /(?:回头看|回访|销号)(?:的)?(?:结果|方式|情况|那(?:条|项|个))?(?:我|刚才|给|都|是)*(?:填|点|选|弄|搞|登|判|按|录|报|销|看)(?:得|的)?(?:错|反|混)/u,
    closed: /销错了|不(?:该|应该?)销/u,
    english:
      /(?:second look|look[- ]?back|closing)\b.{0,12}\b(?:wrong|mistake)|closed? (?:it |that )?by mistake/u,
  },
  'iu',
);
/** Which record is meant, or what else of one; a photo that was sent by mistake. */
const OF_RECORD =
  /(?:照片|图片?|张)[^,\uff0c]{0,4}(?:发|传|拍|选|配)(?:得|的)?(?:错|重)|督导记录|日期|那天|听课|校名|学校(?:填|选|写)错|不是.{1,8}(?:校|小|中|园)/u;

/** Said of a second look or a closing; `last`: one was confirmed a while ago. */
export function ofLook(said: string, { last, numbered }: { last: boolean; numbered: boolean }): boolean {
  if (!SLIP.test(said) || OF_RECORD.test(said)) return false;
  return saysLookWrong(said) || (OF_LOOK.test(said) && (last || numbered));
}

export const saysLookWrong = (said: string): boolean => OF_ITSELF.test(said) && !OF_RECORD.test(said);

const LEAD = /^(?:但|可)?(?:其实|实际上)是?/u;

/** What the head is to read, without the words that something was a mistake. */
export const whyInstead = (clauses: readonly string[]): string =>
  whyLook(clauses.map((clause) => clause.replace(LEAD, '')).filter((clause) => !SLIP.test(clause)));
