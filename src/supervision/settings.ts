// What an office may decide for itself: the closed list of settings with their types. The defaults and the words that
// explain them stand in bot-scripts/rules/settings.yaml, where an office can read which of them is law.
import { z } from 'zod';
import {
  type Fault,
  parseYaml,
  readText,
  scriptsFaulty,
  scriptsFolder,
  type Told,
  toldIssue,
} from '../yaml.ts';

const count = z.int().min(0).max(1000);
const monthNumber = z.int().min(1).max(12);
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** Empty: nobody said yet. */
const phone = z.string().regex(/^$|^\+?\d[\d\s()（）转、,-]{4,38}$/u);
const range = z.tuple([count, count]).refine(([low, high]) => low <= high);

/** Every setting by its key (DOMAIN §2.10). Days are calendar days unless the key says Workdays; `rect.reviewWithinDays` counts working days. */
const settingSchema = z.strictObject({
  'visit.minPerMonth': count,
  'visit.minPerSemester': count,
  'visit.exemptMonths': z.array(monthNumber).max(12),
  'visit.recordWithinDays': count,
  'visit.feedbackToSchool': z.boolean(),
  'assign.schoolsPerInspector': count,
  'assign.schoolsPerInspectorMax': count,
  'area.maxSchools': count,
  'rect.numberPrefix': z.string().trim().min(1).max(30),
  'rect.minorDays': count,
  'rect.generalDays': count,
  'rect.seriousDaysMax': count,
  'rect.signWithinWorkdays': count,
  'rect.planWithinDays': count,
  'rect.reviewWithinDays': count,
  'rect.forwardToOfficeWithinDays': count,
  'rect.lookBackWithinDays': count,
  'rect.maxExtensions': count,
  'rect.extensionDaysMax': count,
  'rect.extensionAnswerWorkdays': count,
  'rect.relapseWithinMonths': count,
  'consult.answerDays': count,
  'consult.numberPrefix': z.string().trim().min(1).max(30),
  'comp.noticeDaysBefore': count,
  'comp.teamMin': count,
  'comp.generalReportDays': count,
  'comp.formalReportMonths': count,
  'comp.return2Months': range,
  'comp.return3WithinMonths': count,
  'comp.maxPerSchoolPerYear': count,
  'comp.cycleYears': range,
  'follow.semesterCoverage': z.number().min(0).max(1),
  'opinion.simpleWorkdays': count,
  'opinion.complexWorkdays': count,
  'opinion.jointDays': count,
  'emergency.firstReportMinutes': count,
  'emergency.writtenReportHours': count,
  'training.hoursPerYear': count,
  'term.years': count,
  'term.max': count,
  'office.phone': phone,
  'office.hours': z.string().trim().max(40),
  'notice.perSchoolPerWeek': count,
  'notice.receiptHour': timeOfDay,
  'notify.accounts': z.int().min(0).max(10_000_000),
  'notify.quietHours': z.strictObject({ from: timeOfDay, to: timeOfDay }),
  'notify.quietOnRestDays': z.boolean(),
  'calendar.semesters': z.strictObject({ autumn: monthDay, spring: monthDay }),
  'calendar.ownYears': z.array(z.int().min(2000).max(2200)),
  'calendar.ownRestDays': z.array(z.iso.date()),
  'calendar.ownWorkdays': z.array(z.iso.date()),
});

export type Settings = Readonly<z.infer<typeof settingSchema>>;
export type SettingKey = keyof Settings;

export const settingKeys: readonly SettingKey[] = settingSchema.keyof().options;

const ruleSchema = z.strictObject({
  default: z.unknown(),
  /** C law or national document, S the asking office, L a local rule, D our proposal, U unsure. */
  source: z.enum(['C', 'S', 'L', 'D', 'U']),
  'zh-CN': z.string().min(1),
  en: z.string().min(1),
  /** How it is called in chat; its description when left out. */
  name: z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) }).optional(),
  words: z.array(z.string().min(1)).default([]),
  /** What the law allows; beyond it an office is warned. */
  least: z.number().optional(),
  most: z.number().optional(),
});

