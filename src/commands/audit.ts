// `dudao audit SCHOOL`: the life of a school's file in order, for the office that OFFICE names; `--json` with everything old and new.
import { z } from 'zod';
import { openDatabaseBeside } from '../app/database.ts';
import { environment, readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { operatorTexts } from '../operator.ts';
import { officeBySlug } from '../supervision/roster/current.ts';
import { type HistoryLine, schoolHistory } from '../supervision/school-history.ts';
import { loadSettingRules, officeSettings } from '../supervision/settings.ts';
import { mustReadYaml, scriptsFolder } from '../yaml.ts';
import { print } from './fault.ts';

export async function audit(school: string, { json = false }: { json?: boolean }): Promise<void> {
  const config = readConfig(environment());
  const database = await openDatabaseBeside(config, createLog({ level: config.logLevel ?? 'warn', to: 2 }));
  try {
    await database.store.transaction(async (tx) => {
      const office = await officeBySlug(tx, config.office);
      if (!office) throw new AppError('act.not-found', 'never', { what: 'office', office: config.office });
      const found = await tx.sql<{ id: string; name: string; exact: boolean }>(
        `select id, name, code = $2 or name = $2 as exact from school
         where office_id = $1 and (code = $2 or name = $2 or $2 = any(aliases)) order by code`,
        [office.id, school],
      );
      const named = found.some(({ exact }) => exact) ? found.filter(({ exact }) => exact) : found;
      const [only, ...more] = named;
      if (!only) throw new AppError('act.not-found', 'never', { why: 'school', school });
      if (more.length > 0)
        throw new AppError('act.input', 'never', {
          why: 'which-school',
          schools: named.map(({ name }) => name).join('、'),
        });
      const { settings } = officeSettings(loadSettingRules(), office.settings);
      const lines = await schoolHistory(tx, {
        officeId: office.id,
        schoolId: only.id,
        numberPrefix: settings['rect.numberPrefix'],
      });
      const { say } = operatorTexts(config.locale);
      if (json) for (const line of lines) print(JSON.stringify(line));
      else {
        print(
          say(lines.length === 0 ? 'audit.none' : 'audit.title', { school: only.name, count: lines.length }),
        );
        for (const line of lines) print(inWords(line, config.locale, office.timeZone));
      }
    });
  } finally {
    await database.close();
  }
}

function inWords(line: HistoryLine, locale: string, timeZone: string): string {
  const words = terms(locale);
  const term = (kind: string, code: string) => words[`${kind}.${code}`] ?? code;
  const at = line.at.toLocaleString('sv-SE', { timeZone }).slice(0, 16);
  const by = line.by || term('audit', 'nobody');
  const changes = line.changes.map(
    ({ field, kind, old, new: now }) =>
      `  ${term('audit-field', field)}: ${term(kind, old) || '—'} → ${term(kind, now)}`,
  );
  const from = line.said === '' ? [] : [`  “${line.said.replaceAll(/\s+/g, ' ').slice(0, 80)}”`];
  return [
    `${at} ${by} ${term('audit', line.action)}${line.about && ` ${line.about}`}`,
    ...changes,
    ...from,
  ].join('\n');
}

function terms(locale: string): Record<string, string> {
  const file = `texts/${locale === 'en' ? 'en' : 'zh-CN'}/terms.yaml`;
  return mustReadYaml(scriptsFolder, file, z.record(z.string(), z.string()));
}
