// `dudao scripts check`: every fault of bot-scripts, each with its file, line and key.
import { z } from 'zod';
import { loadScripts } from '../chat/scripts/scripts.ts';
import { wordFaults } from '../chat/understand/words.ts';
import { locales, operatorTexts } from '../operator.ts';
import { checkTemplates } from '../papers/documents/template.ts';
import { layoutFaults } from '../papers/roster/layout.ts';
import { loadPolicy } from '../supervision/deadlines/policy.ts';
import { loadSettingRules } from '../supervision/settings.ts';
import { type Fault, faultLine, faultsIn, faultsOf, readYaml, scriptsFolder } from '../yaml.ts';
import { print, spokenLocale } from './fault.ts';

/** Every fault of flows, texts, words, rules and templates; none: the bot would start with them. */
export async function scriptFaults(dir = scriptsFolder): Promise<readonly Fault[]> {
  const found = [
    ...faultsIn(dir, () => loadSettingRules(`${dir}/rules/settings.yaml`)),
    ...(await flowFaults(dir)),
    ...wordFaults(dir),
    ...loadPolicy(dir).faults,
    ...layoutFaults(dir),
    ...rosterTextFaults(dir),
    ...(await checkTemplates(`${dir}/papers`)),
  ];
  // Who reads the flows reads the program's own settings first.
  return [...new Map(found.map((fault) => [faultLine(fault), fault])).values()];
}

/** Flows are held against what the program can do, which it cannot tell itself while its settings or questions are faulty. */
async function flowFaults(dir: string): Promise<Fault[]> {
  try {
    const { ACTIONS } = await import('../supervision/actions.ts');
    const { NOTIFICATIONS } = await import('../supervision/notifications.ts');
    return loadScripts(dir, { actions: ACTIONS, notifications: NOTIFICATIONS }).faults;
  } catch (err) {
    return faultsOf(dir, err);
  }
}

function rosterTextFaults(dir: string): Fault[] {
  const faults: Fault[] = [];
  for (const locale of locales)
    readYaml(dir, `texts/${locale}/roster.yaml`, z.record(z.string(), z.string()), faults);
  return faults;
}

export async function check(): Promise<void> {
  const { say, scriptFault } = operatorTexts(spokenLocale());
  const faults = await scriptFaults();
  if (faults.length === 0) {
    print(say('scripts.ok'));
    return;
  }
  print(say('scripts.faults', { count: faults.length }));
  for (const fault of faults) print(`  ${scriptFault(fault)}`);
  process.exitCode = 1;
}
