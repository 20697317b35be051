/**
 * Every type of event that a dispute's stream may hold. The list is closed: what is not on it cannot be recorded, and a
 * stream that holds another was written by a newer program (see `upcast.ts`). A type that is no longer recorded stays.
 */
export const eventTypes = [
  'AdviserInvited', 'AdviserNominated', 'AgreementMadeEnforceable', 'AgreementNotEnforceable',
  'AgreementPerformed', 'AgreementReached', 'AgreementSigned', 'AlertRaised', 'AmountRecovered',
  'AnswerReceived', 'AppealDeemedWithdrawn', 'ApplicationAccepted', 'ApplicationDeemedAccepted',
  'ApplicationDeemedWithdrawn', 'ApplicationJoined', 'ApplicationRefused', 'AwardBecameEffective',
  'AwardChallenged', 'AwardCorrected', 'AwardIssued', 'AwardSetAside', 'AwardSuperseded',
  'BackfillFinished', 'BreachNoted', 'CalendarApplied', 'ChallengeAnswered', 'ComplainantReferred',
  'CompromiseAdmissionRecorded', 'ConfirmationRefused', 'ConsentAwardIssued', 'ConsentDocumentIssued',
  'ConsentJudgmentIssued', 'ConsentRecorded', 'CorrectionRequested', 'CorrectionSubmitted',
  'CourtMediationBegun', 'CrimeSuspected', 'DeadlineElapseReversed', 'DeadlineElapsed', 'DeadlineExtended',
  'DeadlineMet', 'DeadlineRecomputed', 'DeadlineResumed', 'DeadlineStarted', 'DeadlineSuspended',
  'DeadlineVoided', 'DeadlineWarned', 'DebtPaid', 'DecisionIssued', 'DeliveryAddressConfirmed',
  'DesignationAnswered', 'DisputeClosed', 'DisputeFactCorrected', 'DisputeRegistered', 'DisputeReopened',
  'DocumentAdded', 'DocumentServed', 'EnforcementConcluded', 'EnforcementNoticeIssued',
  'EnforcementRefused', 'EnforcementResumed', 'EnforcementRoundEnded', 'EvidenceAdded', 'ExtensionApproved',
  'FactCorrected', 'FalseMediationSuspected', 'FeeAgreed', 'FollowUpHeld', 'HandoffAccepted',
  'HandoffCancelled', 'HandoffDelivered', 'HandoffEscalated', 'HandoffRequested', 'HandoffResent',
  'HandoffReturned', 'HandoffUrged', 'InstalmentNoted', 'InstalmentPerformed', 'InstrumentIssued',
  'InvitationAnswered', 'InvitationUnanswered', 'JudgmentBecameEffective', 'JudgmentGiven',
  'JurisdictionObjected', 'MediationEnded', 'MediationEntrusted', 'MediationStarted',
  'MemberConsentRecorded', 'MemberSplitOff', 'MembersAdded', 'MembersLeft', 'NegotiationEnded',
  'NeutralDesignated', 'NoteAdded', 'NoticeGiven', 'NoticeOwed', 'NoticeWithdrawn', 'ObjectionAnswered',
  'ObjectionRaised', 'ObjectionRuled', 'OpinionIssued', 'OrderEnded', 'OrderIssued', 'OrderMade',
  'OrderProlonged', 'OrderRevoked', 'OverdueActDone', 'OwnerAssigned', 'PanelFormed', 'PaperDeemedServed',
  'PapersCorrected', 'PartyAdded', 'PeriodRestarted', 'PostponementRequested', 'PetitionAccepted', 'PetitionClassified',
  'PetitionRefused', 'PetitionSettled', 'PetitionTransferred', 'ProcedureClosed', 'ProcedureOpened',
  'ProcedureReopened', 'ProcedureRestated', 'ProcedureResumed', 'ProcedureSuspended', 'ProfileChanged',
  'PublicNoticeIssued', 'RecheckDecided', 'RecheckRequested', 'RecordFiled', 'RecusalDecided',
  'RecusalRequested', 'RecusalReviewRequested', 'RepresentativesElected', 'RereviewDecided',
  'RereviewRequested', 'ReviewRequested', 'RulingMade', 'SessionHeld', 'SessionScheduled',
  'SettlementApproved', 'StatusRegistered', 'StepEntered', 'SubjectErased', 'SuitDeemedWithdrawn',
  'TransferObjected', 'TribunalFormed', 'UndisputedFactRecorded', 'UnionPaperAnswered', 'UnionPaperIssued',
  'Withdrawn',
] as const; // prettier-ignore

export type EventType = (typeof eventTypes)[number];
