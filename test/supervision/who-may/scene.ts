// The stage of "who may what": one person a role, one school a target, a second office next door, and things at any school for acts to act on.
import { Temporal } from 'temporal-polyfill';
import { newId } from '../../../src/store/ids.ts';
import type { Store, Tx } from '../../../src/store/store.ts';
import type { ActContext, ActOffice, Notification, Role } from '../../../src/supervision/act.ts';
import { importRoster } from '../../../src/supervision/roster/import.ts';
import { loadSettingRules, officeSettings } from '../../../src/supervision/settings.ts';
import { parseRoster } from '../../support/roster.ts';

export const NOW = new Date('2026-03-19T10:00:00+08:00');
export const TODAY = '2026-03-19';

/** `own`: assigned to her; `area`: of her area, another's; `other`: of another area; `office`: for those without schools of their own; `foreign`: of another office. */
export const TARGETS = ['own', 'area', 'other', 'office', 'foreign'] as const;
export type Target = (typeof TARGETS)[number];

/** Which targets make sense for whom. */
export const TARGETS_OF: Readonly<Record<Role, readonly Target[]>> = {
  inspector: ['own', 'area', 'other', 'foreign'],
  'area-leader': ['area', 'other', 'foreign'],
  'school-inspector': ['own', 'other', 'foreign'],
  principal: ['own', 'other', 'foreign'],
  office: ['office', 'foreign'],
  director: ['office', 'foreign'],
};

const SCHOOL: Readonly<Record<Target, string>> = {
  own: '甲字小学',
  area: '乙字小学',
  other: '丙字小学',
  office: '丙字小学',
  foreign: '丁字小学',
};

const school = (code: string, name: string, area: string) => ({ code, name, area, kind: 'primary' });
const HERE = {
  office: { slug: 'here', name: '本区教育督导室', short: '督导室' },
  areas: [
    { code: 'A1', name: '第一督学责任区' },
    { code: 'A2', name: '第二督学责任区' },
  ],
  schools: [
    school('S1', SCHOOL.own, 'A1'),
    school('S2', SCHOOL.area, 'A1'),
    school('S3', SCHOOL.other, 'A2'),
  ],
  people: [
    { userid: 'inspector', name: '测督学', roles: ['inspector'], area: 'A1', schools: ['S1'] },
    { userid: 'area-leader', name: '测组长', roles: ['area-leader'], area: 'A1' },
    { userid: 'school-inspector', name: '测校督', roles: ['school-inspector'], schools: ['S1'] },
    { userid: 'principal', name: '测校长', roles: ['principal'], schools: ['S1'] },
    { userid: 'office', name: '测科员', roles: ['office'] },
    { userid: 'director', name: '测主任', roles: ['director'] },
    { userid: 'colleague', name: '同事甲', roles: ['inspector'], area: 'A1', schools: ['S2'] },
    { userid: 'far', name: '同事乙', roles: ['inspector'], area: 'A2', schools: ['S3'] },
    { userid: 'head2', name: '校长乙', roles: ['principal'], schools: ['S2'] },
    { userid: 'head3', name: '校长丙', roles: ['principal'], schools: ['S3'] },
  ],
};
const THERE = {
  office: { slug: 'there', name: '邻区教育督导室', short: '邻区' },
  areas: [{ code: 'A1', name: '邻区责任区' }],
  schools: [school('S1', SCHOOL.foreign, 'A1')],
  people: [
    { userid: 'inspector', name: '邻督学', roles: ['inspector'], area: 'A1', schools: ['S1'] },
    { userid: 'principal', name: '邻校长', roles: ['principal'], schools: ['S1'] },
  ],
};

