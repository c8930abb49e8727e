// The simulated clock: what time it is for everybody, and the ways to move it on.
import { type FormEvent, useEffect, useState } from 'react';
import { clockDay, clockFull, clockHour, clockSecond } from '../chat/times.ts';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';
import { moveTo, tell } from '../state/actions.ts';
import { useTexts, useView } from '../state/store.ts';
import {
  fromLocalInput,
  nextMonthEnd,
  nextMonthStart,
  nextWorkdayMorning,
  toLocalInput,
} from './clock-times.ts';

const MINUTE_MS = 60_000;
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
          <span className="clock-hour">
            {clockHour(now, locale)}
            <span className="clock-second">{clockSecond(now, locale).slice(-3)}</span>
          </span>
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

  const walking = useView((state) => state.walkingTo !== null);

  const by = (ms: number) => void moveTo(new Date(now.getTime() + ms));
  const to = (at: Date) => {
    void moveTo(at);
    close();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const at = fromLocalInput(chosen);
    if (at === null || at <= now) tell(t('onlyForward'), 'bad');
    else to(at);
  };

  const steps = [
    ['plusMinute', MINUTE_MS],
    ['plusFive', 5 * MINUTE_MS],
    ['plusHour', HOUR_MS],
    ['plusDay', 24 * HOUR_MS],
  ] as const;
  const jumps = [
    ['toWorkday', nextWorkdayMorning(now)],
    ['toMonthEnd', nextMonthEnd(now)],
    ['toMonthStart', nextMonthStart(now)],
  ] as const;
  return (
    <>
      <p className="clock-face">
        <strong>{clockSecond(now, locale)}</strong>
        <span>{clockFull(now, locale)}</span>
      </p>
      <div className="clock-jumps">
        {steps.map(([key, ms]) => (
          <button key={key} type="button" className="jump" disabled={walking} onClick={() => by(ms)}>
            {t(key)}
          </button>
        ))}
        {jumps.map(([key, at]) => (
          <button
            key={key}
            type="button"
            className="jump jump-wide"
            disabled={walking}
            onClick={() => to(at)}
          >
            {t(key)}
            <span>
              {clockDay(at, locale)} {clockHour(at, locale)}
            </span>
          </button>
        ))}
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
        <button type="submit" className="main-button" disabled={walking}>
          {t('move')}
        </button>
      </form>
      <p className="quiet">{t('dayByDay')}</p>
    </>
  );
}
