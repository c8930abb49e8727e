// What an operator is told of a callback that no conversation is about: kinds that nobody knew yet, and the platform's word on the app itself.
import type { Log } from '../log.ts';
import type { Inbound } from '../wecom/inbound.ts';

/** The platform stops an app that is used too little (PROTOCOL §3.9); then nothing is heard and nothing arrives any more. */
const APP_NEWS = {
  inactive_alert: 'WeCom is going to suspend the app because it is used too little',
  close_inactive_agent:
    'WeCom has suspended the app because it was used too little; an administrator has to enable it',
  low_active_alert: 'WeCom is going to limit the app because it is used too little',
  low_active: 'WeCom has limited the app because it is used too little',
} as const;
const GOOD_NEWS = {
  reopen_inactive_agent: 'the app is enabled again',
  active_restored: 'the app is no longer limited',
} as const;

/** Writes its line, without a word of what anybody wrote; for what is ordinary it writes none. */
export function remark(log: Log, office: string, inbound: Inbound): void {
  const { kind, agentId } = inbound;
  if (kind === 'unknown') {
    const named = { msgType: inbound.msgType.slice(0, 64), event: inbound.event.slice(0, 64) };
    log.warn({ office, ...named }, 'a kind of callback that is not known was kept');
  } else if (kind in APP_NEWS) {
    const until = 'effectTime' in inbound && inbound.effectTime !== null ? inbound.effectTime * 1000 : null;
    const at = until === null ? {} : { at: new Date(until).toISOString() };
    log.error({ office, agentId, kind, ...at }, APP_NEWS[kind as keyof typeof APP_NEWS]);
  } else if (kind in GOOD_NEWS) {
    log.info({ office, agentId, kind }, GOOD_NEWS[kind as keyof typeof GOOD_NEWS]);
  }
}
