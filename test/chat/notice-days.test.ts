// Days and hours inside notices read in the notice's language: every standing notice, in both languages, from its name to its preview.
import { expect, test } from 'vitest';
import type { Facts } from '../../src/chat/facts.ts';
import { dayText } from '../../src/chat/scripts/liquid.ts';
import { doubtfulDays } from '../../src/chat/slots/notice-days.ts';
import { receiptSlot } from '../../src/chat/slots/notice-receipt.ts';
import { sendTimeSlot } from '../../src/chat/slots/notice-send.ts';
import { typeset, withDate } from '../../src/chat/slots/notice-text.ts';
import { resolved } from '../../src/chat/slots/notice-words.ts';
import type { SlotKindOf } from '../../src/chat/slots/slot.ts';
import { createCalendar } from '../../src/supervision/calendar.ts';
import { freshDatabase } from '../support/database.ts';
import { FIXTURE_NOW, openOffice, shippedTalk } from '../support/office.ts';

const today = createCalendar('Asia/Shanghai', {} as never).today(FIXTURE_NOW);
const factsIn = (locale: string) =>
  ({
    locale,
    now: FIXTURE_NOW,
    today,
    office: { timeZone: 'Asia/Shanghai' },
    calendar: { semesters: [] },
  }) as unknown as Facts; // all that is read here

/** Nothing of the other language's days may stand in a text. */
const OTHERS = {
  'zh-CN': /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b|\b[ap]m\b/u,
  en: /[月日号点]|周[一二三四五六日]|[上下]午/u,
};
/** What is said for a blank of a kind, by two people of whom each writes in the other's language too. */
const SAID = {
  'zh-CN': {
    day: ['下周五', 'Friday 27 March'],
    time: ['周五下午三点', 'Friday at 3 pm'],
    schools: ['东关小学'],
    words: ['三楼会议室'],
  },
  en: {
    day: ['on Friday 27 March', '下周五'],
    time: ['Friday at 3 pm', '周五下午三点'],
    schools: ['东关小学'],
    words: ['room 401'],
  },
};
const SHOWN = {
  'zh-CN': { day: '3月27日(周五)', time: '3月20日(周五)15:00' },
  en: { day: 'Fri 27 Mar', time: 'Fri 20 Mar at 15:00' },
};

const templates = (['zh-CN', 'en'] as const).flatMap((locale) =>
  shippedTalk()
    .scripts.templates(locale)
    .flatMap((template) => [0, 1].map((way) => ({ locale, template, way, name: template.name }))),
);

test.each(templates)('$locale: $name, said in way $way', async ({ locale, template, way }) => {
  const { store } = await freshDatabase({ poolSize: 3 });
  const office = await openOffice(store, FIXTURE_NOW, locale);
  const sun = (text: string) => office.hears('office-sun', text);
  let [shown] = await sun(locale === 'en' ? `use template ${template.name}` : `用模板${template.name}`);
  for (const blank of template.blanks) {
    expect(shown?.text, blank.name).toContain(blank.ask);
    const said = SAID[locale][blank.kind];
    [shown] = await sun(said[way % said.length] ?? '');
  }
  const preview = shown?.text ?? '';
  const body = preview.split('\n').filter((line) => !line.includes('东关'));
  expect(body.join('\n')).not.toMatch(OTHERS[locale]);
  expect(body.join('\n')).not.toMatch(/【|】/u);
  for (const kind of ['day', 'time'] as const)
    if (template.blanks.some((blank) => blank.kind === kind)) expect(preview).toContain(SHOWN[locale][kind]);
});

