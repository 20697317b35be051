import type { Course } from '../dispute/course.js';
import { namesBothSides } from '../dispute/parties.js';
import { documentId, legalDate, list, oneOf, optional, partyRef, text } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { findRule } from '../rules/rule-book.js';
import { extend } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import { giveNotice } from './mediating.js';

const staff = ['case-officer'] as const;

/** The periods of one kind of adjudication; what a kind does not name, the rules do not hold. */
interface Periods {
  acceptance?: string;
  copy?: string;
  answer?: string;
  decision?: string;
}
const patent: Periods = { acceptance: 'AD-06.accept', decision: 'AD-06.decision' };
const title: Periods = { acceptance: 'AD-02', copy: 'AD-02.copy', answer: 'AD-02.answer', decision: 'AD-02.decision' };
/** Where a province has its own statute, its periods take the place of the general ones. */
const localTitle: Periods = { acceptance: 'AD-03', decision: 'AD-03.decision' };

const periods = ({ procedure, dispute }: Course): Periods => {
  if (procedure.track === 'patent') return patent;
  if (procedure.track !== 'land-title') return {};
  const region = findRule(localTitle.acceptance!)?.region;
  return region && dispute.region.startsWith(region) ? { ...title, ...localTitle } : title;
};

const acceptance = ['AD-02', 'AD-03', 'AD-06.accept'];
const decision = ['AD-02.decision', 'AD-03.decision', 'AD-06.decision'];

/**
 * Administrative adjudication 行政裁决 / 确权 of a civil dispute that the law gives to an authority: title to land and
 * forest (土地管理法14; 森林法22), patent infringement (专利法65). Mediation comes first (中办发〔2018〕75号, AD-00).
 */
