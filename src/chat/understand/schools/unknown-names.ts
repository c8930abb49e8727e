// Words built like a school's name where there is no such school, with those that sound nearest: said back instead of guessed.

import { soundKey } from '../text/sounds.ts';
import type { Sender } from '../types.ts';
import type { RosterIndex } from './roster.ts';
import { ownFirst, type SchoolMention } from './schools.ts';
import { isOfLessons } from './stage-clues.ts';

const KIND = '(?:实验小学|中心小学|中心校|中心幼儿园|小学|中学|初中|高中|幼儿园|实验学校|职专|实小|实幼)';
const NAME = new RegExp(`([\\u4e00-\\u9fff]{1,5}?)(${KIND})(?![生部习化])`, 'g');
const NUMBERED =
  /(?:第[一二三四五六七八九十]{1,2}|[一二三四五六七八九十]{1,2})(?:实小|实验小学|实验幼儿园|实幼|中学(?![生习部])|小学(?![生习部])|幼儿园|中(?![学心]|[午间旬央等秋餐期毒断途考层型介]))/g;
const OF_PLACE = /第?[二三四五六七八九](?:小|中)(?![学时心型组队班年午间旬])/g;
const NOT_A_NAME =
  /^.*(?:各|全区?|所有|每个?|几个?|哪些?|我们?|咱们?|民办|公办|乡镇|农村|城区|这些?|这所|那些?|那所|本|该|所|个|其他|别的|名|位|的|和|跟|与|及|对|给|让|是|把|查|有|没|列|附近|两|俩|覆盖|范围|涉及|面向|含|包括|双语|优质|普惠|私立|全体|通知|请|或|还有|义务|区属|直属|县|区|初|高|长|年|月|期|周|天|号|日|最|类|占|示范|薄弱|重点|完全|另|某|一般|多数|大部分|部分|剩下|其余|普通|优秀|新建|九年|先|后|排|小学|中学|初中|幼儿园|发|收|报|校|去|到|跑|在|教|查|看|还|都|也|再|就|又|能|会|想|要|不|管|只|仅|单|调|改|换|转|新开|新建)$/;

/** What no school is called: "没啥问题中学…", "转了转校园小学…". */
const SPEECH = /没|啥|问题|毛病|校园|正常|[了过着]|不错|挺好|一圈|检查|看看/;

/** Words built like a school's name that match none: said so, with those that sound nearest. */
export function unknownNames(
  text: string,
  found: readonly SchoolMention[],
  roster: RosterIndex,
  sender: Sender,
): SchoolMention[] {
  const out: SchoolMention[] = [];
  const add = (start: number, name: string) => {
    const end = start + name.length;
    // "石佛中学": the place is known, a school of that name there is not; "阳光小学": the own part is a kindergarten's
    const open = (f: SchoolMention) =>
      (f.weak && !(f.start <= start && f.end >= end)) ||
      (f.start <= start && f.end < end && f.end > start && (!f.code || otherStage(f, f.code, name, roster)));
    if ([...found, ...out].some((f) => start < f.end && f.start < end && !open(f))) return;
    out.push({
      start,
      end,
      text: name,
      among: nearest(name, roster, sender),
      unknown: true,
      fuzzy: false,
      weak: false,
    });
  };
  NAME.lastIndex = 0;
  for (let m = NAME.exec(text); m; m = NAME.exec(text)) {
    const head = (m[1] ?? '').replace(
      /^.*(?:[排走]一?[趟次个]|了趟|去了?趟?|到了?|跑了?趟?|看了?|督导了?|查了?|给|从|在|来|把|向|让|催一?下?|那个|了|是|的|说|称|反映|明显|和|跟|与|上午|下午|今天|昨天|前天|早上|今早|周[一二三四五]|[号日]|关于|提醒|通知|叫|把|不是|(?<=^|[,.;])记(?:在|到|给)?|[记写填登弄搞当拿发报传]错?成了?|(?<!整)(?:改|换)(?:成|为|去|到|跑)?|(?<=^|[,.;]|就)(?:算|挂|归))/,
      '',
    );
    const glued = (m[1] ?? '').length <= 3 && head.length === 1 ? (m[1] ?? '') : head; // 和平小学: 和 is no link here
    if (head.length === 0 || NOT_A_NAME.test(head) || SPEECH.test(head)) continue;
    if (/中$/.test(head) && m[2] === '小学') continue;
    if (isOfLessons(m[1] ?? '', text.slice(m.index + m[0].length))) continue;
    if (/^[一二两三四五六七八九十几]$/.test(head) && /^中心/.test(m[2] ?? '')) continue;
    add(m.index + (m[1] ?? '').length - glued.length, glued + (m[2] ?? ''));
  }
  // "柳桥二小": the place is known, and no school of it has a number
  for (const m of text.matchAll(OF_PLACE)) {
    const place = found.find((f) => f.end === m.index && !f.weak && f.text.length <= 3);
    if (place) add(place.start, place.text + m[0]);
  }
  NUMBERED.lastIndex = 0;
  for (let m = NUMBERED.exec(text); m; m = NUMBERED.exec(text)) {
    if (/[其当集空初高周期]$/.test(text.slice(0, m.index)) || /[所个家]$/.test(text.slice(0, m.index)))
      continue;
    add(m.index, m[0]);
  }
  return out;
}

const STAGE_OF: Record<string, RegExp> = {
  kindergarten: /幼儿园|实幼/,
  primary: /小学|实小|中心校/,
  junior: /中学|初中/,
  senior: /中学|高中/,
  // "清河幼儿园", "清河高中" beside a school of nine years are none of its parts
  'nine-year': /小学|中学|初中|学校/,
};

/** Only the own part of a school's name was said, and the stage after it is not that school's. */
function otherStage(f: SchoolMention, code: string, name: string, roster: RosterIndex): boolean {
  const stage = STAGE_OF[roster.schools.get(code)?.kind ?? ''];
  return stage !== undefined && !/[小中高幼园校学]/.test(f.text) && !stage.test(name);
}

/** Up to three schools that share most of the sounds of a name. */
function nearest(name: string, roster: RosterIndex, sender: Sender): string[] {
  const wanted = [...name].map((c) => soundKey(c));
  const scored: Array<{ code: string; score: number }> = [];
  const pool = roster.schools.size > 2000 ? sender.schools : [...roster.schools.keys()];
  for (const code of pool) {
    const official = roster.schools.get(code)?.name ?? '';
    const theirs = new Set([...official].map((c) => soundKey(c)));
    const common = wanted.filter((w) => theirs.has(w)).length;
    if (common >= 2) scored.push({ code, score: common / (wanted.length + theirs.size) });
  }
  scored.sort((a, b) => b.score - a.score);
  return ownFirst(
    scored.slice(0, 3).map((s) => s.code),
    roster,
    sender,
  );
}
