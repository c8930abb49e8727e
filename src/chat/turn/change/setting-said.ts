// "把企业微信账号数改成1": words that name a setting of the office and change it, however they begin. Not so what is said of a record or a notice.

import { isOfOffice } from '../../../supervision/act.ts';
import { settingMeant } from '../../../supervision/setting-words.ts';
import { PHOTO_WAITS_MS } from '../../conversation.ts';
import type { SlotType } from '../../scripts/shapes.ts';
import { valueSaid } from '../../slots/settings.ts';
import { isWaitingType } from '../../slots/waiting.ts';
import { inFigures } from '../../understand/text/numerals.ts';
import { beginFlow } from '../begin/begin-flow.ts';
import { readNamed, type Stage } from '../stage.ts';

const LEAD =
  /^(?:(?:请|麻烦|帮我|给我|帮忙|以后|今后|从(?:现在|今天|明天|下周|下月|本月)起|把|将|我要|我想)[,\uff0c\s]*|(?:系统|平台|督导室|我们|咱们|本单位|单位|机器人)(?:里|中)?的?)*/u;
const TO =
  '(?:改成|改为|改到|改回|设为|设成|设置为|设置成|设定为|定为|定成|调到|调成|调为|调整为|调整到|调整成|换成|变成|变为|变更为|提高到|提到|降到|降低到|降为|增加到|增至|减到|减少到|减为|延长到|延长为|缩短到|缩短为|放宽到|放宽为)';
const CHANGES = new RegExp(
  `^(?<name>[^,\uff0c。;\uff1b]{2,24}?)(?:从.{1,12}?)?\\s*${TO}(?<value>.{1,60})$`,
  'su',
);
const TURNS =
  /^(?<name>[^,\uff0c。;\uff1b]{2,24}?)(?<value>关掉|关闭|关了|打开|开启|停用|启用)(?:吧|了|一下)?[。.!\uff01]?$/u;
const TURNED =
  /^(?<value>关掉|关闭|打开|开启|停用|启用)(?<name>[^,\uff0c。;\uff1b]{2,24}?)(?:吧|了|一下)?[。.!\uff01]?$/u;
const ENGLISH =
  /^(?:please\s+)?(?:change|set|put|turn)\s+(?:the\s+)?(?<name>.{3,60}?)\s+(?:to\s+)?(?<value>[\d"'].*|on|off|yes|no)$/iu;
/** Beside its name, of the setting itself: "账号数这项设置". */
const BESIDE = /(?:的|这(?:个|一)?项?|这一项)?(?:的)?(?:系统)?(?:设置|参数|默认值|数值|默认)?(?:的)?$/u;

/** Settings whose names are words of records and notices too. */
const OF_PAPERS = /^(?:rect|visit|consult)\.|^notice\.receiptHour$/u;

/** Settings that an emergency's own words may sound like: "首报改成3人". */
const OF_EMERGENCIES = /^emergency\./u;
/** A figure and its unit, and nothing that would be told of somebody. */
const FIGURE =
  /^\d+(?:\.\d+)?\s*(?:个?工作日|自然日|个?(?:学时|课时|小时|钟头|月)|分钟?|[个次天日所年人名条份期届轮%]|成|hours?|days?|months?|years?|minutes?)?(?:以内|之内|内)?$/iu;

/** What a message changes of the settings, as "设置 …" has it: the name that the office has for it, and the value. Null: it speaks of something else. */
export function settingChange(t: Stage, said: string): string | null {
  if (!isOfOffice(t.facts.person)) return null;
  const words = said
    .trim()
    .replace(LEAD, '')
    .replace(/吧?[。.!\uff01]*$/u, '');
  const found = [CHANGES, TURNS, TURNED, ENGLISH].map((pattern) => pattern.exec(words)).find(Boolean);
  const { name = '', value = '' } = found?.groups ?? {};
  const meant = settingMeant(name.replace(BESIDE, ''));
  if (!meant || !valueSaid(meant.key, value, t.facts)) return null;
  if (typeof t.facts.office.settings[meant.key] === 'number' && !isFigure(value)) return null;
  if (OF_PAPERS.test(meant.key) && ofPapers(t, name)) return null;
  if (OF_EMERGENCIES.test(meant.key) && t.facts.emergencies.some(({ state }) => state !== 'closed'))
    return null;
  return `${meant.name} ${value}`;
}

const isFigure = (value: string) =>
  FIGURE.test(inFigures(value.normalize('NFKC').trim()).replace(/^百分之/u, ''));

/** Slots of what has days of its own: findings, a school's notice, an answer by a day. */
const DAYS: ReadonlySet<string> = new Set<SlotType>([
  'findings',
  'new-day',
  'date-ahead',
  'receipt',
  'correction',
]);

/** An open draft, or what was done a moment ago, may have days of its own; and so has a school's notice. */
function ofPapers(t: Stage, name: string): boolean {
  const { frame, last } = t.c;
  const lately = last !== null && t.facts.now.getTime() - Date.parse(last.at) < PHOTO_WAITS_MS;
  const hasDays = (flow: string) =>
    Object.values(t.deps.scripts.flows.get(flow)?.slots ?? {}).some(
      ({ type }) => DAYS.has(type) || isWaitingType(type),
    );
  if ((frame && hasDays(frame.flow)) || (lately && hasDays(last.flow))) return true;
  const { slots } = readNamed(t, name);
  return [slots.school, slots.schools, slots.school_candidates].some((one) => one !== undefined);
}

/** "改错了 改回去", said right after a setting was changed. True when its undoing was begun. */
export function undoesSetting(t: Stage, said: string): boolean {
  const { last, frame, question } = t.c;
  const flow = t.deps.scripts.flows.get('undo-setting');
  const lately = last !== null && t.facts.now.getTime() - Date.parse(last.at) < PHOTO_WAITS_MS;
  if (!flow || !lately || last.flow !== 'change-setting' || frame || question) return false;
  if (!/改回|改错|设错|还是(?:原来|以前|之前)|恢复(?:原来|回去|一下)?$/u.test(said)) return false;
  beginFlow(t, flow, [readNamed(t, said)], said);
  return true;
}
