// The change of an approval that was started through the app's own approval engine (90240): nested lists, read whole.
import { numberOf } from './fields.ts';
import { child, childrenOf, textOf, wordOf, type XmlElement } from './xml.ts';

export interface ApprovalChange {
  kind: 'open_approval_change';
  thirdNo: string;
  name: string;
  templateId: string;
  /** 1 running, 2 approved, 3 rejected, 4 cancelled. */
  status: number | null;
  /** Unix seconds. */
  applyTime: number | null;
  applicant: { userId: string; name: string; party: string; image: string };
  nodes: ApprovalNode[];
  notified: { userId: string; name: string; image: string }[];
  /** The node it stands at, from 0. */
  step: number | null;
}

export interface ApprovalNode {
  /** 1 running, 2 agreed, 3 rejected, 4 forwarded. */
  status: number | null;
  /** 1 any of them, 2 all of them. */
  attr: number | null;
  /** 1 fixed member, 2 tag, 3 superior. */
  type: number | null;
  items: ApprovalItem[];
}

export interface ApprovalItem {
  userId: string;
  name: string;
  image: string;
  status: number | null;
  speech: string;
  /** Unix seconds, null while undecided. */
  decidedAt: number | null;
}

/** Whatever is missing is '' or null; a list that is not there is empty. */
export function readApproval(info: XmlElement | undefined): Omit<ApprovalChange, 'kind'> {
  return {
    thirdNo: wordOf(info, 'ThirdNo'),
    name: textOf(info, 'OpenSpName'),
    templateId: wordOf(info, 'OpenTemplateId'),
    status: numberOf(info, 'OpenSpStatus'),
    applyTime: numberOf(info, 'ApplyTime'),
    applicant: {
      userId: wordOf(info, 'ApplyUserId'),
      name: textOf(info, 'ApplyUserName'),
      party: textOf(info, 'ApplyUserParty'),
      image: wordOf(info, 'ApplyUserImage'),
    },
    nodes: childrenOf(child(info, 'ApprovalNodes'), 'ApprovalNode').map(readNode),
    notified: childrenOf(child(info, 'NotifyNodes'), 'NotifyNode').map(readPerson),
    step: numberOf(info, 'approverstep'),
  };
}

function readNode(node: XmlElement): ApprovalNode {
  return {
    status: numberOf(node, 'NodeStatus'),
    attr: numberOf(node, 'NodeAttr'),
    type: numberOf(node, 'NodeType'),
    items: childrenOf(child(node, 'Items'), 'Item').map((item) => ({
      ...readPerson(item),
      status: numberOf(item, 'ItemStatus'),
      speech: textOf(item, 'ItemSpeech'),
      decidedAt: numberOf(item, 'ItemOpTime') || null,
    })),
  };
}

function readPerson(item: XmlElement) {
  return {
    userId: wordOf(item, 'ItemUserId'),
    name: textOf(item, 'ItemName'),
    image: wordOf(item, 'ItemImage'),
  };
}
