// The list of everything a flow may end in. Scripts name actions; this is where a name becomes an act.
import type { Action } from './act.ts';
import { compareContacts, confirmLeft } from './contacts/acts.ts';
import { correctVisit } from './corrections.ts';
import { listEmergencies } from './emergencies/list.ts';
import { raiseEmergency } from './emergencies/raise.ts';
import {
  acknowledgeEmergency,
  callOffEmergency,
  closeEmergency,
  emergencyContained,
  emergencyOnScene,
  reportEmergency,
  reviewEmergency,
} from './emergencies/steps.ts';
import { exportPaper } from './exports.ts';
import { queryFigures } from './figures/query.ts';
import { figureRows } from './figures/rows.ts';
import { endGroup } from './groups/end.ts';
import { listGroups } from './groups/list.ts';
import { makeGroup } from './groups/make.ts';
import { handAll, toHandAll } from './hand-over/all.ts';
import { changeInspector } from './hand-over/change.ts';
import { cancelHandOver, plannedHandOvers } from './hand-over/planned.ts';
import { showLedger } from './ledger.ts';
import { showMonthReport } from './month-report.ts';
import { closeMonth, exemptSchool, monthFocus, undoExemption } from './months.ts';
import { moveEvidence, movePhotosOfVisit } from './move-evidence.ts';
import { answerWish } from './notices/answer-wish.ts';
import { chaseNotice } from './notices/chase.ts';
import { confirmNotice } from './notices/confirm.ts';
import { dropList, saveList, showLists } from './notices/lists.ts';
import { exportReceipts, noticePhones } from './notices/phones.ts';
import { recallNotice } from './notices/recall.ts';
import { readNotice, tellSender } from './notices/received.ts';
import { sendNotice } from './notices/send.ts';
import { listNotices } from './notices/sent.ts';
import { noticeStatus } from './notices/status.ts';
import { signNotice } from './notices.ts';
import { changeSetting, showSettings, undoSetting } from './office-settings.ts';
import { pendingVisits } from './pending.ts';
import { howPeopleChange } from './people-change.ts';
import { consult, redirectLetter } from './rectification/consult.ts';
import { answerConsultation, partialAnswer, returnLetter } from './rectification/consult-answer.ts';
import { correctLookBack } from './rectification/correct-look-back.ts';
import { correctVerdict } from './rectification/correct-verdict.ts';
import { countersign } from './rectification/countersign.ts';
import { delegateSigning } from './rectification/delegate.ts';
import { escalate, toEscalate } from './rectification/escalate.ts';
import { lastStep, listEscalations, takeBackStep } from './rectification/escalations.ts';
import { requestExtension } from './rectification/extension.ts';
import { changeExtension } from './rectification/extension-change.ts';
import { decideExtension } from './rectification/extension-decide.ts';
import { forwardReport } from './rectification/forward.ts';
import { issueFor } from './rectification/issue.ts';
import { listRectifications } from './rectification/list.ts';
import { closeFinding, lookBack, reopenFinding } from './rectification/look-back.ts';
import { decideObjection, objectTo } from './rectification/objection.ts';
import { listOverdue, sendOverdue } from './rectification/overdue.ts';
import { ownVerdict } from './rectification/own-verdict.ts';
import { rectificationPhotos } from './rectification/photos.ts';
import { planRectification } from './rectification/plan.ts';
import { remindSchool } from './rectification/remind.ts';
import { reviewRectification } from './rectification/review.ts';
import { rectificationStory } from './rectification/story.ts';
import { attachEvidence, submitRectification } from './rectification/submit.ts';
import { listToForward } from './rectification/to-forward.ts';
import { listUnsigned } from './rectification/unsigned.ts';
import { removeEvidence, removePhotosOfVisit } from './remove-evidence.ts';
import { listRobots } from './robots/list.ts';
import { registerRobot, removeRobot } from './robots/register.ts';
import { checkCoverage } from './roster-check.ts';
import { queryRule } from './rule-questions.ts';
import { schoolCard, schoolPhone } from './school-card.ts';
import { showSchoolHistory } from './school-history.ts';
import { earlierSettings, restoreSetting, showSettingHistory } from './setting-history.ts';
import { reopenVisit } from './visit-contents.ts';
import { visitHistory } from './visit-history.ts';
import { readFeedback } from './visit-people.ts';
import { attachToVisit } from './visit-photos.ts';
import { cancelPlan, planVisits } from './visit-plan.ts';
import { visitSent } from './visit-sent.ts';
import { voidVisit } from './visit-void.ts';
import { recordVisits } from './visits.ts';
import { whatWaits } from './waiting.ts';
import { whoAnswers } from './who-answers.ts';

export const ACTIONS: ReadonlyMap<string, Action> = new Map(
  [
    recordVisits,
    attachToVisit,
    pendingVisits,
    whoAnswers,
    howPeopleChange,
    whatWaits,
    signNotice,
    delegateSigning,
    sendNotice,
    confirmNotice,
    readNotice,
    tellSender,
    answerWish,
    noticeStatus,
    listNotices,
    noticePhones,
    exportReceipts,
    recallNotice,
    chaseNotice,
    saveList,
    showLists,
    dropList,
    makeGroup,
    listGroups,
    endGroup,
    registerRobot,
    listRobots,
    removeRobot,
    submitRectification,
    attachEvidence,
    moveEvidence,
    movePhotosOfVisit,
    removeEvidence,
    removePhotosOfVisit,
    reviewRectification,
    ownVerdict,
    correctLookBack,
    correctVerdict,
    forwardReport,
    requestExtension,
    decideExtension,
    changeExtension,
    objectTo,
    decideObjection,
    countersign,
    issueFor,
    lookBack,
    closeFinding,
    reopenFinding,
    listRectifications,
    rectificationPhotos,
    rectificationStory,
    planRectification,
    remindSchool,
    toEscalate,
    escalate,
    listEscalations,
    lastStep,
    takeBackStep,
    consult,
    redirectLetter,
    answerConsultation,
    partialAnswer,
    returnLetter,
    listToForward,
    listOverdue,
    listUnsigned,
    sendOverdue,
    raiseEmergency,
    acknowledgeEmergency,
    emergencyOnScene,
    emergencyContained,
    reportEmergency,
    closeEmergency,
    reviewEmergency,
    callOffEmergency,
    listEmergencies,
    correctVisit,
    reopenVisit,
    voidVisit,
    schoolCard,
    schoolPhone,
    visitHistory,
    visitSent,
    queryRule,
    showLedger,
    exportPaper,
    queryFigures,
    figureRows,
    monthFocus,
    exemptSchool,
    undoExemption,
    closeMonth,
    showMonthReport,
    planVisits,
    cancelPlan,
    showSettings,
    changeSetting,
    undoSetting,
    showSettingHistory,
    earlierSettings,
    restoreSetting,
    showSchoolHistory,
    changeInspector,
    toHandAll,
    handAll,
    plannedHandOvers,
    cancelHandOver,
    readFeedback,
    checkCoverage,
    compareContacts,
    confirmLeft,
  ].map((entry) => [entry.name, entry]),
);
