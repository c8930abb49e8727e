// Every type of slot that a flow may name, and the piece that handles it.
import type { SlotType } from '../scripts/shapes.ts';
import { areaSlot } from './area.ts';
import { audienceSlot } from './audience.ts';
import { closingMonthSlot } from './closing-month.ts';
import { earlierSettingSlot } from './earlier-setting.ts';
import { closedEmergencySlot, openEmergencySlot } from './emergencies.ts';
import { escalationStepSlot } from './escalation-step.ts';
import { findingsSlot } from './findings.ts';
import { forInspectorSlot } from './for-inspector.ts';
import { fromDaySlot } from './from-day.ts';
import { groupEndSlot } from './group-end.ts';
import { knownGroupSlot, lastWordsSlot } from './groups.ts';
import { heardSlot } from './lessons.ts';
import { knownListSlot, listMembersSlot, listNameSlot } from './lists.ts';
import { findingPlaceSlot, gradeSlot, howSlot, listedSlot, namedFindingsSlot } from './looking.ts';
import { codeSlot, countSlot, dateAheadSlot, doneDaySlot, newDaySlot } from './new-day.ts';
import { newGroupSlot } from './new-group.ts';
import { noticeBlanksSlot } from './notice-blanks.ts';
import { receiptSlot } from './notice-receipt.ts';
import { noticeReasonSlot, sendTimeSlot } from './notice-send.ts';
import { noticeTemplateSlot } from './notice-template.ts';
import { noticeTextSlot } from './notice-text.ts';
import { noticeChangeSlot, receivedSlot, sentNoticeSlot, unconfirmedSlot } from './notices.ts';
import { goesInsteadSlot, inspectorPairSlot, inspectorSlot } from './person.ts';
import { photoCountSlot, photoNthSlot } from './photo-which.ts';
import {
  dateSlot,
  itemsSlot,
  lessonsSlot,
  messageSlot,
  methodsSlot,
  periodSlot,
  resultSlot,
  sessionSlot,
  textSlot,
} from './plain.ts';
import { correctionSlot, recentVisitSlot, replacedVisitSlot } from './records.ts';
import { knownRobotSlot, robotKeySlot, robotNameSlot } from './robots.ts';
import { schoolSlot } from './school.ts';
import { schoolsSlot } from './schools.ts';
import { paperNumberSlot, paperSlot, scopeSlot } from './scope.ts';
import { settingSlot, settingValueSlot } from './settings.ts';
import { signerSlot } from './signer.ts';
import type { SlotKindOf } from './slot.ts';
import { spanSlot } from './spans.ts';
import { unsignedNoticeSlot } from './unsigned.ts';
import { visitLookSlot } from './visit-look.ts';
import { capacitySlot, companionsSlot } from './visit-parts.ts';
import { adviceSlot, methodCountsSlot } from './visit-ways.ts';
import { WAITING_SLOTS } from './waiting.ts';
import { openWishSlot, wishAnswerSlot } from './wishes.ts';

/** Photos come as messages of their own; the turn binds them (turn/media/media.ts). */
const photosSlot: SlotKindOf = { read: () => undefined, view: (value) => value };

export const SLOT_KINDS: Readonly<Record<SlotType, SlotKindOf>> = {
  school: schoolSlot,
  date: dateSlot,
  session: sessionSlot,
  methods: methodsSlot,
  items: itemsSlot,
  lessons: lessonsSlot,
  findings: findingsSlot,
  text: textSlot,
  message: messageSlot,
  photos: photosSlot,
  'photo-count': photoCountSlot,
  'photo-nth': photoNthSlot,
  'finding-place': findingPlaceSlot,
  ...WAITING_SLOTS,
  'new-day': newDaySlot,
  'named-findings': namedFindingsSlot,
  how: howSlot,
  listed: listedSlot,
  'date-ahead': dateAheadSlot,
  'done-day': doneDaySlot,
  'escalation-step': escalationStepSlot,
  'from-day': fromDaySlot,
  'earlier-setting': earlierSettingSlot,
  count: countSlot,
  code: codeSlot,
  grade: gradeSlot,
  'unsigned-notice': unsignedNoticeSlot,
  signer: signerSlot,
  result: resultSlot,
  period: periodSlot,
  'closing-month': closingMonthSlot,
  span: spanSlot,
  companions: companionsSlot,
  schools: schoolsSlot,
  capacity: capacitySlot,
  'lessons-heard': heardSlot,
  'for-inspector': forInspectorSlot,
  'method-counts': methodCountsSlot,
  advice: adviceSlot,
  // A place comes as a message of its own; the turn binds it (turn/media/media.ts).
  place: photosSlot,
  'recent-visit': recentVisitSlot,
  'visit-look': visitLookSlot,
  'replaced-visit': replacedVisitSlot,
  correction: correctionSlot,
  'open-emergency': openEmergencySlot,
  'closed-emergency': closedEmergencySlot,
  scope: scopeSlot,
  area: areaSlot,
  paper: paperSlot,
  'paper-number': paperNumberSlot,
  audience: audienceSlot,
  'list-name': listNameSlot,
  'list-members': listMembersSlot,
  'known-list': knownListSlot,
  'notice-template': noticeTemplateSlot,
  'notice-blanks': noticeBlanksSlot,
  'notice-text': noticeTextSlot,
  receipt: receiptSlot,
  'send-time': sendTimeSlot,
  'notice-reason': noticeReasonSlot,
  'unconfirmed-notices': unconfirmedSlot,
  'received-notice': receivedSlot,
  'open-wish': openWishSlot,
  'wish-answer': wishAnswerSlot,
  'sent-notice': sentNoticeSlot,
  'notice-change': noticeChangeSlot,
  'new-group': newGroupSlot,
  'group-end': groupEndSlot,
  'known-group': knownGroupSlot,
  'last-words': lastWordsSlot,
  'robot-key': robotKeySlot,
  'robot-name': robotNameSlot,
  'known-robot': knownRobotSlot,
  inspector: inspectorSlot,
  'inspector-pair': inspectorPairSlot,
  'goes-instead': goesInsteadSlot,
  setting: settingSlot,
  'setting-value': settingValueSlot,
};
