import {
  date,
  documentId,
  flag,
  instant,
  integer,
  legalDate,
  list,
  money,
  object,
  oneOf,
  optional,
  partyRef,
  person,
  text,
  word,
} from '../dispute/fields.js';
import { namesBothSides } from '../dispute/parties.js';
import { civilDateOf, type CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import { computeUnderRule, ruleFor } from '../dispute/deadlines.js';
import { refuse, type Refusal } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { action, notices, type NoticeCode } from './definition.js';

/** Acts that every kind of mediation knows. A procedure takes those it needs into its own table. */

const mediators = ['mediator', 'case-officer'] as const;

/** A party agrees to mediation, or refuses: what one party clearly refuses must not be mediated (PM-03). */
export const recordConsent = (
  steps: readonly string[],
  by: readonly ('mediator' | 'case-officer' | 'court-clerk' | 'judge' | 'party')[] = [...mediators, 'party'],
) =>
  ({
    title: { zh: '记录当事人意愿', en: 'record a party’s consent' },
    by,
    in: steps,
    basis: 'PM-03',
    fields: {
      party: partyRef(),
      consent: oneOf(['given', 'refused'], { zh: '意愿', en: 'consent' }),
      consentedOn: legalDate('表示日期', 'date of the answer'),
    },
    records: 'ConsentRecorded',
  }) as const;

export const designateNeutral = <S extends readonly string[]>(seats: S, steps: readonly string[], to?: string) =>
  action({
    title: { zh: '指派中立第三方', en: 'designate a neutral' },
    by: ['mediator', 'case-officer', 'court-clerk'],
    in: steps,
    basis: 'PM-05',
    fields: {
      person: person('人员', 'person'),
      seat: optional(oneOf(seats, { zh: '席位', en: 'seat' })),
      chosenBy: optional(oneOf(['body', 'parties'], { zh: '由谁选定', en: 'chosen by' })),
      designatedOn: legalDate('指派日期', 'date of the designation'),
    },
    records: 'NeutralDesignated',
    ...(to ? { to } : {}),
    then: (course, body) => {
      if (!course.dispute.backfill) course.startFor(body.person.account, 'SL-DESIGNATION');
    },
  });

/**
 * Accepted, the case is that neutral's; declined, another must be designated. Who has a conflict of interest steps back,
 * unless both sides consent (特邀调解规定15).
 */
export const answerDesignation = (steps: readonly string[], onAccept?: string, onDecline?: string) =>
  action({
    title: { zh: '答复指派', en: 'answer a designation' },
    by: ['mediator', 'case-officer', 'court-clerk', 'judge', 'arbitrator'],
    in: steps,
    fields: {
      account: optional(word('账号', 'account', 200)),
      answer: oneOf(['accepts', 'declines'], { zh: '答复', en: 'answer' }),
      conflictOfInterest: optional(flag('存在利害关系', 'has a conflict of interest')),
      consents: optional(
        list(partyRef('明知利害关系仍同意的当事人', 'party who consents in spite of the conflict'), 0, 20),
      ),
      answeredOn: legalDate('答复日期', 'date of the answer'),
    },
    records: 'DesignationAnswered',
    guard: (course, body) => {
      const one = course.procedure.neutrals.find(
        (neutral) =>
          neutral.status === 'designated' && (body.account === undefined || neutral.account === body.account),
      );
      if (!one) return refuse('unknown-person', { pointer: '/account' });
      // By analogy in people's mediation too (PM-16).
      return body.answer === 'accepts' && body.conflictOfInterest && !namesBothSides(course.dispute, body.consents)
        ? refuse('conflict-of-interest', { basis: basisOf('CM-05'), pointer: '/consents' })
        : null;
    },
    then: (course, body) => {
      for (const neutral of course.procedure.neutrals) course.dropFor(neutral.account, 'SL-DESIGNATION', 'answered');
      const to = body.answer === 'accepts' ? onAccept : onDecline;
      if (to) course.enter(to);
    },
  });

export const scheduleSession = (steps: readonly string[], to?: string) =>
  action({
    title: { zh: '安排调解会', en: 'schedule a session' },
    by: [...mediators, 'adviser', 'court-clerk', 'judge'],
    in: steps,
    fields: {
      at: instant('时间', 'time'),
      noticeOn: legalDate('通知日期', 'date of the notice'),
      place: optional(text('place', { zh: '地点', en: 'place' }, 200)),
      open: optional(flag('公开进行', 'held openly')),
    },
    records: 'SessionScheduled',
    ...(to ? { to } : {}),
  });

export const sessionFields = {
  heldOn: legalDate('举行日期', 'date of the session'),
  result: oneOf(['agreement', 'no-agreement', 'adjourned'], { zh: '结果', en: 'result' }),
  absent: optional(list(partyRef(), 0, 20)),
  minutes: optional(text('mediation-minutes', { zh: '笔录摘要', en: 'minutes' })),
} as const;

/** The parties jointly confirm a fact: it travels in a handoff (CM-10). */
export const recordUndisputedFact = (steps: readonly string[]) =>
  action({
    title: { zh: '记载无争议事实', en: 'record an undisputed fact' },
    by: [...mediators, 'adviser', 'court-clerk', 'judge'],
    in: steps,
    basis: 'CM-10',
    fields: {
      text: text('undisputed-fact', { zh: '事实', en: 'fact' }),
      confirmedBy: list(partyRef(), 2, 20),
      confirmedOn: legalDate('确认日期', 'date of confirmation'),
    },
    records: 'UndisputedFactRecorded',
    guard: (course, body) =>
      namesBothSides(course.dispute, body.confirmedBy)
        ? null
        : refuse('consent-missing', { basis: basisOf('CM-10'), pointer: '/confirmedBy' }),
  });

/** A concession made for the sake of compromise: kept, and never handed on nor used against the party (CM-10). */
export const recordAdmission = (steps: readonly string[]) =>
  action({
    title: { zh: '记载为调解作出的让步', en: 'record a compromise admission' },
    by: [...mediators, 'adviser', 'court-clerk', 'judge'],
    in: steps,
    basis: 'CM-10',
    fields: {
      party: partyRef(),
      text: text('compromise-admission', { zh: '内容', en: 'content' }),
      madeOn: legalDate('日期', 'date'),
    },
    records: 'CompromiseAdmissionRecorded',
  });

export const confirmAddress = (steps: readonly string[]) =>
  action({
    title: { zh: '确认送达地址', en: 'confirm a delivery address' },
    by: [...mediators, 'adviser', 'court-clerk', 'party'],
    in: steps,
    fields: {
      party: partyRef(),
      address: text('delivery-address', { zh: '送达地址', en: 'delivery address' }, 500),
      electronic: optional(flag('同意电子送达', 'agrees to electronic service')),
      confirmedOn: legalDate('确认日期', 'date of confirmation'),
    },
    records: 'DeliveryAddressConfirmed',
  });

export const agreementFields = {
  agreedOn: legalDate('达成日期', 'date of the agreement'),
  kind: oneOf(['wages', 'payment', 'other'], { zh: '协议类型', en: 'kind of agreement' }),
  terms: list(
    object({
      obligor: partyRef('义务人', 'obligor'),
      obligee: partyRef('权利人', 'obligee'),
      amount: optional(money('金额', 'amount')),
      dueOn: date('履行日期', 'date of performance'),
      text: optional(text('term', { zh: '内容', en: 'content' })),
    }),
    1,
    100,
  ),
  oral: optional(flag('口头协议', 'oral agreement')),
} as const;

export const signatureFields = {
  signedOn: legalDate('签署日期', 'date of signature'),
  parties: list(partyRef(), 1, 20),
  mediator: flag('调解员签名', 'signed by the mediator'),
  body: flag('机构盖章', 'sealed by the body'),
  document: optional(documentId('协议书', 'agreement document')),
} as const;

/** The parties are told of the routes that remain; in writing, each party for itself (PM-09). */
export const giveNotice = action({
  title: { zh: '送达告知书', en: 'give a notice that is owed' },
  by: [...mediators, 'case-officer', 'court-clerk', 'arbitrator'],
  afterClose: true,
  basis: 'PM-09',
  fields: {
    notice: oneOf(Object.keys(notices) as NoticeCode[], { zh: '告知事项', en: 'notice' }),
    parties: list(partyRef(), 1, 20),
    givenOn: legalDate('送达日期', 'date given'),
    document: optional(documentId('告知书', 'notice')),
  },
  records: 'NoticeGiven',
  guard: (course, body) => {
    const debt = course.dispute.debts[`${course.procedure.id}:${body.notice}`];
    return debt ? null : refuse('nothing-owed', { basis: basisOf(notices[body.notice].basis) });
  },
});

/** A party or a mediator finds signs of a false mediation: it stops, and is reported; nothing in it is confirmed (CM-07). */
export const suspectFalseMediation = action({
  title: { zh: '涉嫌虚假调解，中止并报告', en: 'stop and report a suspected false mediation' },
  by: [...mediators, 'adviser', 'court-clerk', 'judge'],
  basis: 'CM-07',
  fields: {
    suspectedOn: legalDate('发现日期', 'date of the suspicion'),
    grounds: optional(text('alert', { zh: '依据', en: 'grounds' })),
  },
  records: 'FalseMediationSuspected',
  closes: 'suspected-false-mediation',
  owes: ['false-mediation-report'],
});

/** What may be a criminal or public-order case goes to the police; the mediation does not silently go on (PM-08). */
export const suspectCrime = action({
  title: { zh: '涉嫌违法犯罪，中止并报告公安', en: 'stop on suspicion of a crime and report to the police' },
  by: [...mediators, 'adviser', 'court-clerk', 'judge'],
  basis: 'PM-08',
  fields: {
    suspectedOn: legalDate('发现日期', 'date of the suspicion'),
    grounds: optional(text('alert', { zh: '情况', en: 'circumstances' })),
  },
  records: 'CrimeSuspected',
  closes: 'suspected-crime',
  owes: ['police-report'],
});

export const fileRecord = action({
  title: { zh: '归档记录', en: 'file a record' },
  by: [...mediators, 'court-clerk', 'arbitrator'],
  afterClose: true,
  fields: {
    kind: oneOf(['failure-record', 'police-report', 'court-report', 'false-mediation-report'], {
      zh: '记录',
      en: 'record',
    }),
    filedOn: legalDate('归档日期', 'date filed'),
    document: optional(documentId('记录', 'record')),
  },
  records: 'RecordFiled',
});

/** A session or hearing must be announced so long before it as `rule`, a backward period, says. */
export const noticeTooLate = (course: Course, rule: string, at: string, noticeOn: CivilDate): Refusal | null => {
  const session = civilDateOf(at);
  const latest = computeUnderRule(course.context, ruleFor(course.context, rule, session), session).due;
  if (noticeOn <= latest) return null;
  const detail = { zh: `通知最迟应于 ${latest} 送达`, en: `The notice had to be given by ${latest}` };
  return refuse('notice-too-late', { basis: basisOf(rule), on: latest, pointer: '/noticeOn', detail });
};

export const instalmentIndex = integer(1, 100, { zh: '第几期', en: 'instalment' });
