// Whose words are whose: which clauses of a message tell of which of its schools.

import type { Entities } from '../entities/entities.ts';
import { LINK, rowsOf } from '../entities/rows.ts';
import type { SchoolMention } from '../schools/schools.ts';
import { beginsIn, type Clause } from '../text/normalise.ts';
import { bySpeaker } from './apart.ts';
import { ownerOf } from './facts.ts';

/** "都是门卫登记不全", "两家都缺防滑垫": said of all that were named. */
const OF_ALL =
  /^(?:[这那]?(?:[两俩三四几](?:家|所|个|边|头)|俩)(?:学校|园)?)?(?:都|全|均)(?:是(?!不是)|存在|缺|没|无|有|少|一个(?:毛病|问题))(?=[^,.;]{2})/;
/** "都有同一个毛病": what it is comes after it. */
const ALIKE =
  /(?:都|全|均|也)(?:是|有|存在)?(?:着)?(?:同一?个?|一个|一样的?|同样的?|相同的?)(?:毛病|问题|情况)$/;
/** "石佛小学和石佛园|门口都没画斑马线": said of the whole row. */
const OF_ROW = /^[^,.;]{0,5}(?:都|均|全都?|各)(?!是不是)/;

type Owners = ReadonlyArray<SchoolMention | undefined>;

/** What a school is known by here; a place of which it must be asked which of its schools is meant, by all of them. */
export const keyOf = ({ code, among }: SchoolMention): string => code ?? among.join();

/** The clauses that tell of a school, by its key; what is said of all is of each. */
export function clausesByOwner(e: Entities): (key: string) => Clause[] {
  const pieces = e.clauses.flatMap((c) => bySpeaker(c, e));
  const rows = rowsOf(e.text, e.schools, LINK).filter((row) => row.length > 1);
  /** Who a clause is of: everybody, the schools of a row, or the one that was named last; `before` is whom the clause before it is of. */
  const ownersOf = (c: Clause, i: number, before: Owners): Owners => {
    const first = e.schools.find(beginsIn(c));
    const row = rows.find((row) => row.at(-1) === first);
    if (row && first && OF_ROW.test(e.text.slice(first.end))) return row;
    if (first) return [first];
    // "大河小学大河中学各发一份,都是门卫登记不全": of each of them
    if (OF_ALL.test(c.text) || ALIKE.test(pieces[i - 1]?.text ?? '')) return e.schools;
    return before.length > 1 ? before : [ownerOf(e, c)];
  };
  const owners: Owners[] = [];
  for (const [i, c] of pieces.entries()) owners.push(ownersOf(c, i, owners[i - 1] ?? []));
  return (key) =>
    pieces.filter((_, i) => owners[i]?.some((owner) => owner !== undefined && keyOf(owner) === key));
}
