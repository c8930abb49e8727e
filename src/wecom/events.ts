// The events of the platform (90240, 92535, 96219) as types, and how each is read from its XML.
import { type ApprovalChange, readApproval } from './approvals.ts';
import { type ContactChange, readContactChange } from './contact-events.ts';
import { type Fields, fieldsOf, numberOf } from './fields.ts';
import { child, childrenOf, textOf, wordOf, type XmlElement } from './xml.ts';

/** Kinds are the platform's own names in lower case; only `LOCATION` is `location_report`, to differ from the message. */
export interface BareEvent {
  kind:
    | 'subscribe'
    | 'unsubscribe'
    | 'share_agent_change'
    | 'share_chain_change'
    | 'close_inactive_agent'
    | 'reopen_inactive_agent'
    | 'low_active'
    | 'active_restored';
}
/** `eventKey`: '' for enter_agent, the button's key for click, the address for view, the page for view_miniprogram. */
export interface KeyEvent {
  kind: 'enter_agent' | 'click' | 'view' | 'view_miniprogram';
  eventKey: string;
}
export interface LocationReport {
  kind: 'location_report';
  latitude: number | null;
  longitude: number | null;
  /** Metres. */
  precision: number | null;
  /** `wxwork`; '' when it comes from the WeChat side. */
  appType: string;
}
export interface ScanEvent {
  kind: 'scancode_push' | 'scancode_waitmsg';
  eventKey: string;
  scanType: string;
  scanResult: string;
}
/** The pictures themselves follow as ordinary image messages. */
export interface PictureEvent {
  kind: 'pic_sysphoto' | 'pic_photo_or_album' | 'pic_weixin';
  eventKey: string;
  count: number;
  md5s: string[];
}
export interface LocationPicked {
  kind: 'location_select';
  eventKey: string;
  latitude: number | null;
  longitude: number | null;
  scale: number | null;
  label: string;
  poiName: string;
  appType: string;
}
export interface BatchJobResult {
  kind: 'batch_job_result';
  jobId: string;
  jobType: string;
  errCode: number | null;
  errMsg: string;
}
/** A tap on a card. `responseCode` updates the card once, within 72 h (94888). */
export interface CardEvent {
  kind: 'template_card_event';
  eventKey: string;
  taskId: string;
  cardType: string;
  responseCode: string;
  selected: { questionKey: string; optionIds: string[] }[];
}
export interface CardMenuEvent {
  kind: 'template_card_menu_event';
  eventKey: string;
  taskId: string;
  cardType: string;
  responseCode: string;
}
/** `effectTime`: unix seconds when the app is suspended or limited. */
export interface ActivityAlert {
  kind: 'inactive_alert' | 'low_active_alert';
  effectTime: number | null;
}
export interface WorkbenchMode {
  kind: 'switch_workbench_mode';
  custom: boolean;
}
export interface UploadJobDone {
  kind: 'upload_media_job_finish';
  jobId: string;
}
/** Of the built-in approval app; its fields are not documented to us, so they are kept as they came. */
export interface SystemApproval {
  kind: 'sys_approval_change';
  approval: Fields;
}
export interface LegacyTaskCard {
  kind: 'taskcard_click';
  eventKey: string;
  taskId: string;
}

export type EventBody =
  | BareEvent
  | KeyEvent
  | LocationReport
  | ScanEvent
  | PictureEvent
  | LocationPicked
  | BatchJobResult
  | ContactChange
  | ApprovalChange
  | CardEvent
  | CardMenuEvent
  | ActivityAlert
  | WorkbenchMode
  | UploadJobDone
  | SystemApproval
  | LegacyTaskCard;

