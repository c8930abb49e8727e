// Slots of rectification: which notices, which new day, which of the open ones.
import { type Facts, limitOf } from './facts.ts';
import type { Slots } from './types.ts';

/** `rect_no`, and `rect_nos` when one message names several. */
export function notices(f: Facts): Slots {
  const numbers = f.e.notices.map((n) => n.no);
  return numbers.length > 0
    ? { rect_no: numbers[0], ...(numbers.length > 1 ? { rect_nos: numbers } : {}) }
    : {};
}

/** The new day asked for or granted: what follows 延到, 宽限到, 申请到; a day that "cannot be kept" is not it. */
export function extension(f: Facts): Slots {
  const days = f.e.dates.filter(
    (d) =>
      d.kind === 'day' &&
      !/^(?:之?前|以前)?.{0,3}(?:[弄改完做交][^,]{0,2}不[完了成好]|来不及|够呛)/.test(f.e.text.slice(d.end)),
  );
  const to = days.find((d) => /(?:到|至|延|缓|期限?|给)$/.test(f.e.text.slice(0, d.start)));
  const said = to ?? limitOf(f.e) ?? days.at(-1);
  // "延到5月中旬": the last day of it
  const until = f.e.dates.find(
    (d) => d.kind === 'span' && /(?:到|至|延|缓)$/.test(f.e.text.slice(0, d.start)),
  );
  const end = until?.resolve('future').split('/')[1];
  return { due: said?.resolve('future') ?? end, days: f.e.durations[0]?.days };
}

/** Which of the open ones a list or a chase is about. */
export function openWhich(f: Facts): Slots {
  const t = f.e.text;
  const metric =
    f.e.overdueDays !== undefined || /逾期|超期|过期没|到期没/.test(t)
      ? 'overdue'
      : /待复查|待审|待核|没复查|要复查/.test(t)
        ? 'pending_review'
        : /快到期|到期|截止/.test(t) && !/哪天截止/.test(t)
          ? 'due_soon'
          : 'open';
  const audience = /组长/.test(t) ? 'area_leaders' : undefined;
  return { metric, ...(f.e.overdueDays ? { days: f.e.overdueDays } : {}), ...(audience ? { audience } : {}) };
}
