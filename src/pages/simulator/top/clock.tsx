// The simulated clock: what time it is for everybody, and the ways to move it on.
import { type FormEvent, useEffect, useState } from 'react';
import { clockDay, clockFull, clockSecond } from '../chat/times.ts';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';
import { advance, moveTo, tell } from '../state/actions.ts';
import { useTexts, useView } from '../state/store.ts';
import { fromLocalInput, next25th, nextWorkdayMorning, toLocalInput } from './clock-times.ts';

const HOUR_MS = 3_600_000;
/** The clock is called moved when it is further from the real time than any network is slow. */
const MOVED_MS = 60_000;

function useNow(): Date {
  const offset = useView((state) => state.clockOffset);
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return new Date(Date.now() + offset);
}

export function Clock() {
  const t = useTexts();
  const locale = useView((state) => state.locale);
  const offset = useView((state) => state.clockOffset);
  const now = useNow();
  const moved = Math.abs(offset) > MOVED_MS;
  return (
    <Popover
      className={`top-button clock ${moved ? 'clock-moved' : ''}`}
      label={t('clock', { time: `${clockFull(now, locale)} ${clockSecond(now, locale)}` })}
      panelClass="clock-panel"
      face={
        <>
          <Icon name="clock" />
          <span className="clock-day">{clockDay(now, locale)}</span>
          <span className="clock-hour">{clockSecond(now, locale)}</span>
        </>
      }
    >
      {(close) => <ClockPanel now={now} close={close} />}
    </Popover>
  );
}

function ClockPanel({ now, close }: { now: Date; close: () => void }) {
  const t = useTexts();
  const locale = useView((state) => state.locale);
  const [chosen, setChosen] = useState(() => toLocalInput(new Date(now.getTime() + HOUR_MS)));

  const said = (at: Date) => t('clockMoved', { time: `${clockFull(at, locale)} ${clockSecond(at, locale)}` });
  const by = async (ms: number) => {
    if (await advance(ms)) tell(said(new Date(now.getTime() + ms)));
  };
  const to = async (at: Date) => {
    if (await moveTo(at)) tell(said(at));
    close();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const at = fromLocalInput(chosen);
    if (at === null || at <= now) tell(t('onlyForward'), 'bad');
    else void to(at);
  };

  const workday = nextWorkdayMorning(now);
  const the25th = next25th(now);
  return (
    <>
      <p className="clock-face">
        <strong>{clockSecond(now, locale)}</strong>
        <span>{clockFull(now, locale)}</span>
      </p>
      <div className="clock-jumps">
        <button type="button" className="jump" onClick={() => void by(HOUR_MS)}>
          {t('plusHour')}
        </button>
        <button type="button" className="jump" onClick={() => void by(24 * HOUR_MS)}>
          {t('plusDay')}
        </button>
        <button type="button" className="jump jump-wide" onClick={() => void to(workday)}>
          {t('toWorkday')}
          <span>{clockDay(workday, locale)} 09:00</span>
        </button>
        <button type="button" className="jump jump-wide" onClick={() => void to(the25th)}>
          {t('to25th')}
          <span>{clockDay(the25th, locale)} 09:00</span>
        </button>
      </div>
      <form className="clock-form" onSubmit={onSubmit}>
        <label>
          {t('toTime')}
          <input
            type="datetime-local"
            required
            min={toLocalInput(now)}
            value={chosen}
            onChange={(event) => setChosen(event.target.value)}
          />
        </label>
        <button type="submit" className="main-button">
          {t('move')}
        </button>
      </form>
      <p className="quiet">{t('onlyForward')}</p>
    </>
  );
}