export type SettingRule = z.infer<typeof ruleSchema>;
export interface SettingRules {
  readonly rules: ReadonlyMap<SettingKey, SettingRule>;
  readonly defaults: Settings;
}

const ownFile = `${scriptsFolder}/rules/settings.yaml`;

/**
 * Reads settings.yaml and checks it against the closed list, both ways.
 * Throws `scripts.faulty` with every fault as `file:line:key: what`, so that whoever edited the file finds the place.
 */
export function loadSettingRules(file: string = ownFile): SettingRules {
  const text = readText(file);
  if (typeof text !== 'string') throw scriptsFaulty([{ file, line: 1, key: '', ...text }]);
  if (newest?.file !== file || newest.text !== text) newest = { file, text, read: readRules(file, text) };
  return newest.read;
}

/** Many ask for them at a start, and each reading takes a tenth of a second of a small core. */
let newest: { file: string; text: string; read: SettingRules } | undefined;

const MISSING: Told = { message: 'is missing', code: 'missing' };

function readRules(file: string, text: string): SettingRules {
  const { document, lines, broken } = parseYaml(text);
  const faults: Fault[] = broken.map((fault) => ({ file, key: '', ...fault }));
  const raw: unknown = broken.length > 0 ? {} : document.toJS();
  const given = raw !== null && typeof raw === 'object' && !Array.isArray(raw) ? Object.entries(raw) : [];

  const tell = (key: string, told: Told, path: PropertyKey[] = []) => {
    const node = document.get(key, true) as { range?: [number, number, number] } | undefined; // yaml types it unknown
    const line = node?.range ? lines.linePos(node.range[0]).line : 1;
    faults.push({ file, line, key: [key, ...path].join('.'), ...told });
  };
  const rules = new Map<SettingKey, SettingRule>();
  const defaults: Record<string, unknown> = {};
  for (const [key, value] of given) {
    if (!isSettingKey(key)) {
      tell(key, { message: 'no such setting', code: 'no-such-setting' });
      continue;
    }
    const rule = ruleSchema.safeParse(value);
    if (!rule.success) {
      for (const issue of rule.error.issues) tell(key, toldIssue(issue), issue.path);
      continue;
    }
    const fits = settingSchema.shape[key].safeParse(rule.data.default);
    for (const issue of fits.error?.issues ?? []) tell(key, toldIssue(issue), ['default', ...issue.path]);
    rules.set(key, rule.data);
    defaults[key] = rule.data.default;
  }
  if (broken.length === 0)
    for (const key of settingKeys) if (!given.some(([k]) => k === key)) tell(key, MISSING);
  if (faults.length > 0) throw scriptsFaulty(faults);
  return { rules, defaults: Object.freeze(settingSchema.parse(defaults)) };
}

/** Whether there is a setting of that name. */
export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(settingSchema.shape, key);
}

/** Why a value does not fit a setting, in English for operators; null when it fits. */
export function settingFault(key: SettingKey, value: unknown): string | null {
  const read = settingSchema.shape[key].safeParse(value);
  return read.success ? null : read.error.issues.map((issue) => issue.message).join('; ');
}

/**
 * The settings of one office: what it changed (`office.settings`, keyed like the list) over the defaults.
 * A stored value that does not fit is not used and named in `faults`: an office must not stand still for one bad value.
 */
export function officeSettings(
  { defaults }: SettingRules,
  stored: unknown,
): { settings: Settings; faults: { key: string; fault: string }[] } {
  const faults: { key: string; fault: string }[] = [];
  const changed: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(stored !== null && typeof stored === 'object' ? stored : {})) {
    const fault = isSettingKey(key) ? settingFault(key, value) : 'no such setting';
    if (fault) faults.push({ key, fault });
    else changed[key] = value;
  }
  return { settings: Object.freeze(settingSchema.parse({ ...defaults, ...changed })), faults };
}