/** One cell's situation: who acts, at which school, and hands that put things there. All of it is undone after the cell. */
export interface At {
  context: ActContext;
  school: { id: string; officeId: string; name: string };
  /** Another school of the same office, for acts that need two. */
  elsewhere: string;
  actor: string;
  /** Anybody else's person id, by the user ids above. */
  person(userid: string): string;
  /** A filed visit: by the school's inspector, or by the actor. */
  visit(by?: 'inspector' | 'actor'): Promise<string>;
  /** An issued notice with one finding; gives both ids. */
  finding(more?: {
    state?: string;
    submittedBy?: string;
    noticed?: boolean;
  }): Promise<{ finding: string; notice: string }>;
  /** An emergency that the school's inspector raised there. */
  emergency(state?: string): Promise<string>;
  /** A photo the actor sent. */
  photo(): Promise<string>;
  /** A notice of the school's office that the actor was sent. */
  notice(): Promise<string>;
  /** What somebody wished about a notice, and nobody has answered. */
  wish(): Promise<string>;
  /** Such a photo, handed in with a finding; or shown at a visit, which gets a finding for it. */
  show(finding: string): Promise<void>;
  showAtVisit(visit: string): Promise<void>;
}

export interface Stage {
  at<T>(role: Role, target: Target, act: (at: At) => Promise<T>): Promise<T>;
}

class Undo extends Error {}

export async function openStage(store: Store): Promise<Stage> {
  const seal = { seal: (text: string) => text, open: (text: string) => text };
  const since = Temporal.PlainDate.from('2026-01-01');
  const of = { now: NOW, sealer: seal, since };
  const here = await importRoster(store, parseRoster(HERE), of);
  const there = await importRoster(store, parseRoster(THERE), of);
  const people = new Map(
    (
      await store.query<{ id: string; key: string; areaId: string | null; name: string; roles: Role[] }>(
        `select id, user_key as key, area_id as "areaId", name, roles from person where office_id = $1`,
        [here.officeId],
      )
    ).map((row) => [row.key, row]),
  );
  const schools = new Map(
    (
      await store.query<{ id: string; name: string; officeId: string; inspector: string }>(
        `select s.id, s.name, s.office_id as "officeId", a.person_id as inspector from school s
         join assignment a on a.school_id = s.id and a.role = 'inspector' where s.office_id = any($1)`,
        [[here.officeId, there.officeId]],
      )
    ).map((row) => [row.name, row]),
  );
  const office: ActOffice = {
    id: here.officeId,
    slug: 'here',
    name: HERE.office.name,
    short: HERE.office.short,
    timeZone: 'Asia/Shanghai',
    settings: officeSettings(loadSettingRules(), {}).settings,
  };
  const must = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new Error(`the stage has no ${what}`);
    return value;
  };

  return {
    async at(role, target, act) {
      const who = must(people.get(role), role);
      const school = must(schools.get(SCHOOL[target]), target);
      let result: { value: Awaited<ReturnType<typeof act>> } | undefined;
      try {
        await store.transaction(async (tx) => {
          const told: Notification[] = [];
          const context: ActContext = {
            tx,
            office,
            actor: { personId: who.id, userId: role, name: who.name, roles: who.roles, areaId: who.areaId },
            now: NOW,
            today: Temporal.PlainDate.from(TODAY),
            inboxId: null,
            openPhone: (sealed) => sealed,
            notify: (notification) => told.push(notification),
            hand: () => {},
            wanted: () => {},
          };
          const elsewhere = must(schools.get(target === 'own' ? SCHOOL.area : SCHOOL.own), 'elsewhere').id;
          const person = (userid: string) => must(people.get(userid), userid).id;
          result = {
            value: await act({
              context,
              school,
              elsewhere,
              actor: who.id,
              person,
              ...hands(tx, who.id, school),
            }),
          };
          throw new Undo();
        });
      } catch (err) {
        if (!(err instanceof Undo)) throw err;
      }
      return must(result, 'result').value;
    },
  };
}

