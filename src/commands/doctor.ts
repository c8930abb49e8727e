// `dudao doctor`: one line a check, with what to do; exit code 1 when anything is to be mended.
import { type Config, type Environment, environment, readConfig } from '../config.ts';
import type { Finding } from '../doctor/check.ts';
import { examine } from '../doctor/examine.ts';
import { AppError } from '../errors.ts';
import { type OperatorTexts, operatorTexts } from '../operator.ts';
import { print, spokenLocale } from './fault.ts';
import { scriptFaults } from './scripts.ts';

export async function doctor(): Promise<void> {
  const texts = operatorTexts(spokenLocale());
  const { config, complaint } = usableConfig(environment());
  if (complaint) print(`${mark(texts, 'fault')} ${complaint}`);
  else print(line(texts, { check: 'config', state: 'ok', says: 'ok' }));
  const findings = await examine(config, {
    now: () => new Date(),
    scriptFaults: async () => (await scriptFaults()).length,
  });
  for (const finding of findings) print(line(texts, finding));
  const count = findings.filter(({ state }) => state === 'fault').length + (complaint ? 1 : 0);
  print(`\n${count === 0 ? texts.say('doctor.all-ok') : texts.say('doctor.some-faults', { count })}`);
  if (count > 0) process.exitCode = 1;
}

/** With the faulty variables left out, so that one wrong value does not hide what else is wrong. */
function usableConfig(env: Environment): { config: Config; complaint?: string } {
  try {
    return { config: readConfig(env) };
  } catch (error) {
    if (!(error instanceof AppError) || !Array.isArray(error.detail.faults)) throw error;
    const faulty = new Set(error.detail.faults.map(String));
    const lacksWecom = [...faulty].some((name) => name.startsWith('WECOM_') && name !== 'WECOM_API_BASE');
    const rest = Object.entries(env).filter(
      ([name]) =>
        !faulty.has(name) && !(lacksWecom && name.startsWith('WECOM_') && name !== 'WECOM_API_BASE'),
    );
    return { config: readConfig(Object.fromEntries(rest)), complaint: error.message };
  }
}

const MARKS: Record<Finding['state'], string> = { ok: '✓', fault: '✗', skipped: '–' };
const mark = (texts: OperatorTexts, state: Finding['state']) =>
  `${MARKS[state]} ${texts.say(`doctor.${state}`)}`;

function line(texts: OperatorTexts, { check, state, says, data }: Finding): string {
  const key = says.startsWith('doctor.') ? says : `doctor.${check}.${says}`;
  return `${mark(texts, state)}  ${texts.say(`doctor.name.${check}`)}: ${texts.say(key, data)}`;
}
