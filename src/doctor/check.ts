// What one check of the doctor is: a name, how it ended, and the sentence that says what to do.

export type State = 'ok' | 'fault' | 'skipped';

export interface Finding {
  /** `doctor.name.<check>` is its name in the operator's words. */
  check: string;
  state: State;
  /** `doctor.<check>.<says>`, or a whole key that begins with `doctor.`. */
  says: string;
  data?: Record<string, string | number>;
}

export const ok = (check: string, says = 'ok', data?: Finding['data']): Finding => ({
  check,
  state: 'ok',
  says,
  data,
});
export const fault = (check: string, says: string, data?: Finding['data']): Finding => ({
  check,
  state: 'fault',
  says,
  data,
});
export const skipped = (check: string, says = 'doctor.after-fault', data?: Finding['data']): Finding => ({
  check,
  state: 'skipped',
  says,
  data,
});