function hands(
  tx: Tx,
  actor: string,
  school: { id: string; officeId: string; inspector: string },
): Pick<At, 'visit' | 'finding' | 'emergency' | 'photo' | 'notice' | 'wish' | 'show' | 'showAtVisit'> {
  const visit: At['visit'] = async (by = 'inspector') => {
    const id = newId();
    await tx.sql(
      `insert into visit (id, office_id, school_id, inspector_id, visited_on, state, created_at)
       values ($1, $2, $3, $4, '2026-03-10', 'confirmed', $5)`,
      [id, school.officeId, school.id, by === 'actor' ? actor : school.inspector, NOW],
    );
    return id;
  };
  const photo: At['photo'] = async () => {
    const id = newId();
    const [who] = await tx.sql<{ office: string }>('select office_id as office from person where id = $1', [
      actor,
    ]);
    await tx.sql(
      `insert into attachment (id, office_id, person_id, kind, media_id, state, created_at)
       values ($1, $2, $3, 'image', 'm', 'stored', $4)`,
      [id, who?.office, actor, NOW],
    );
    return id;
  };
  const shown = async (finding: string, round: number) => {
    const id = await photo();
    await tx.sql('insert into finding_evidence (finding_id, attachment_id, round) values ($1, $2, $3)', [
      finding,
      id,
      round,
    ]);
    return id;
  };
  let number = 900; // far from those that acts give out
  return {
    visit,
    photo,
    show: async (finding) => {
      await shown(finding, 1);
    },
    async showAtVisit(visitId) {
      const finding = newId();
      await tx.sql(
        `insert into finding (id, office_id, visit_id, school_id, ordinal, item, text, disposition, state)
         values ($1, $2, $3, $4, 1, 'I6', '灭火器过期', 'general', 'issued')`,
        [finding, school.officeId, visitId, school.id],
      );
      const taken = await shown(finding, 0);
      // A visit's pictures are known from its history (visit-photos.ts).
      await tx.sql(
        `insert into audit_entry (id, office_id, at, action, subject, subject_id, after)
         values ($1, $2, $3, 'visit.photos-added', 'visit', $4, $5)`,
        [newId(), school.officeId, NOW, visitId, JSON.stringify({ photos: [taken] })],
      );
    },
    async finding({ state = 'issued', submittedBy, noticed = true } = {}) {
      const [visitId, notice, finding] = [await visit(), newId(), newId()];
      number += 1;
      await tx.sql(
        `insert into rectification_notice (id, office_id, school_id, visit_id, issued_by, year, number, state, issued_at, due_on)
         values ($1, $2, $3, $4, $5, 2026, $6, 'issued', $7, '2026-03-26')`,
        [notice, school.officeId, school.id, visitId, school.inspector, number, NOW],
      );
      await tx.sql(
        `insert into finding (id, office_id, visit_id, school_id, notice_id, ordinal, item, text, disposition, state, due_on,
                              round, submitted_at, submitted_by)
         values ($1, $2, $3, $4, $5, 1, 'I6', '灭火器过期', 'general', $6, '2026-03-26', $7, $8, $9)`,
        [
          finding,
          school.officeId,
          visitId,
          school.id,
          noticed ? notice : null,
          state,
          submittedBy ? 1 : 0,
          submittedBy ? NOW : null,
          submittedBy ?? null,
        ],
      );
      return { finding, notice };
    },
    async wish() {
      const [id, notice] = [newId(), await this.notice()];
      await tx.sql(
        `insert into notice_wish (id, office_id, notice_id, person_id, said, at) values ($1, $2, $3, $4, '能请假吗', $5)`,
        [id, school.officeId, notice, school.inspector, NOW],
      );
      return id;
    },
    async notice() {
      const id = newId();
      await tx.sql(
        `insert into supervision_notice (id, office_id, author_id, audience, content, receipt, state, send_at, created_at)
         values ($1, $2, $3, '{}', '周五开会。', true, 'sent', $4, $4)`,
        [id, school.officeId, school.inspector, NOW],
      );
      await tx.sql(
        `insert into notice_receipt (notice_id, person_id, office_id, user_key, chunk, wanted, state)
         select $1, id, office_id, user_key, 1, true, 'sent' from person where id = $2`,
        [id, actor],
      );
      return id;
    },
    async emergency(state = 'raised') {
      const id = newId();
      await tx.sql(
        `insert into emergency (id, office_id, school_id, area_id, text, state, raised_by, raised_at, last_note_at)
         select $1, s.office_id, s.id, s.area_id, '有人受伤', $3, $4, $5, $5 from school s where s.id = $2`,
        [id, school.id, state, school.inspector, NOW],
      );
      return id;
    },
  };
}