/** Reads one event's own fields; undefined when its name is not known. */
export function readEvent(name: string, root: XmlElement): EventBody | undefined {
  const eventKey = wordOf(root, 'EventKey');
  const event = name.toLowerCase();
  switch (event) {
    case 'subscribe':
    case 'unsubscribe':
    case 'share_agent_change':
    case 'share_chain_change':
    case 'close_inactive_agent':
    case 'reopen_inactive_agent':
    case 'low_active':
    case 'active_restored':
      return { kind: event };
    case 'enter_agent':
    case 'click':
    case 'view':
    case 'view_miniprogram':
      return { kind: event, eventKey };
    case 'location':
      return {
        kind: 'location_report',
        latitude: numberOf(root, 'Latitude'),
        longitude: numberOf(root, 'Longitude'),
        precision: numberOf(root, 'Precision'),
        appType: wordOf(root, 'AppType'),
      };
    case 'scancode_push':
    case 'scancode_waitmsg': {
      const info = child(root, 'ScanCodeInfo');
      return {
        kind: event,
        eventKey,
        scanType: wordOf(info, 'ScanType'),
        scanResult: textOf(info, 'ScanResult'),
      };
    }
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin':
      return { kind: event, eventKey, ...readPictures(child(root, 'SendPicsInfo')) };
    case 'location_select':
      return {
        kind: event,
        eventKey,
        ...readPlace(child(root, 'SendLocationInfo')),
        appType: wordOf(root, 'AppType'),
      };
    case 'batch_job_result':
      return { kind: event, ...readBatchJob(child(root, 'BatchJob')) };
    case 'change_contact':
      return readContactChange(root);
    case 'open_approval_change':
      return { kind: event, ...readApproval(child(root, 'ApprovalInfo')) };
    case 'template_card_event':
      return { kind: event, ...readCard(root), selected: readSelected(child(root, 'SelectedItems')) };
    case 'template_card_menu_event':
      return { kind: event, ...readCard(root) };
    case 'inactive_alert':
    case 'low_active_alert':
      return { kind: event, effectTime: numberOf(root, 'EffectTime') };
    case 'switch_workbench_mode':
      return { kind: event, custom: numberOf(root, 'Mode') === 1 };
    case 'upload_media_job_finish':
      return { kind: event, jobId: wordOf(root, 'JobId') };
    case 'sys_approval_change': {
      const info = child(root, 'ApprovalInfo');
      return { kind: event, approval: info ? fieldsOf(info) : {} };
    }
    case 'taskcard_click':
      return { kind: event, eventKey, taskId: wordOf(root, 'TaskId') };
    default:
      return undefined;
  }
}

function readPictures(info: XmlElement | undefined) {
  const md5s = childrenOf(child(info, 'PicList'), 'item').map((item) => wordOf(item, 'PicMd5Sum'));
  return { count: numberOf(info, 'Count') ?? md5s.length, md5s };
}

function readPlace(info: XmlElement | undefined) {
  return {
    latitude: numberOf(info, 'Location_X'),
    longitude: numberOf(info, 'Location_Y'),
    scale: numberOf(info, 'Scale'),
    label: textOf(info, 'Label'),
    poiName: textOf(info, 'Poiname'),
  };
}

function readBatchJob(job: XmlElement | undefined) {
  return {
    jobId: wordOf(job, 'JobId'),
    jobType: wordOf(job, 'JobType'),
    errCode: numberOf(job, 'ErrCode'),
    errMsg: textOf(job, 'ErrMsg'),
  };
}

function readCard(root: XmlElement) {
  return {
    eventKey: wordOf(root, 'EventKey'),
    taskId: wordOf(root, 'TaskId'),
    cardType: wordOf(root, 'CardType'),
    responseCode: wordOf(root, 'ResponseCode'),
  };
}

function readSelected(items: XmlElement | undefined) {
  return childrenOf(items, 'SelectedItem').map((item) => ({
    questionKey: wordOf(item, 'QuestionKey'),
    optionIds: childrenOf(child(item, 'OptionIds'), 'OptionId').map((option) =>
      option.hasCdata ? option.text : option.text.trim(),
    ),
  }));
}
