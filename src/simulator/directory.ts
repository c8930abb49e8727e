// The corp: its people, departments, tags and apps, and who of them an app can see.
import type {
  Aibot,
  App,
  Corp,
  CorpInput,
  Department,
  Person,
  PersonInput,
  PersonPatch,
  Tag,
} from './api.ts';
import { corpInputSchema, personInputSchema } from './corp-schema.ts';

export interface Directory {
  corp(): Corp;
  /** Adds what is new and replaces what is known by its id: loading the same twice changes nothing. */
  load(input: CorpInput): void;
  addPerson(input: PersonInput): Person;
  patchPerson(userId: string, patch: PersonPatch): Person | null;
  /** User ids are compared without case (90664). */
  person(userId: string): Person | undefined;
  people(): Person[];
  app(agentId: number): App | undefined;
  aibot(aibotId: string): Aibot | undefined;
  apps(): App[];
  department(id: number): Department | undefined;
  /** Adds it, or takes the place of the one with its id. */
  putDepartment(department: Department): void;
  removeDepartment(id: number): void;
  tag(id: number): Tag | undefined;
  putTag(tag: Tag): void;
  /** This department and all below it. */
  departmentTree(id: number): number[];
  /** Members of a department and of all below it, whatever their status. */
  membersBelow(id: number): Person[];
  tagged(tagId: number): Person[];
  /** In the app's visible range, and neither disabled nor gone. */
  sees(app: App, person: Person): boolean;
  /** True when the app's range is the whole corp, which group chats need (90244). */
  isRootApp(app: App): boolean;
}

const present = (person: Person) => person.status === 'active' || person.status === 'not-activated';

/** The corp: who is a member, of which departments, and which apps and robots there are. */
export function createDirectory(first: CorpInput): Directory {
  let corp: Corp = corpInputSchema.parse(first);
  const people = new Map<string, Person>();
  const apps = new Map<number, App>();
  const departments = new Map<number, Department>();

  const by = <T, K>(known: T[], added: T[], key: (item: T) => K): T[] => [
    ...new Map([...known, ...added].map((item) => [key(item), item])).values(),
  ];
  const index = () => {
    people.clear();
    apps.clear();
    departments.clear();
    for (const person of corp.people) people.set(person.userId.toLowerCase(), person);
    for (const app of corp.apps) apps.set(app.agentId, app);
    if (!corp.departments.some((department) => department.id === 1)) {
      corp.departments.unshift({ id: 1, name: corp.name || corp.corpId, parentId: 0, order: 0 });
    }
    for (const department of corp.departments) departments.set(department.id, department);
  };
  index();

  const departmentTree = (id: number): number[] => {
    const found = [id];
    // The list grows while it is walked: each department brings its children once.
    for (const parent of found) {
      for (const child of departments.values()) {
        if (child.parentId === parent && child.id !== 1 && !found.includes(child.id)) found.push(child.id);
      }
    }
    return found;
  };
  const membersBelow = (id: number) => {
    const tree = new Set(departmentTree(id));
    return [...people.values()].filter((person) => person.departments.some((dept) => tree.has(dept)));
  };
  const tagged = (tagId: number) => {
    const tag = corp.tags.find((known) => known.id === tagId);
    const named = new Set(tag?.users.map((user) => user.toLowerCase()));
    const below = new Set(tag?.departments.flatMap((id) => membersBelow(id)));
    return [...people.values()].filter(
      (person) =>
        named.has(person.userId.toLowerCase()) || below.has(person) || person.tags?.includes(tagId) === true,
    );
  };

  return {
    corp: () => corp,
    load(input) {
      const next = corpInputSchema.parse(input);
      corp = {
        ...next,
        apps: by(corp.apps, next.apps, (app) => app.agentId),
        departments: by(corp.departments, next.departments, (department) => department.id),
        people: by(corp.people, next.people, (person) => person.userId.toLowerCase()),
        tags: by(corp.tags, next.tags, (tag) => tag.id),
        groups: by(corp.groups, next.groups, (group) => group.chatId),
        robots: by(corp.robots, next.robots, (robot) => robot.key),
        aibots: by(corp.aibots, next.aibots, (aibot) => aibot.aibotId),
        contacts: next.contacts ?? corp.contacts,
        contactsSecret: next.contactsSecret ?? corp.contactsSecret,
      };
      index();
    },
    addPerson(input) {
      const person = personInputSchema.parse(input);
      corp.people = by(corp.people, [person], (known) => known.userId.toLowerCase());
      people.set(person.userId.toLowerCase(), person);
      return person;
    },
    patchPerson(userId, patch) {
      const person = people.get(userId.toLowerCase());
      if (person === undefined) return null;
      Object.assign(person, patch);
      if (patch.userId !== undefined) {
        people.delete(userId.toLowerCase());
        people.set(patch.userId.toLowerCase(), person);
      }
      return person;
    },
    person: (userId) => people.get(userId.toLowerCase()),
    people: () => [...people.values()],
    app: (agentId) => apps.get(agentId),
    aibot: (aibotId) => corp.aibots.find((aibot) => aibot.aibotId === aibotId),
    apps: () => [...apps.values()],
    department: (id) => departments.get(id),
    putDepartment(department) {
      corp.departments = by(corp.departments, [department], (one) => one.id);
      departments.set(department.id, department);
    },
    removeDepartment(id) {
      corp.departments = corp.departments.filter((one) => one.id !== id);
      departments.delete(id);
    },
    tag: (id) => corp.tags.find((one) => one.id === id),
    putTag(tag) {
      corp.tags = by(corp.tags, [tag], (one) => one.id);
    },
    departmentTree,
    membersBelow,
    tagged,
    sees(app, person) {
      if (!present(person) || person.hiddenFrom.includes(app.agentId)) return false;
      if (app.visible === undefined) return true;
      const { users = [], departments: ids = [], tags = [] } = app.visible;
      if (users.some((user) => user.toLowerCase() === person.userId.toLowerCase())) return true;
      if (tags.some((tag) => tagged(tag).includes(person))) return true;
      return ids.some((id) => departmentTree(id).some((dept) => person.departments.includes(dept)));
    },
    isRootApp: (app) => app.visible === undefined || app.visible.departments?.includes(1) === true,
  };
}
