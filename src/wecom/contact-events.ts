// Changes of members, departments and tags (90970, 90971, 90973). An update names only what changed, so a missing
// field stays undefined and is never taken for an empty one.
import { numberOf, optionalList, optionalNumber, optionalNumbers, optionalWord } from './fields.ts';
import { child, childrenOf, textOf, wordOf, type XmlElement } from './xml.ts';

export interface UserDetails {
  name?: string;
  departments?: number[];
  mainDepartment?: number;
  /** One per department, in the same order. */
  isLeader?: boolean[];
  directLeaders?: string[];
  position?: string;
  mobile?: string;
  /** 0 not said, 1 male, 2 female. */
  gender?: number;
  email?: string;
  bizMail?: string;
  /** 1 active, 2 disabled, 4 not activated, 5 left. */
  status?: number;
  avatar?: string;
  alias?: string;
  telephone?: string;
  address?: string;
  extAttrs?: { name: string; type: number | null; value: string; url: string }[];
}

interface Changed {
  kind: 'change_contact';
}
export interface UserChanged extends Changed {
  changeType: 'create_user' | 'update_user';
  userId: string;
  /** Set when the userid itself changed. */
  newUserId?: string;
  details: UserDetails;
}
export interface UserDeleted extends Changed {
  changeType: 'delete_user';
  userId: string;
}
export interface PartyChanged extends Changed {
  changeType: 'create_party' | 'update_party';
  id: number | null;
  name?: string;
  parentId?: number;
  order?: number;
}
export interface PartyDeleted extends Changed {
  changeType: 'delete_party';
  id: number | null;
}
export interface TagChanged extends Changed {
  changeType: 'update_tag';
  tagId: number | null;
  addedUsers: string[];
  removedUsers: string[];
  addedParties: number[];
  removedParties: number[];
}
export type ContactChange = UserChanged | UserDeleted | PartyChanged | PartyDeleted | TagChanged;

/** undefined when the kind of change is not known. */
export function readContactChange(root: XmlElement): ContactChange | undefined {
  const kind = 'change_contact';
  const changeType = wordOf(root, 'ChangeType');
  switch (changeType) {
    case 'create_user':
    case 'update_user':
      return {
        kind,
        changeType,
        userId: wordOf(root, 'UserID'),
        newUserId: optionalWord(root, 'NewUserID'),
        details: readDetails(root),
      };
    case 'delete_user':
      return { kind, changeType, userId: wordOf(root, 'UserID') };
    case 'create_party':
    case 'update_party':
      return {
        kind,
        changeType,
        id: numberOf(root, 'Id'),
        name: optionalWord(root, 'Name'),
        parentId: optionalNumber(root, 'ParentId'),
        order: optionalNumber(root, 'Order'),
      };
    case 'delete_party':
      return { kind, changeType, id: numberOf(root, 'Id') };
    case 'update_tag':
      return {
        kind,
        changeType,
        tagId: numberOf(root, 'TagId'),
        addedUsers: optionalList(root, 'AddUserItems') ?? [],
        removedUsers: optionalList(root, 'DelUserItems') ?? [],
        addedParties: optionalNumbers(root, 'AddPartyItems') ?? [],
        removedParties: optionalNumbers(root, 'DelPartyItems') ?? [],
      };
    default:
      return undefined;
  }
}

function readDetails(root: XmlElement): UserDetails {
  const ext = child(root, 'ExtAttr');
  return {
    name: optionalWord(root, 'Name'),
    departments: optionalNumbers(root, 'Department'),
    mainDepartment: optionalNumber(root, 'MainDepartment'),
    isLeader: optionalNumbers(root, 'IsLeaderInDept')?.map((n) => n === 1),
    directLeaders: optionalList(root, 'DirectLeader'),
    position: optionalWord(root, 'Position'),
    mobile: optionalWord(root, 'Mobile'),
    gender: optionalNumber(root, 'Gender'),
    email: optionalWord(root, 'Email'),
    bizMail: optionalWord(root, 'BizMail'),
    status: optionalNumber(root, 'Status'),
    avatar: optionalWord(root, 'Avatar'),
    alias: optionalWord(root, 'Alias'),
    telephone: optionalWord(root, 'Telephone'),
    address: optionalWord(root, 'Address'),
    extAttrs: ext && childrenOf(ext, 'Item').map(readExtAttr),
  };
}

function readExtAttr(item: XmlElement) {
  const web = child(item, 'Web');
  return {
    name: textOf(item, 'Name'),
    type: numberOf(item, 'Type'),
    value: web ? textOf(web, 'Title') : textOf(child(item, 'Text'), 'Value'),
    url: wordOf(web, 'Url'),
  };
}
