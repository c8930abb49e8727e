// `dudao scripts check`: every fault of bot-scripts, each with its file, line and key.

import { loadScripts } from '../chat/scripts/scripts.ts';
import { operatorTexts, projectRoot } from '../operator.ts';
import { checkTemplates } from '../papers/documents/template.ts';
import { ACTIONS } from '../supervision/actions.ts';
import { loadPolicy } from '../supervision/deadlines/policy.ts';
import { NOTIFICATIONS } from '../supervision/notifications.ts';
import { type Fault, faultLine } from '../yaml.ts';
import { print, spokenLocale } from './fault.ts';

/** Every fault of flows, texts, deadlines and templates; none: the bot would start with them. */
export async function scriptFaults(): Promise<readonly Fault[]> {
  const dir = `${projectRoot}bot-scripts`;
  return [
    ...loadScripts(dir, { actions: ACTIONS, notifications: NOTIFICATIONS }).faults,
    ...loadPolicy(dir).faults,
    ...(await checkTemplates(`${dir}/papers`)),
  ];
}

export async function check(): Promise<void> {
  const { say } = operatorTexts(spokenLocale());
  const faults = await scriptFaults();
  if (faults.length === 0) {
    print(say('scripts.ok'));
    return;
  }
  print(say('scripts.faults', { count: faults.length }));
  for (const fault of faults) print(`  ${faultLine(fault)}`);
  process.exitCode = 1;
}
