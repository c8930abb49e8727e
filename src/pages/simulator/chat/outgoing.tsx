// A message that this page has not yet handed to the simulator, or could not: nothing typed is ever lost.
import { forget, say } from '../state/actions.ts';
import type { Outgoing } from '../state/state.ts';
import { useTexts } from '../state/store.ts';

export function OutgoingMessage({ outgoing }: { outgoing: Outgoing }) {
  const t = useTexts();
  const again = () => {
    forget(outgoing.id);
    void say(outgoing.text);
  };
  return (
    <div className="message message-mine">
      <span className="avatar avatar-middle avatar-empty" />
      <div className="message-main">
        <div className="message-line">
          <div className="bubble bubble-waiting">{outgoing.text}</div>
          {outgoing.state === 'sending' ? (
            <span className="fate" role="img" aria-label={t('sending')}>
              <span className="spinner" />
            </span>
          ) : (
            <span className="fate fate-failed" role="alert">
              <span aria-hidden="true">!</span>
              <span className="fate-reason">{t('notSent', { reason: outgoing.reason })}</span>
              {outgoing.typed && (
                <button type="button" onClick={again}>
                  {t('again')}
                </button>
              )}
              <button type="button" onClick={() => forget(outgoing.id)}>
                {t('drop')}
              </button>
            </span>
          )}
        </div>
      </div>
    </div>
  );
}
