// The words of DOMAIN §3 b for how a finding is dealt with, as they are said to a draft.
import type { DISPOSITIONS } from '../../../supervision/findings.ts';

const ON_SITE = /(当场|现场|当时|立即|马上).{0,4}(改|整改|处理|解决|换|修)/u;

export type Grade = (typeof DISPOSITIONS)[number];

/** The words of DOMAIN §3 b for how a finding is dealt with. */
export function gradeIn(said: string): Grade | undefined {
  const text = said.replace(NOT_GRADE, '').replaceAll(NOT_ON_SITE, '');
  return plainGradeIn(text) ?? (NOT_ON_SITE_ONCE.test(said) ? 'general' : undefined);
}

/** "不是一般,是严重": what it is not is not what it is. */
const NOT_GRADE =
  /不(?:是|算)(?:一般|轻微|严重|复杂|小问题)(?:的|问题)?[,\uff0c\s]*(?=(?:而|应该)?(?:是|算))/u;

/** "第一条不是当场改的": it is the school's to do. */
const NOT_ON_SITE_ONCE = /(?:不是|没有?|不算)(?:当场|现场|当时|立即|马上)[^,\uff0c。]{0,4}/u;
const NOT_ON_SITE = new RegExp(NOT_ON_SITE_ONCE, 'gu');

function plainGradeIn(text: string): Grade | undefined {
  if (ON_SITE.test(text) || /当场|立行立改|即知即改|on the spot/iu.test(text)) return 'fixed_on_site';
  if (/(?:不|没那么)(?:太|算)?严重|一般/u.test(text)) return 'general';
  if (/严重/u.test(text)) return 'serious';
  if (/轻微|小问题|(?:算|按|当)个?(?:建议|提醒)|[写记算]轻一?点/u.test(text)) return 'minor';
  return /复杂/u.test(text) ? 'complex' : undefined;
}
