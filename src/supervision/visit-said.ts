// What is said of one visit before it is filed: the shape that the conversation, a correction and a late entry share (DOMAIN §3 a).
import { z } from 'zod';
import { saidFinding } from './findings.ts';
import { CAPACITIES, saidLesson } from './visit-people.ts';

export const METHODS = ['tour', 'lesson', 'docs', 'meeting', 'interview', 'survey', 'undercover'] as const;
export const SESSIONS = ['am', 'pm', 'day', 'half_day'] as const;

export const saidVisit = z.object({
  school: z.uuid(),
  date: z.iso.date(),
  /** Whose visit the office files; null: the actor's own. */
  inspector: z.uuid().nullable().default(null),
  session: z.enum(SESSIONS).optional(),
  methods: z.array(z.enum(METHODS)).default([]),
  /** How often each was used, as far as it was said. */
  methodCounts: z.partialRecord(z.enum(METHODS), z.number().int().min(1).max(999)).default({}),
  items: z.array(z.string()).default([]),
  lessons: z.number().int().min(0).max(20).optional(),
  /** Lessons heard, each with what was said of it. */
  observations: z.array(saidLesson).max(10).default([]),
  /** Names of those who came along. */
  companions: z.array(z.string().max(40)).max(6).default([]),
  capacity: z.enum(CAPACITIES).default('own'),
  highlight: z.string().max(500).optional(),
  /** What was advised on the spot, without a deadline. */
  advice: z.string().max(500).optional(),
  /** Sent of her own accord. */
  place: z.string().max(100).optional(),
  findings: z.array(saidFinding).max(20).default([]),
  /** Pictures of what was found; they belong to this visit's findings (round 0). */
  photos: z.array(z.uuid()).max(9).default([]),
});

export type SaidVisit = z.infer<typeof saidVisit>;
