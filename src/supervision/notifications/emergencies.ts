// What people are told of emergencies: the key of the words, and the data that they may name.
import { z } from 'zod';

const emergencyStep = {
  step: z.string(),
  school: z.string(),
  text: z.string(),
  by: z.string(),
  /** In which role, '' for none that has to do with it. */
  as: z.string(),
  time: z.string(),
};

const unanswered = {
  emergencyId: z.uuid(),
  school: z.string(),
  text: z.string(),
  by: z.string(),
  /** Since it was raised. */
  minutes: z.number(),
  numbers: z.array(z.object({ name: z.string(), as: z.string(), phone: z.string() })),
};

const emergencyDue = {
  school: z.string(),
  text: z.string(),
  /** The time of day at which it is due, and whether that is past. */
  due: z.string(),
  late: z.boolean(),
};

export const EMERGENCIES_TOLD = {
  'emergency.raised': z.object({
    emergencyId: z.uuid(),
    school: z.string(),
    text: z.string(),
    by: z.string(),
    time: z.string(),
    /** Of whoever raised it. */
    phone: z.string(),
    /** Whether this person must go there (a kindergarten's inspector), should, or neither. */
    go: z.enum(['must', 'should', '']),
  }),
  /** What became of it since: ack, more, on_scene, contained, report, closed, called_off. */
  'emergency.step': z.object(emergencyStep),
  'emergency.to-review': z.object({ ...emergencyStep, emergencyId: z.uuid() }),
  /** Nobody answered: to those who should have, and to whoever raised it. */
  'emergency.unanswered': z.object(unanswered),
  'emergency.call-now': z.object(unanswered),
  'emergency.report-due': z.object(emergencyDue),
  'emergency.follow-up-due': z.object(emergencyDue),
} as const satisfies Record<string, z.ZodObject>;
