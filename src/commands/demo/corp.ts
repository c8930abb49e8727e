// The demo district as a corp of the simulator: the same people as in the bot's roster, by department and with a position.
import { createHash } from 'node:crypto';
import type { OperatorTexts } from '../../operator.ts';
import type { CorpInput } from '../../simulator/api.ts';
import {
  type Roster,
  type RosterPerson,
  type RosterSchool,
  schoolsByRole,
} from '../../supervision/roster/file.ts';
import type { Account } from './account.ts';

/** Department 1 is the office; the areas follow in the roster's order. */
const ROOT = 1;

export function corpOf(
  roster: Roster,
  account: Account,
  texts: OperatorTexts,
  proposals: string[],
  story: Story | null,
): CorpInput {
  const departmentOf = new Map(roster.areas.map((area, index) => [area.code, index + ROOT + 1]));
  const schools = new Map(roster.schools.map((school) => [school.code, school]));
  return {
    corpId: account.corpId,
    name: roster.office.name,
    locale: texts.locale,
    apps: [
      {
        agentId: account.agentId,
        name: texts.say('demo.app'),
        secret: account.secret,
        token: account.token,
        encodingAesKey: account.encodingAesKey,
        // The page proposes whom to be and what to say from lines `userid: sentence`.
        description: proposals.join('\n'),
      },
    ],
    departments: [
      { id: ROOT, name: roster.office.name, parentId: 0 },
      ...roster.areas.map((area, index) => ({ id: index + ROOT + 1, name: area.name, parentId: ROOT })),
    ],
    people: roster.people.map((person) => ({
      userId: person.userid,
      name: person.name,
      departments: [(person.area && departmentOf.get(person.area)) || ROOT],
      position: positionOf(person, schools, texts),
    })),
    ...(account.contacts ? helperOf(account.contacts) : {}),
    ...(account.aibot && story ? groupOf(roster, account.aibot, texts, story) : {}),
    ...(account.aibot && story ? { robots: [robotOf(account.corpId, texts)] } : {}),
  };
}

function helperOf({ secret, token, encodingAesKey }: NonNullable<Account['contacts']>) {
  return { contactsSecret: secret, contacts: { token, encodingAesKey } };
}

const GROUP = 'areaWorkingGroup';

/** A robot by webhook in that group, to be registered with the bot; the same key at every start. */
function robotOf(corpId: string, { say }: OperatorTexts) {
  const hex = createHash('sha256').update(`robot of ${corpId}`).digest('hex');
  const key = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
  return { key, name: say('demo.robot'), chatId: GROUP };
}

/** Heads in the demo's group: enough to be a group, few enough to be looked over. */
const HEADS = 3;

/** The working group of the story's area, with the smart robot in it: its inspectors and some heads, the story's first, and the office. */
function groupOf(
  roster: Roster,
  { id, token, encodingAesKey }: NonNullable<Account['aibot']>,
  { say }: OperatorTexts,
  { inspector, principal }: Story,
): Pick<CorpInput, 'groups' | 'aibots'> {
  const area = roster.areas.find(({ code }) => code === inspector.area);
  const ofArea = new Set(
    roster.schools.filter((school) => school.area === area?.code).map(({ code }) => code),
  );
  const here = (role: 'inspector' | 'principal') =>
    roster.people.filter((person) =>
      schoolsByRole(person)
        .get(role)
        ?.some((code) => ofArea.has(code)),
    );
  const office = roster.people.filter(({ roles }) => roles.includes('office'));
  const all = [inspector, ...here('inspector'), principal, ...here('principal').slice(0, HEADS), ...office];
  return {
    aibots: [{ aibotId: id, name: say('demo.aibot'), token, encodingAesKey }],
    groups: [
      {
        chatId: GROUP,
        name: say('demo.group', { area: area?.name ?? '' }),
        members: [...new Set(all.map(({ userid }) => userid))],
        aibots: [id],
      },
    ],
  };
}

function positionOf(
  person: RosterPerson,
  schools: ReadonlyMap<string, RosterSchool>,
  { say }: OperatorTexts,
): string {
  const held = schoolsByRole(person);
  const [code] = held.get('principal') ?? held.get('school-inspector') ?? [];
  const school = code ? schools.get(code) : undefined;
  const role = person.roles.includes('director') ? 'director' : (person.roles.at(-1) ?? 'office');
  const title = role === 'principal' && school?.kind === 'kindergarten' ? 'kindergarten-head' : role;
  return say(`demo.position.${title}`, { school: school?.name ?? '' });
}

export interface Story {
  inspector: RosterPerson;
  school: string;
  principal: RosterPerson;
}

/** Whom the visitor is told to be first: the inspector of that school (or of the first one), and its head. */
export function storyOf(roster: Roster, schoolName: string): Story | null {
  const school = roster.schools.find(({ name }) => name === schoolName) ?? roster.schools[0];
  if (!school) return null;
  const holder = (role: 'inspector' | 'principal') =>
    roster.people.find((person) => schoolsByRole(person).get(role)?.includes(school.code));
  const [inspector, principal] = [holder('inspector'), holder('principal')];
  return inspector && principal ? { inspector, school: school.name, principal } : null;
}
