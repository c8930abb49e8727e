// A person at the bot without a database: facts in plain words, turns in memory, acts that are only written down.
import { readFileSync } from 'node:fs';
import { type Conversation, emptyConversation, readConversation } from '../../src/chat/conversation.ts';
import type {
  Book,
  Facts,
  KnownSchool,
  OpenEmergency,
  RecentVisit,
  UnsignedNotice,
  WaitingFinding,
} from '../../src/chat/facts.ts';
import type { Card, Words } from '../../src/chat/reply.ts';
import { type Outcome, settle } from '../../src/chat/turn/settle.ts';
import type { Deps, Part, PlannedAct } from '../../src/chat/turn/stage.ts';
import { type Said, turn } from '../../src/chat/turn/turn.ts';
import { buildRoster } from '../../src/chat/understand/schools/roster.ts';
import { dayOf } from '../../src/store/days.ts';
import type { Role } from '../../src/supervision/act.ts';
import type { ReceivedNotice } from '../../src/supervision/notices/list.ts';
import { loadSettingRules, officeSettings } from '../../src/supervision/settings.ts';
import { FIXTURE_NOW, shippedTalk } from '../support/office.ts';
import { parseRoster } from '../support/roster.ts';

const roster = parseRoster(
  JSON.parse(readFileSync(new URL('../support/fixture-roster.json', import.meta.url), 'utf8')),
);
const { settings } = officeSettings(loadSettingRules(), {});
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const schools: KnownSchool[] = roster.schools.map(({ code, name, kind }, index) => ({
  id: uuid(index + 1),
  code,
  name,
  kind,
}));
const byCode = new Map(schools.map((school) => [school.code, school]));
const heldBy = (person: (typeof roster.people)[number]): string[] =>
  Array.isArray(person.schools) ? person.schools : Object.values(person.schools ?? {}).flat();

const book: Book = {
  version: 1,
  index: buildRoster({
    schools: roster.schools.map((school) => ({ ...school, aliases: [...(school.aliases ?? [])] })),
    people: roster.people.map((person) => ({
      userId: person.userid,
      name: person.name,
      roles: [...person.roles],
      schools: heldBy(person),
      ...(person.area ? { area: person.area } : {}),
    })),
    areas: roster.areas,
  }),
  byName: new Map(schools.map((school) => [school.name, school])),
  byCode,
  byId: new Map(schools.map((school) => [school.id, school])),
  areaCodeOf: new Map(roster.areas.map(({ code }, index) => [uuid(950 + index), code])),
  people: [],
};

export interface Told {
  text: string;
  card: Card | null;
  /** Said where the whole group reads it. */
  inGroup?: boolean;
}

/** What waits for the person while she speaks; a test may change it between turns. */
export interface Waiting {
  findings: WaitingFinding[];
  emergencies: OpenEmergency[];
  notices: UnsignedNotice[];
  visits: RecentVisit[];
  received: ReceivedNotice[];
  ofOffice: Facts['ofOffice'];
}

/** One person's talk, with all that was said to her. */
export class Bench {
  conversation: Conversation = emptyConversation();
  now = FIXTURE_NOW;
  readonly acts: PlannedAct[] = [];
  readonly cards: Card[] = [];
  readonly learned: Record<string, string> = {};
  readonly waiting: Waiting = {
    findings: [],
    notices: [],
    visits: [],
    emergencies: [],
    received: [],
    ofOffice: null,
  };
  #ids = 1000;

  constructor(
    readonly userId: string,
    readonly deps: Deps = shippedTalk(),
    /** How an act ends; done, with nothing to tell, unless a test says otherwise. */
    public outcomeOf: (act: PlannedAct) => Outcome = () => ({ ok: true, result: {} }),
    readonly locale = 'zh-CN',
    /** Other roles than the roster gives her. */
    readonly roles?: readonly Role[],
  ) {}

