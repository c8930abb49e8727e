// Switches for what can go wrong between platform and bot. As long as one is on, the top of the page says so.
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';
import { addFault, clearFaults, removeFault } from '../state/actions.ts';
import { useTexts, useView } from '../state/store.ts';
import { FAULT_SWITCHES, switchOf } from './fault-kinds.ts';

export function Faults() {
  const t = useTexts();
  const faults = useView((state) => state.faults);
  const on = faults.length > 0;
  const label = on ? t('faultsOn', { n: faults.length }) : t('faults');
  return (
    <Popover
      className={`top-button ${on ? 'top-button-alarm' : ''}`}
      label={label}
      panelClass="faults-panel"
      face={
        <>
          <Icon name="fault" />
          <span className="top-word">{label}</span>
        </>
      }
    >
      {() => <FaultsPanel />}
    </Popover>
  );
}

function FaultsPanel() {
  const t = useTexts();
  const faults = useView((state) => state.faults);
  const others = faults.filter((fault) => switchOf(fault) === null);
  return (
    <>
      <header className="panel-head">
        <h2>{t('faultsTitle')}</h2>
        <button
          type="button"
          className="quiet-button"
          disabled={faults.length === 0}
          onClick={() => void clearFaults()}
        >
          {t('allOff')}
        </button>
      </header>
      <ul className="fault-list">
        {FAULT_SWITCHES.map(({ id, input }) => {
          const active = faults.filter((fault) => switchOf(fault) === id);
          const toggle = () =>
            active.length > 0
              ? void Promise.all(active.map((fault) => removeFault(fault.id)))
              : void addFault(input);
          const used = active.reduce((sum, fault) => sum + fault.used, 0);
          return (
            <li key={id}>
              <button
                type="button"
                role="switch"
                aria-checked={active.length > 0}
                className="fault-switch"
                data-fault={id}
                onClick={toggle}
              >
                <span className="fault-words">
                  <span>{t(`fault.${id}`)}</span>
                  <span className="person-place">{t(`faultText.${id}`)}</span>
                </span>
                {used > 0 && <span className="fault-used">{t('struck', { n: used })}</span>}
                <span className="switch" aria-hidden="true" />
              </button>
            </li>
          );
        })}
        {others.map((fault) => (
          <li key={fault.id}>
            <button
              type="button"
              role="switch"
              aria-checked="true"
              className="fault-switch"
              onClick={() => void removeFault(fault.id)}
            >
              <span className="fault-words">{fault.kind}</span>
              <span className="switch" aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