export const adjudication: ProcedureDefinition = {
  code: 'adjudication',
  // By the dispute's type; `other` is what a petition was diverted to, under a law whose periods are not in the rules.
  tracks: ['other', 'land-title', 'patent'],
  nature: 'adjudicative',
  outcomes: ['decision', 'dismissed', 'mediated', 'not-accepted', 'withdrawn', 'no-decision-in-time'],
  steps: {
    applied: {
      title: { zh: '已申请，待决定是否受理', en: 'applied for; acceptance is to be decided' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-acceptance',
    },
    investigating: {
      title: { zh: '已受理，调查、调解中', en: 'accepted; investigated and mediated' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-body',
    },
  },
  opening: {
    by: [...staff, 'party'],
    basis: 'AD-00',
    step: 'applied',
    then: (course, on) => {
      const { acceptance: rule } = periods(course);
      if (rule) course.start(rule, on);
    },
  },
  elapses: {
    'AD-02.decision': { opens: 'no-decision-in-time' },
    'AD-03.decision': { opens: 'no-decision-in-time' },
    'AD-06.decision': { opens: 'no-decision-in-time' },
  },
  actions: {
    'accept-application': action({
      title: { zh: '决定受理', en: 'accept the application' },
      by: staff,
      in: ['applied'],
      basis: 'AD-00',
      fields: { acceptedOn: legalDate('受理日期', 'date of acceptance') },
      records: 'ApplicationAccepted',
      meets: acceptance,
      to: 'investigating',
      // Which periods run is a matter of the law that gives the authority its power.
      then: (course, _, on) => {
        const { copy, decision: rule } = periods(course);
        for (const started of [copy, rule]) if (started) course.start(started, on);
      },
    }),
    'reject-application': action({
      title: { zh: '决定不予受理', en: 'refuse the application' },
      by: staff,
      in: ['applied'],
      basis: 'AD-00',
      fields: {
        reason: oneOf(['title-clear', 'no-jurisdiction', 'court-has-accepted', 'no-negotiation', 'other'], {
          zh: '理由',
          en: 'reason',
        }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      meets: acceptance,
      closes: 'not-accepted',
      owes: [{ notice: 'refusal', basis: 'AD-00' }],
    }),
    serve: action({
      title: { zh: '送达', en: 'serve a paper' },
      by: staff,
      afterClose: true,
      fields: {
        paper: oneOf(['application-copy', 'decision'], { zh: '文书', en: 'paper' }),
        party: partyRef('受送达人', 'served on'),
        servedOn: legalDate('送达日期', 'date of receipt'),
        document: optional(documentId()),
      },
      records: 'DocumentServed',
      guard: (course, body) =>
        body.paper === 'decision' && !course.procedure.facts['DecisionIssued'] ? refuse('action-not-available') : null,
      then: (course, body, on) => {
        const { copy, answer } = periods(course);
        if (body.paper === 'application-copy') {
          if (copy) course.meet(copy);
          if (answer && course.procedure.status === 'open')
            course.start({ rule: answer, holder: 'party' }, on, body.party);
          return;
        }
        for (const rule of remedies(course, body.party)) course.start({ rule, holder: 'party' }, on, body.party);
      },
    }),
    'record-answer': action({
      title: { zh: '收到答辩', en: 'record the answer' },
      by: staff,
      in: ['investigating'],
      fields: {
        party: partyRef('答辩人', 'respondent'),
        receivedOn: legalDate('收到日期', 'date of receipt'),
      },
      records: 'AnswerReceived',
      meets: ['AD-02.answer'],
    }),
    'record-session': action({
      title: { zh: '记录调查、调解', en: 'record an inquiry or a mediation' },
      by: staff,
      in: ['investigating'],
      basis: 'AD-00',
      fields: {
        heldOn: legalDate('举行日期', 'date held'),
        result: oneOf(['agreement', 'no-agreement', 'adjourned'], { zh: '结果', en: 'result' }),
        absent: optional(list(partyRef(), 0, 20)),
        minutes: optional(text('minutes', { zh: '笔录摘要', en: 'minutes' })),
      },
      records: 'SessionHeld',
    }),
    'issue-consent-document': action({
      title: { zh: '制作调解书', en: 'issue a consent document' },
      by: staff,
      in: ['investigating'],
      basis: 'AD-00',
      fields: {
        parties: list(partyRef('签字当事人', 'signed by'), 2, 20),
        signedOn: legalDate('签署日期', 'date of signature'),
        document: optional(documentId('调解书', 'consent document')),
      },
      records: 'ConsentDocumentIssued',
      guard: (course, body) =>
        namesBothSides(course.dispute, body.parties) ? null : refuse('consent-missing', { pointer: '/parties' }),
      meets: decision,
      closes: 'mediated',
    }),
    'issue-decision': action({
      title: { zh: '作出裁决（处理决定）', en: 'decide' },
      by: staff,
      in: ['investigating'],
      basis: 'AD-00',
      fields: {
        result: oneOf(['granted', 'rejected'], { zh: '结果', en: 'result' }),
        about: optional(oneOf(['land', 'forest'], { zh: '权属对象', en: 'title to' })),
        madeOn: legalDate('决定日期', 'date of the decision'),
        document: optional(documentId('裁决书', 'decision')),
      },
      records: 'DecisionIssued',
      meets: decision,
      // A patent request that is rejected leaves only the suit (row 54); title is decided either way (row 49).
      then: (course, body, on) =>
        course.close(course.procedure.track === 'patent' && body.result === 'rejected' ? 'dismissed' : 'decision', on),
    }),
    'give-notice': giveNotice,
    extend,
  },
};

/** What receipt of the decision gives a party: a suit, and for title review too (行政复议法20), of which it chooses one. */
const remedies = (course: Course, party: string): string[] => {
  const { track, outcome, facts } = course.procedure;
  if (outcome !== 'decision') return [];
  if (track === 'patent') return course.party(party)?.role === 'respondent' ? ['AD-06'] : [];
  if (track !== 'land-title') return [];
  const suit = facts['DecisionIssued']?.data['about'] === 'forest' ? 'AD-04' : 'AD-01';
  // An obtained right infringed: review first, so that no suit is open yet (行政复议法23(1)2).
  return course.dispute.facts['rightAlreadyObtained'] === true ? ['AR-01'] : [suit, 'AR-01'];
};
