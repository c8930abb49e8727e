// Group chats: those an app made (90244) and those people made, where a robot may post (99110).
import type { Directory } from './directory.ts';

export interface Group {
  chatId: string;
  name: string;
  owner: string;
  members: string[];
  /** The app that made it; null for a group made by people. */
  agentId: number | null;
  /** Ids of the smart robots in it; none in a group that an app made. */
  aibots?: string[];
  /** Its owner dissolved it in the client: it can be looked at, and nobody can write in it any more. */
  dissolved?: boolean;
}

export interface Groups {
  get(chatId: string): Group | undefined;
  put(group: Group): void;
  of(userId: string): Group[];
  /** A member goes by another user id. */
  rename(userId: string, to: string): void;
  /** Brings in the groups the corp was loaded with; those known keep their members. */
  adopt(directory: Directory): void;
  dump(): Group[];
  restore(groups: Group[]): void;
  clear(): void;
}

/** The platform takes userids without regard to case. */
export const sameUser = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** No group at first; user ids are compared without case. */
export function createGroups(): Groups {
  const groups = new Map<string, Group>();
  return {
    get: (chatId) => groups.get(chatId),
    put: (group) => groups.set(group.chatId, group),
    of: (userId) =>
      [...groups.values()].filter((group) => group.members.some((member) => sameUser(member, userId))),
    rename(userId, to) {
      const renamed = (member: string) => (sameUser(member, userId) ? to : member);
      for (const group of groups.values()) {
        group.members = group.members.map(renamed);
        group.owner = renamed(group.owner);
      }
    },
    adopt(directory) {
      for (const { chatId, name, members, aibots } of directory.corp().groups) {
        if (!groups.has(chatId)) {
          groups.set(chatId, { chatId, name, owner: members[0] ?? '', members, agentId: null, aibots });
        }
      }
    },
    dump: () => [...groups.values()],
    restore(known) {
      for (const group of known) groups.set(group.chatId, { ...groups.get(group.chatId), ...group });
    },
    clear: () => groups.clear(),
  };
}
