// Questions answered from the rules: which topic a sentence asks about, and the office's own values for it.
// What nobody has opened a source for ([U] of the dossier) has no topic, so that it is never told as law.
import { z } from 'zod';
import { mustReadYaml, scriptsFolder } from '../yaml.ts';
import { action, ROLES } from './act.ts';
import { loadSettingRules, type SettingKey, type Settings, settingKeys } from './settings.ts';

const topicShape = z.strictObject({
  /** As in settings.yaml, but never U. */
  source: z.enum(['C', 'S', 'L', 'D']),
  settings: z.array(z.enum(settingKeys as [SettingKey, ...SettingKey[]])),
  words: z.array(z.string().trim().min(1)).min(1),
});
export type Topic = z.infer<typeof topicShape>;

/** The topics by name, in the file's order. Throws `scripts.faulty` with every fault as file:line:key. */
export function loadTopics(dir: string = scriptsFolder): ReadonlyMap<string, Topic> {
  return new Map(Object.entries(mustReadYaml(dir, 'rules/questions.yaml', z.record(z.string(), topicShape))));
}

/** The topic whose words fit best; null when none fits, or only a single character does. */
export function topicOf(question: string, topics: ReadonlyMap<string, Topic>): string | null {
  const said = question.toLowerCase().replaceAll(/\s+/gu, ' ');
  let best: { name: string; score: number } | null = null;
  for (const [name, { words }] of topics)
    for (const line of words) {
      const score = scoreOf(said, line.toLowerCase());
      if (score >= 2 && (best === null || score > best.score)) best = { name, score };
    }
  return best?.name ?? null;
}

/** How many characters of the sentence a line of words accounts for; 0 unless all of its words stand there. */
function scoreOf(said: string, line: string): number {
  let score = 0;
  for (const word of line.split(/\s+/u)) {
    const longest = Math.max(
      0,
      ...word
        .replaceAll('_', ' ')
        .split('|')
        .map((one) => (said.includes(one) ? [...one].length : 0)),
    );
    if (longest === 0) return 0;
    score += longest;
  }
  return score;
}

/** `visit.minPerMonth: 1` → `{ visit: { minPerMonth: 1 } }`, as templates write it. */
function nested(settings: Settings): Record<string, Record<string, unknown>> {
  const out: Record<string, Record<string, unknown>> = {};
  for (const [key, value] of Object.entries(settings)) {
    const [group = '', ...rest] = key.split('.');
    out[group] = { ...out[group], [rest.join('.')]: value };
  }
  return out;
}

const topics = loadTopics();
const { defaults } = loadSettingRules();

/** 一个月到底要去几次: answered in the words of the topic, with the office's values and where they come from. */
export const queryRule = action({
  name: 'rule.query',
  roles: ROLES,
  input: z.object({ question: z.string().max(500).optional() }),
  result: z.object({
    say: z.string(),
    settings: z.record(z.string(), z.record(z.string(), z.unknown())),
    /** The office decided otherwise than the default. */
    changed: z.boolean(),
  }),
  says: ['unknown', ...topics.keys()],
  async run({ office: { settings } }, { question }) {
    const name = question === undefined ? null : topicOf(question, topics);
    const keys = name === null ? [] : (topics.get(name)?.settings ?? []);
    return {
      say: name ?? 'unknown',
      settings: nested(settings),
      changed: keys.some((key) => JSON.stringify(settings[key]) !== JSON.stringify(defaults[key])),
    };
  },
});
