// Members, departments, tags and the app's own visible range (90196 and its neighbours, 90227).
import { z } from 'zod';
import type { Api } from './api.ts';

const numbers = z.array(z.number()).default([]);
const strings = z.array(z.string()).default([]);

// Fields beyond id and name come only with old apps or special rights: an absent one means "not shown to us".
const member = z.object({
  userid: z.string(),
  name: z.string().default(''),
  department: numbers,
  order: numbers,
  position: z.string().optional(),
  mobile: z.string().optional(),
  gender: z.string().optional(),
  email: z.string().optional(),
  biz_mail: z.string().optional(),
  is_leader_in_dept: numbers,
  direct_leader: strings,
  avatar: z.string().optional(),
  telephone: z.string().optional(),
  alias: z.string().optional(),
  address: z.string().optional(),
  main_department: z.number().optional(),
  /** 1 active, 2 disabled, 4 not activated, 5 left. */
  status: z.number().optional(),
});
const simpleMember = z.object({ userid: z.string(), name: z.string().default(''), department: numbers });
const department = z.object({
  id: z.number(),
  name: z.string().default(''),
  name_en: z.string().optional(),
  department_leader: strings,
  parentid: z.number().default(0),
  order: z.number().default(0),
});
const simpleDepartment = z.object({
  id: z.number(),
  parentid: z.number().default(0),
  order: z.number().default(0),
});
const tag = z.object({
  tagname: z.string().default(''),
  userlist: z.array(z.object({ userid: z.string(), name: z.string().default('') })).default([]),
  partylist: numbers,
});
const agent = z.object({
  agentid: z.number(),
  name: z.string().default(''),
  description: z.string().default(''),
  allow_userinfos: z.object({ user: z.array(z.object({ userid: z.string() })).default([]) }).optional(),
  allow_partys: z.object({ partyid: numbers }).optional(),
  allow_tags: z.object({ tagid: numbers }).optional(),
  close: z.number().default(0),
  redirect_domain: z.string().default(''),
  report_location_flag: z.number().default(0),
  isreportenter: z.number().default(0),
  home_url: z.string().default(''),
});
const idPage = z.object({
  next_cursor: z.string().default(''),
  dept_user: z.array(z.object({ userid: z.string(), department: z.number() })).default([]),
});

export type Member = z.infer<typeof member>;
export type SimpleMember = z.infer<typeof simpleMember>;
export type Department = z.infer<typeof department>;
export type SimpleDepartment = z.infer<typeof simpleDepartment>;
export type Tag = z.infer<typeof tag>;
export type Agent = z.infer<typeof agent>;
export type MemberIdPage = z.infer<typeof idPage>;

export interface Contacts {
  user(userid: string): Promise<Member>;
  /** Direct members of one department, names only. */
  simpleList(departmentId: number): Promise<SimpleMember[]>;
  /** Direct members of one department with details; 45029 when it is too large. */
  list(departmentId: number): Promise<Member[]>;
  /** One row per member and department; only with the contact-sync secret. `next_cursor` is '' at the end. */
  listIds(page?: { cursor?: string; limit?: number }): Promise<MemberIdPage>;
  /** A department and all below it; slow, prefer `departmentIds`. */
  departments(id?: number): Promise<Department[]>;
  departmentIds(id?: number): Promise<SimpleDepartment[]>;
  tag(tagid: number): Promise<Tag>;
  /** The app: its visible range says whom it may write to. */
  agent(): Promise<Agent>;
}

/** What the contact-sync helper's secret still reads: ids and nothing else (48009 on details since 2022-08-15). */
export type ContactSync = Pick<Contacts, 'listIds' | 'departmentIds'>;

/** Reads only. What this secret may not see is refused by the platform (48002, 60011). */
export function createContacts(api: Api): Contacts {
  const get = <T>(path: string, query: Record<string, string | number | undefined>, schema: z.ZodType<T>) =>
    api.call({ path: `/cgi-bin/${path}`, query }, schema);
  const users = <T>(item: z.ZodType<T>) => z.object({ userlist: z.array(item).default([]) });
  return {
    user: (userid) => get('user/get', { userid }, member),
    async simpleList(departmentId) {
      return (await get('user/simplelist', { department_id: departmentId }, users(simpleMember))).userlist;
    },
    async list(departmentId) {
      return (await get('user/list', { department_id: departmentId }, users(member))).userlist;
    },
    listIds: ({ cursor, limit = 10_000 } = {}) =>
      api.call({ path: '/cgi-bin/user/list_id', json: { cursor, limit } }, idPage),
    async departments(id) {
      const answer = z.object({ department: z.array(department).default([]) });
      return (await get('department/list', { id }, answer)).department;
    },
    async departmentIds(id) {
      const answer = z.object({ department_id: z.array(simpleDepartment).default([]) });
      return (await get('department/simplelist', { id }, answer)).department_id;
    },
    tag: (tagid) => get('tag/get', { tagid }, tag),
    agent: () => get('agent/get', { agentid: api.agentId }, agent),
  };
}
