// `dudao doctor`: one line a check, with what to do; exit code 1 when anything is to be mended.
import { type Config, type Environment, environment, readConfig } from '../config.ts';
import { type Finding, skipped } from '../doctor/check.ts';
import { examine } from '../doctor/examine.ts';
import { AppError } from '../errors.ts';
import { type OperatorTexts, operatorTexts } from '../operator.ts';
import { print, spokenLocale } from './fault.ts';
import { scriptFaults } from './scripts.ts';

export async function doctor(): Promise<void> {
  const texts = operatorTexts(spokenLocale());
  const { config, complaint, faulty } = usableConfig(environment());
  if (complaint) print(`${mark(texts, 'fault')} ${complaint}`);
  else print(line(texts, { check: 'config', state: 'ok', says: 'ok' }));
  const examined = await examine(config, {
    now: () => new Date(),
    scriptFaults: async () => (await scriptFaults()).length,
  });
  // What was looked at without a variable that is set, but wrongly, says nothing about that variable.
  const findings = examined.map((finding) =>
    faulty.some((name) => HANGS_ON[finding.check]?.test(name)) ? skipped(finding.check) : finding,
  );
  for (const finding of findings) print(line(texts, finding));
  const count = findings.filter(({ state }) => state === 'fault').length + (complaint ? 1 : 0);
  print(`\n${count === 0 ? texts.say('doctor.all-ok') : texts.say('doctor.some-faults', { count })}`);
  if (count > 0) process.exitCode = 1;
}

const CORP = /^WECOM_(CORP_ID|AGENT_ID|SECRET)$/;
/** Each is of use only whole. */
const TOGETHER = [/^WECOM_AIBOT_/, /^WECOM_CONTACTS_/, /^S3_/];
const TO_ASK = /^WECOM_(CORP_ID|AGENT_ID|SECRET|API_BASE)$/;
/** The variables without which a check is idle; none for those that need none. */
const HANGS_ON: Record<string, RegExp> = {
  database: /^DATABASE_URL$/,
  redis: /^REDIS_URL$/,
  files: /^S3_/,
  'app-secret': /^APP_SECRET$/,
  'corp-id': /^WECOM_CORP_ID$/,
  'aes-key': /^WECOM_ENCODING_AES_KEY$/,
  ...Object.fromEntries(['secret', 'agent', 'trusted-ip', 'clock'].map((check) => [check, TO_ASK])),
  callback: /^(OFFICE|PUBLIC_URL|WECOM_(CORP_ID|AGENT_ID|SECRET|TOKEN|ENCODING_AES_KEY))$/,
  aibot: /^WECOM_AIBOT_/,
};
/** Only the callback asks for these two; with a wrong one, the corp itself can still be asked. */
const OF_THE_DOOR: Record<string, string> = { WECOM_TOKEN: 'x', WECOM_ENCODING_AES_KEY: 'A'.repeat(43) };

/** With the faulty variables left out, so that one wrong value does not hide what else is wrong. */
function usableConfig(env: Environment): { config: Config; complaint?: string; faulty: string[] } {
  try {
    return { config: readConfig(env), faulty: [] };
  } catch (error) {
    if (!(error instanceof AppError) || !Array.isArray(error.detail.faults)) throw error;
    const faulty = error.detail.faults.map(String);
    const lacksCorp = faulty.some((name) => CORP.test(name));
    const isOut = (name: string) =>
      faulty.includes(name) ||
      (lacksCorp && name.startsWith('WECOM_') && name !== 'WECOM_API_BASE') ||
      TOGETHER.some((group) => group.test(name) && faulty.some((one) => group.test(one)));
    const rest = Object.entries(env).filter(([name]) => !isOut(name));
    const standIns = Object.entries(OF_THE_DOOR).filter(([name]) => !lacksCorp && faulty.includes(name));
    return {
      config: readConfig(Object.fromEntries([...rest, ...standIns])),
      complaint: error.message,
      faulty,
    };
  }
}

const MARKS: Record<Finding['state'], string> = { ok: '✓', fault: '✗', skipped: '–' };
const mark = (texts: OperatorTexts, state: Finding['state']) =>
  `${MARKS[state]} ${texts.say(`doctor.${state}`)}`;

function line(texts: OperatorTexts, { check, state, says, data }: Finding): string {
  const key = says.startsWith('doctor.') ? says : `doctor.${check}.${says}`;
  return `${mark(texts, state)}  ${texts.say(`doctor.name.${check}`)}: ${texts.say(key, data)}`;
}
