import { documentId, instant, legalDate, list, oneOf, optional, partyRef, text } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { clocks } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import { giveNotice, recordConsent } from './mediating.js';

const court = ['court-clerk', 'judge'] as const;

/** Civil litigation, first instance 民事一审 (民事诉讼法125–167). */
export const civilLitigation: ProcedureDefinition = {
  code: 'civil-litigation',
  nature: 'adjudicative',
  outcomes: ['judgment', 'ruling', 'mediated', 'not-accepted', 'withdrawn', 'deemed-withdrawn', 'settled'],
  steps: {
    filing: {
      title: { zh: '已递交起诉状，待登记立案', en: 'complaint submitted; to be registered' },
      waitsFor: { who: 'body', role: 'court-clerk' },
      stalls: 'awaiting-acceptance',
    },
    referred: {
      title: { zh: '诉前委派调解中', en: 'referred to mediation before filing is completed' },
      waitsFor: { who: 'nobody', role: 'mediator' },
      stalls: 'no-progress',
    },
    registered: {
      title: { zh: '已立案，审理中', en: 'registered; being tried' },
      waitsFor: { who: 'body', role: 'judge' },
      stalls: 'awaiting-body',
    },
    heard: {
      title: { zh: '已开庭，待裁判', en: 'heard; to be decided' },
      waitsFor: { who: 'body', role: 'judge' },
      stalls: 'awaiting-body',
    },
  },
  opening: {
    by: [...court, 'party', 'mediator'],
    basis: 'CL-02',
    step: 'filing',
    then: (course, on) => {
      // A suit in time keeps the plaintiff's right, and takes effect from the whole award (LD-35, LD-36).
      const plaintiff = course.procedure.applicants[0] ?? course.parties('claimant')[0]?.ref;
      const arbitration = course.other('labour-arbitration');
      if (plaintiff && arbitration?.procedure.award) {
        for (const rule of ['LD-35', 'LD-30']) arbitration.meet(rule, `party:${plaintiff}`);
        if (arbitration.procedure.award.status === 'appealable')
          arbitration.say('AwardChallenged', { by: plaintiff, basis: basisOf('LD-36') });
      }
      course.start('CL-02', on);
    },
  },
  elapses: { 'CL-02': {}, 'CL-05': {} },
  offers: [{ procedure: 'pre-filing-mediation', in: ['filing'], basis: 'CM-02' }],
  actions: {
    'record-consent': action({
      ...recordConsent(['filing'], [...court, 'mediator', 'party']),
      basis: 'CM-01',
    }),
    'accept-application': action({
      title: { zh: '登记立案', en: 'register the suit' },
      by: court,
      in: ['filing'],
      basis: 'CL-02',
      fields: {
        acceptedOn: legalDate('立案日期', 'date of registration'),
        track: optional(oneOf(['ordinary', 'summary', 'small-claims'], { zh: '审理程序', en: 'track' })),
      },
      records: 'ApplicationAccepted',
      meets: ['CL-02'],
      starts: ['CL-03'],
      to: 'registered',
      // Each track has its own limit of trial (民事诉讼法152, 164, 168).
      then: (course, body, on) =>
        course.start(
          { ordinary: 'CL-05', summary: 'CL-06', 'small-claims': 'CL-07' }[body.track ?? 'ordinary'],
          on,
        ),
    }),
    'reject-application': action({
      title: { zh: '裁定不予受理', en: 'refuse to register the suit' },
      by: court,
      in: ['filing'],
      basis: 'CL-02',
      fields: {
        reason: oneOf(['arbitration-first', 'no-jurisdiction', 'repeated-suit', 'not-civil', 'other'], { zh: '理由', en: 'reason' }), // prettier-ignore
        decidedOn: legalDate('裁定日期', 'date of the ruling'),
      },
      records: 'ApplicationRefused',
      meets: ['CL-02'],
      closes: 'not-accepted',
    }),
    'schedule-session': action({
      title: { zh: '通知开庭', en: 'give notice of a hearing' },
      by: court,
      in: ['registered', 'heard'],
      basis: 'CL-04',
      fields: {
        at: instant('开庭时间', 'time of the hearing'),
        noticeOn: legalDate('通知送达日期', 'date of the notice'),
        place: optional(text('place', { zh: '地点', en: 'place' }, 200)),
      },
      records: 'SessionScheduled',
    }),
    'record-session': action({
      title: { zh: '记录庭审', en: 'record the hearing' },
      by: court,
      in: ['registered', 'heard'],
      fields: {
        heldOn: legalDate('开庭日期', 'date of the hearing'),
        absent: optional(list(partyRef(), 0, 20)),
      },
      records: 'SessionHeld',
      to: 'heard',
    }),
    'issue-judgment': action({
      title: { zh: '宣判', en: 'give judgment' },
      by: court,
      in: ['registered', 'heard'],
      basis: 'CL-05',
      fields: {
        issuedOn: legalDate('判决日期', 'date of judgment'),
        document: optional(documentId('判决书', 'judgment')),
      },
      records: 'JudgmentGiven',
      meets: ['CL-05', 'CL-06', 'CL-07'],
      closes: 'judgment',
    }),
    'issue-consent-judgment': action({
      title: { zh: '制作民事调解书', en: 'issue a court mediation document' },
      by: court,
      in: ['registered', 'heard'],
      basis: 'CL-14',
      fields: {
        signedForOn: legalDate('双方签收日期', 'date both signed for it'),
        document: optional(documentId()),
      },
      records: 'ConsentJudgmentIssued',
      meets: ['CL-05', 'CL-06', 'CL-07'],
      closes: 'mediated',
    }),
    serve: action({
      title: { zh: '送达', en: 'serve a paper' },
      by: court,
      afterClose: true,
      fields: {
        paper: oneOf(['complaint', 'answer', 'judgment', 'ruling'], { zh: '文书', en: 'paper' }),
        party: partyRef('受送达人', 'served on'),
        servedOn: legalDate('送达日期', 'date of receipt'),
        document: optional(documentId()),
      },
      records: 'DocumentServed',
      guard: (course, body) =>
        body.paper === 'judgment' && course.procedure.outcome !== 'judgment'
          ? refuse('action-not-available')
          : null,
      then: (course, body, on) => {
        if (body.paper === 'complaint') course.meet('CL-03');
        if (body.paper === 'judgment') course.start({ rule: 'CL-10', holder: 'party' }, on, body.party);
      },
    }),
    'give-notice': giveNotice,
    ...clocks,
  },
};