  facts(): Facts {
    const person = roster.people.find(({ userid }) => userid === this.userId);
    if (!person) throw new Error(`nobody is ${this.userId}`);
    const mine = heldBy(person).flatMap((code) => byCode.get(code)?.id ?? []);
    return {
      locale: this.locale,
      now: this.now,
      today: dayOf(this.now, 'Asia/Shanghai'),
      office: {
        id: uuid(900),
        slug: 'fixture',
        name: '教育督导室',
        short: '督导室',
        timeZone: 'Asia/Shanghai',
        settings,
      },
      groups: [],
      robots: [],
      calendar: { semesters: [{ start: '2026-02-23', end: '2026-07-03' }] },
      person: {
        id: uuid(901),
        userId: this.userId,
        name: person.name,
        roles: this.roles ?? person.roles,
        areaId: [...book.areaCodeOf].find(([, code]) => code === person.area)?.[0] ?? null,
        learned: this.learned,
      },
      mine: new Set(mine),
      book,
      ...this.waiting,
      unconfirmed: this.waiting.received,
      numbered: null,
      helper: '督导室小陈',
      newId: () => uuid(this.#ids++),
    };
  }

  says(text: string): Told[] {
    return this.hears({ kind: 'text', text });
  }

  /** Taps the newest card that has this button, or the card given. */
  taps(button: string, card?: Card): Told[] {
    const on = card ?? this.cards.findLast((one) => one.buttons.some(({ text }) => text === button));
    const key = on?.buttons.find(({ text }) => text === button)?.key;
    if (!on || key === undefined) throw new Error(`no button ${button}`);
    return this.hears({ kind: 'tap', key, task: on.task });
  }

  hears(said: Said): Told[] {
    // What is stored is JSON: the next turn knows no more than that.
    const stored = readConversation(JSON.parse(JSON.stringify(this.conversation)));
    const facts = this.facts();
    const turned = turn(this.deps, stored.conversation, said, facts, stored.lost);
    Object.assign(this.learned, turned.learned);
    this.conversation = turned.conversation;
    const told: Told[] = [];
    const parts: Part[] = [...turned.parts];
    for (let part = parts.shift(); part; part = parts.shift()) {
      if (part.kind === 'act') {
        this.acts.push(part);
        const settled = settle(this.deps, this.conversation, part, this.outcomeOf(part), facts);
        this.conversation = settled.conversation;
        parts.unshift(...settled.parts);
      } else if (part.kind === 'group') told.push({ text: part.text, card: null, inGroup: true });
      else if (part.kind !== 'greyed') told.push(this.#told(part));
    }
    return told;
  }

  #told(part: Words | Card): Told {
    if (part.kind === 'text') return { text: part.text, card: null };
    this.cards.push(part);
    return { text: [part.title, part.desc, part.body].filter(Boolean).join('\n'), card: part };
  }

  passes(minutes: number): void {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
  }
}

export function finding(
  n: number,
  school: string,
  text: string,
  more: Partial<WaitingFinding> = {},
): WaitingFinding {
  const known = book.byName.get(school);
  if (!known) throw new Error(`no school ${school}`);
  return {
    id: uuid(500 + n),
    schoolId: known.id,
    school,
    noticeId: uuid(600 + n),
    number: n,
    no: `区督整〔2026〕${String(n).padStart(3, '0')}号`,
    nth: 1,
    item: 'I6',
    text,
    state: 'issued',
    due: '2026-03-26',
    mineToFix: true,
    forOffice: false,
    disposition: 'general',
    asks: null,
    ...more,
  };
}

export function notice(n: number, school: string): UnsignedNotice {
  return {
    id: uuid(600 + n),
    number: n,
    no: `区督整〔2026〕${String(n).padStart(3, '0')}号`,
    school,
    due: '2026-03-26',
  };
}

export function visit(n: number, school: string, date: string): RecentVisit {
  const known = book.byName.get(school);
  if (!known) throw new Error(`no school ${school}`);
  return { id: uuid(700 + n), schoolId: known.id, school, date, notices: [] };
}
