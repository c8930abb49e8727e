// `dudao scripts check`: every fault of bot-scripts, each with its file, line and key.

import { loadScripts } from '../chat/scripts/scripts.ts';
import { type Fault, faultLine } from '../chat/scripts/shapes.ts';
import { operatorTexts, projectRoot } from '../operator.ts';
import { ACTIONS } from '../supervision/actions.ts';
import { NOTIFICATIONS } from '../supervision/notifications.ts';
import { print, spokenLocale } from './fault.ts';

export function scriptFaults(): readonly Fault[] {
  return loadScripts(`${projectRoot}bot-scripts`, { actions: ACTIONS, notifications: NOTIFICATIONS }).faults;
}

export async function check(): Promise<void> {
  const { say } = operatorTexts(spokenLocale());
  const faults = scriptFaults();
  if (faults.length === 0) {
    print(say('scripts.ok'));
    return;
  }
  print(say('scripts.faults', { count: faults.length }));
  for (const fault of faults) print(`  ${faultLine(fault)}`);
  process.exitCode = 1;
}
