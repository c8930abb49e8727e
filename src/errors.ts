// The one error our own code throws, with a closed list of codes, so that every caller can tell what to do about it.

/** Every way in which our own code refuses; `otherwise` of a flow names them. */
export const ERROR_CODES = [
  'config.unusable',
  'store.unreachable',
  'store.folder',
  'store.migrations',
  'queue.unusable',
  'scripts.faulty',
  'roster.faulty',
  'act.not-allowed',
  'act.not-found',
  'act.input',
  'visit.in-future',
  'visit.not-hers',
  'visit.recorded-already',
  'visit.voided',
  'visit.archived',
  'visit.exempt-already',
  'visit.not-exempt',
  'visit.plan-past',
  'visit.plan-another',
  'month.closed',
  'month.not-over',
  'notice.signed-already',
  'notice.withdrawn',
  'list.gone',
  'notice.blank',
  'notice.nobody',
  'notice.time-past',
  'notice.due-past',
  'notice.group-over',
  'notice.too-many',
  'notice.hurried',
  'notice.names',
  'notice.recalled',
  'notice.not-asked',
  'notice.reminded',
  'notice.all-confirmed',
  'notice.wish-answered',
  'group.exists',
  'group.too-few',
  'group.too-many',
  'group.ends-past',
  'group.ended',
  'rectification.closed',
  'rectification.not-submitted',
  'assign.recused',
  'assign.not-inspector',
  'assign.same',
  'assign.planned',
  'assign.not-planned',
  'rectification.state',
  'rectification.no-photos',
  'rectification.plan-late',
  'rectification.reminded',
  'rectification.none',
  'rectification.consult-which',
  'rectification.past-due',
  'rectification.extension-asked',
  'rectification.extended-enough',
  'rectification.extension-too-long',
  'rectification.extension-too-short',
  'emergency.over',
  'emergency.not-closed',
  'contacts.none',
  'port.taken',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * `retry` tells a job runner what to do; `detail` goes to the log and to operators, never to a chat.
 * `message` is the code, or for faults an operator must mend, a sentence that says what to do.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    readonly retry: 'never' | 'later' = 'never',
    readonly detail: Record<string, unknown> = {},
    options?: { cause?: unknown; message?: string },
  ) {
    super(options?.message ?? code, options);
  }
}
