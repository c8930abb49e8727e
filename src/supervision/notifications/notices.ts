// What people are told of notices, groups and group robots: the key of the words, and the data that they may name.
import { z } from 'zod';

const robotTold = z.object({ name: z.string(), errcode: z.number().nullable() });

const groupTold = z.object({ name: z.string(), names: z.array(z.string()), errcode: z.number().nullable() });

export const NOTICES_TOLD = {
  'notice.received': z.object({
    noticeId: z.uuid(),
    content: z.string(),
    /** On the office's clock; null: none was set. */
    due: z.string().nullable(),
    /** It takes the place of one that was sent before. */
    corrects: z.boolean(),
  }),
  'notice.reminder': z.object({ noticeId: z.uuid(), content: z.string(), due: z.string().nullable() }),
  /** To whoever sent it: somebody cannot come, or asks whether another may. */
  'notice.passed-on': z.object({
    wishId: z.uuid(),
    title: z.string(),
    said: z.string(),
    name: z.string(),
    schools: z.array(z.string()),
  }),
  /** To who wished it: what the office says, and who of it. */
  'notice.wish-answered': z.object({
    title: z.string(),
    said: z.string(),
    answer: z.string(),
    by: z.string(),
  }),
  'notice.withdrawn': z.object({ title: z.string() }),
  'notice.attachment': z.object({ n: z.number() }),
  'notice.settled': z.object({
    title: z.string(),
    sent: z.number(),
    failures: z.number(),
    failed: z.array(z.object({ name: z.string(), why: z.string() })),
    /** How long it took; 0: not worth a word. */
    minutes: z.number(),
    /** Groups in which it did not arrive. */
    places: z.array(
      z.object({ name: z.string(), state: z.string(), why: z.string(), errcode: z.number().nullable() }),
    ),
  }),
  /** It was to be taken back in time, and the platform came to it too late: its receivers are told instead. */
  'notice.recalled-late': z.object({ title: z.string() }),
  /** Of the platform, when all that waited for it has arrived. */
  'notice.trouble-over': z.object({
    kind: z.enum(['away', 'limited', 'refused']),
    from: z.string(),
    to: z.string(),
    late: z.number(),
    lost: z.number(),
  }),
  'notice.silent': z.object({
    title: z.string(),
    confirmed: z.number(),
    silent: z.array(z.object({ area: z.string(), names: z.array(z.string()), count: z.number() })),
    silentCount: z.number(),
  }),
  /** A notice in a group, and later how many have confirmed it: never who. */
  'group.notice': z.object({
    content: z.string(),
    corrects: z.boolean(),
    receipt: z.boolean(),
    due: z.string().nullable(),
  }),
  'group.confirmed': z.object({ title: z.string(), confirmed: z.number() }),
  /** A group robot's own words, and what whoever registered it hears. */
  'robot.test': z.object({ name: z.string() }),
  'robot.works': robotTold,
  'robot.unsure': robotTold,
  'robot.out': robotTold,
  'robot.limited': robotTold,
  /** Said in a group: when it is new, and when it ends (with its new name). */
  'group.first': z.object({ name: z.string(), ends: z.string().nullable() }),
  'group.last': z.object({ name: z.string(), ends: z.string().nullable(), words: z.string() }),
  'group.ended-name': z.object({ name: z.string(), ends: z.string().nullable() }),
  /** To its owner. */
  'group.failed': groupTold,
  'group.due': groupTold,
  'group.few': groupTold,
  'group.gone': groupTold,
  'group.left-out': groupTold,
  'notice.told': z.object({ content: z.string(), corrects: z.boolean() }),
} as const satisfies Record<string, z.ZodObject>;