test.each([
  ['en', 'Meeting tomorrow at 3 pm, please confirm!', 'Meeting on Fri 20 Mar at 15:00, please confirm.'],
  ['en', 'Hand in the report by next Monday', 'Hand in the report by Mon 23 Mar'],
  [
    'en',
    'The gate is closed from Friday until 25th March',
    'The gate is closed from Fri 20 Mar until Wed 25 Mar',
  ],
  [
    'en',
    'Water is off on Sunday 9:30 am; fetch some today',
    'Water is off on Sun 22 Mar at 09:30; fetch some on Thu 19 Mar',
  ],
  ['en', 'We meet 周五下午三点 in room 401', 'We meet Fri 20 Mar at 15:00 in room 401'],
  ['en', '周五下午三点开会', '3月20日(周五)15:00开会。'],
  ['zh-CN', 'Friday at 3 pm 开会', '3月20日(周五)15:00 开会。'],
  ['zh-CN', '明天下午开会', '3月20日(周五)下午开会。'],
  // What no day is, and what may be none, stays as it was written.
  [
    'en',
    'You may sit in the sun; meet on Monday 20 March',
    'You may sit in the sun; meet on Monday 20 March',
  ],
])('%s: %s', (locale, said, shown) => {
  expect(typeset(resolved(said, factsIn(locale)))).toBe(shown);
});

test('a day that stands in a notice is moved in the notice’s language', () => {
  const facts = factsIn('en');
  expect(withDate('Meeting on Fri 20 Mar at 15:00.', 'Thursday 4 pm', facts)).toBe(
    'Meeting on Thu 19 Mar at 16:00.',
  );
  expect(withDate('Meeting on Fri 27 Mar at 15:00.', 'Thursday', facts)).toBe(
    'Meeting on Thu 26 Mar at 15:00.',
  );
  expect(withDate('3月27日(周五)15:00开会。', '周四', facts)).toBe('3月26日(周四)15:00开会。');
});

// The number of the weekday beside that of the hour: today is Thursday 19 March, 10:00.
const HOURS = [
  ['周四四点', '2026-03-19T16:00'],
  ['周四四点半', '2026-03-19T16:30'],
  ['周五五点', '2026-03-20T17:00'],
  ['周五三点半', '2026-03-20T15:30'],
  ['周五十点', '2026-03-20T10:00'],
  ['周五十点半', '2026-03-20T10:30'],
  ['下周一一点一刻', '2026-03-23T13:15'],
  ['下周一十一点', '2026-03-23T11:00'],
  ['下周二十二点', '2026-03-24T12:00'],
  ['星期六六点', '2026-03-21T18:00'],
  ['礼拜六早上六点', '2026-03-21T06:00'],
  ['周日二十点', '2026-03-22T20:00'],
  ['周5三点', '2026-03-20T15:00'],
  ['周四下午四点', '2026-03-19T16:00'],
  ['明天九点', '2026-03-20T09:00'],
] as const;

test.each(HOURS)('the hour of %s', (said, at) => {
  const facts = factsIn('zh-CN');
  const [date = '', hour = ''] = at.split('T');
  const shown = `${dayText('zh-CN', date, '2026-')}${hour}`;
  expect(resolved(`${said}开会`, facts)).toBe(`${shown}开会`);
  expect(withDate('4月1日(周三)08:00开会', `${said}开`, facts)).toContain(hour);
  const asks = {
    facts: { ...facts, office: { ...facts.office, settings: {} } },
    row: {},
    name: 'x',
    open: false,
  };
  const read = (kind: SlotKindOf, text: string) =>
    kind.read({ intent: 'notice.broadcast', slots: {} } as never, { ...asks, text } as never); // all that is read here
  expect(read(sendTimeSlot, `${said}发`)).toEqual({ value: at });
  expect(read(receiptSlot, `${said}前回执`)).toEqual({ value: { wanted: true, due: at } });
});

test.each([
  ['Meeting on Fri 20 Mar at 09:00', []],
  ['Meeting on Wed 18 Mar', [{ said: 'Wed 18 Mar', why: 'past', day: '2026-03-18' }]],
  ['Meeting on Thu 19 Mar at 09:00', [{ said: 'Thu 19 Mar at 09:00', why: 'past', day: '2026-03-19' }]],
  ['Meeting on Monday 20 March', [{ said: 'Monday 20 March', why: 'weekday', day: '2026-03-20' }]],
  ['Meeting on 31 Apr', [{ said: '31 Apr', why: 'none', day: '' }]],
  ['The paper issued on Wed 18 Mar holds', []],
])('doubtful days of an English notice: %s', (text, doubtful) => {
  expect(doubtfulDays(text, '2026-03-19T10:00')).toEqual(doubtful);
});
