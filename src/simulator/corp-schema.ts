// What a corp consists of, as schemas: its apps, departments, people, groups and robots (types also through api.ts).
import { z } from 'zod';

const menuLeaf = z.object({
  type: z.string().optional(),
  name: z.string(),
  key: z.string().optional(),
  url: z.string().optional(),
  appid: z.string().optional(),
  pagepath: z.string().optional(),
});
/** A menu as the platform keeps it (90231): up to three buttons, each with up to five below it. */
const menuSchema = z.object({
  button: z.array(menuLeaf.extend({ sub_button: z.array(menuLeaf).optional() })),
});
export type Menu = z.infer<typeof menuSchema>;
export type MenuButton = Menu['button'][number];

const personStatusSchema = z.enum(['active', 'disabled', 'not-activated', 'left']);
export const personInputSchema = z.object({
  /** 1–64 bytes of [A-Za-z0-9_.@-]; compared without case. */
  userId: z.string().regex(/^[A-Za-z0-9_.@-]{1,64}$/),
  name: z.string().min(1),
  departments: z.array(z.number().int()).default([1]),
  position: z.string().default(''),
  alias: z.string().optional(),
  tags: z.array(z.number().int()).optional(),
  status: personStatusSchema.default('active'),
  /** False: the platform names this person in `unlicenseduser` and delivers nothing. */
  licensed: z.boolean().default(true),
  /** Agent ids of the apps whose visible range leaves this person out. */
  hiddenFrom: z.array(z.number().int()).default([]),
});
export type Person = z.output<typeof personInputSchema>;
/** PATCH /simulator/people/:userId; sends `subscribe` or `unsubscribe` where the app's range changes. */
export const personPatchSchema = z.object({
  /** Another user id: the console lets it be changed once. */
  userId: z
    .string()
    .regex(/^[A-Za-z0-9_.@-]{1,64}$/)
    .optional(),
  name: z.string().min(1).optional(),
  departments: z.array(z.number().int()).optional(),
  position: z.string().optional(),
  tags: z.array(z.number().int()).optional(),
  status: personStatusSchema.optional(),
  licensed: z.boolean().optional(),
  hiddenFrom: z.array(z.number().int()).optional(),
});
export type PersonPatch = z.infer<typeof personPatchSchema>;
export type PersonInput = z.input<typeof personInputSchema>;

const departmentSchema = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  parentId: z.number().int().default(1),
  order: z.number().int().default(0),
});

export type Department = z.output<typeof departmentSchema>;

/** PUT /simulator/departments/:id: a new department, or a change of one that is there. */
export const departmentPutSchema = z.object({
  name: z.string().min(1).optional(),
  parentId: z.number().int().optional(),
  order: z.number().int().optional(),
});

const tagSchema = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  users: z.array(z.string()).default([]),
  departments: z.array(z.number()).default([]),
});
export type Tag = z.output<typeof tagSchema>;
/** PUT /simulator/tags/:id: who bears the tag. */
export const tagPutSchema = z.object({
  name: z.string().optional(),
  users: z.array(z.string()).optional(),
  departments: z.array(z.number()).optional(),
});

const appInputSchema = z.object({
  agentId: z.number().int().positive(),
  name: z.string(),
  secret: z.string().min(1),
  description: z.string().default(''),
  callbackUrl: z.url().optional(),
  token: z.string().max(32).optional(),
  encodingAesKey: z.string().length(43).optional(),
  /** Absent: the whole corp sees the app. */
  visible: z
    .object({ users: z.array(z.string()), departments: z.array(z.number()), tags: z.array(z.number()) })
    .partial()
    .optional(),
  /** Console switch "report entering": sends `enter_agent` when a member opens the chat. */
  reportEnter: z.boolean().default(true),
  /** Host and port that an OAuth redirect may go to; absent: any. */
  trustedDomain: z.string().optional(),
  menu: menuSchema.nullable().default(null),
});
export type App = z.output<typeof appInputSchema>;

/** A smart robot (智能机器人): its own URL, token and key, or a secret for the long connection. */
const aibotInputSchema = z.object({
  aibotId: z.string().min(1),
  name: z.string().min(1),
  callbackUrl: z.url().optional(),
  token: z.string().max(32).optional(),
  encodingAesKey: z.string().length(43).optional(),
  secret: z.string().optional(),
});
export type Aibot = z.output<typeof aibotInputSchema>;

/** The contact-sync helper's "receive events" address. */
const contactsInputSchema = z.object({
  callbackUrl: z.url().optional(),
  token: z.string().max(32).optional(),
  encodingAesKey: z.string().length(43).optional(),
  /** An address set before 2022-08-15 hears names and statuses too; a newer one of ids and departments alone. */
  full: z.boolean().default(false),
});

export const corpInputSchema = z.object({
  corpId: z.string().min(1),
  name: z.string().default(''),
  locale: z.string().default('zh-CN'),
  apps: z.array(appInputSchema).min(1),
  departments: z.array(departmentSchema).default([]),
  people: z.array(personInputSchema).default([]),
  tags: z.array(tagSchema).default([]),
  /** Groups made by people in the client; those an app makes come from `appchat/create`. */
  groups: z
    .array(
      z.object({
        chatId: z.string(),
        name: z.string(),
        members: z.array(z.string()),
        /** Ids of the smart robots that were added to the group. */
        aibots: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  /** Group robots: the key of the webhook and the group it posts into. */
  robots: z.array(z.object({ key: z.string(), name: z.string(), chatId: z.string() })).default([]),
  aibots: z.array(aibotInputSchema).default([]),
  /** Secret of the contact-sync helper, the only one that may call `user/list_id`. */
  contactsSecret: z.string().optional(),
  /** Where the helper tells of changes of members and departments: keys of its own, no agent id (90970, 90971). */
  contacts: contactsInputSchema.optional(),
  /** Accounts bought, for the daily quota of accounts × 200 (90312); absent: as many as there are people. */
  accounts: z.number().int().positive().optional(),
});
export type CorpInput = z.input<typeof corpInputSchema>;
export type Corp = z.output<typeof corpInputSchema>;
