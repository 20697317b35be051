import type { Course } from '../dispute/course.js';
import { legalDate, oneOf, optional } from '../dispute/fields.js';
import { basisOf } from '../rules/rule-book.js';
import { clocks } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import { court, deemWithdrawn, effectiveUnlessAppealed, issueConsentJudgment, issueJudgment, issueRuling, recordHearing, rejectFiling, scheduleHearing, servePaper, trialSteps } from './litigating.js'; // prettier-ignore
import { giveNotice, recordConsent } from './mediating.js';

/** Limits of trial: ordinary, summary, small claims (民事诉讼法152, 164, 168). */
const limits = ['CL-05', 'CL-06', 'CL-07'] as const;

const isSmallClaim = ({ procedure }: Course): boolean =>
  procedure.facts['ApplicationAccepted']?.data['track'] === 'small-claims';

/** The periods that a suit keeps, by the procedure that they came from, and the awards that it leaves without effect. */
const keptBySuit = [
  { after: 'labour-arbitration', rules: ['LD-35', 'LD-30'], challenges: 'LD-36' },
  { after: 'rural-land-arbitration', rules: ['RL-05'], challenges: 'RL-05' },
  { after: 'set-aside', rules: ['LD-32'], challenges: null },
  { after: 'enforcement', rules: ['LD-37'], challenges: null },
] as const;

/** Civil litigation, first instance 民事一审 (民事诉讼法125–167). */
export const civilLitigation: ProcedureDefinition = {
  code: 'civil-litigation',
  nature: 'adjudicative',
  outcomes: ['judgment', 'dismissed', 'mediated', 'not-accepted', 'withdrawn', 'deemed-withdrawn', 'settled', 'effective', 'terminated'], // prettier-ignore
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
    ...trialSteps,
  },
  opening: {
    by: [...court, 'party', 'mediator'],
    basis: 'CL-02',
    step: 'filing',
    then: (course, on) => {
      // A suit in time keeps the plaintiff's right, and takes effect from the whole award (LD-35, LD-36).
      const plaintiff = course.procedure.applicants[0] ?? course.parties('claimant')[0]?.ref;
      for (const { after, rules, challenges } of keptBySuit) {
        const before = course.other(after);
        if (!plaintiff || !before) continue;
        for (const rule of rules) before.meet(rule, `party:${plaintiff}`);
        if (challenges && before.procedure.award?.status === 'appealable')
          before.say('AwardChallenged', { by: plaintiff, basis: basisOf(challenges) });
      }
      course.start('CL-02', on);
    },
  },
  elapses: { 'CL-02': {}, 'CL-05': {}, 'CL-10': { then: effectiveUnlessAppealed('CL-10', 'CL-22') } },
  offers: [
    { procedure: 'pre-filing-mediation', in: ['filing'], basis: 'CM-02', row: '9' },
    { procedure: 'in-trial-mediation', in: ['registered', 'heard'], basis: 'CM-02', row: '13' },
  ],
  establishes: [
    { fact: 'courtAccepted', by: 'ApplicationAccepted', is: true },
    { fact: 'smallClaims', by: 'ApplicationAccepted', where: { track: 'small-claims' }, is: true },
    { fact: 'settled', by: 'Withdrawn', field: 'settled' },
  ],
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
    'reject-application': rejectFiling(['arbitration-first', 'no-jurisdiction', 'repeated-suit', 'not-civil', 'other'], { basis: 'CL-02', meets: ['CL-02'] }), // prettier-ignore
    'schedule-session': scheduleHearing({ basis: 'CL-04' }),
    'record-session': recordHearing,
    'issue-judgment': issueJudgment({ basis: 'CL-05', meets: limits }),
    'issue-ruling': issueRuling({ basis: 'CL-12', meets: limits }),
    'issue-consent-judgment': issueConsentJudgment({ basis: 'CL-14', meets: limits }),
    'deem-withdrawn': deemWithdrawn({ basis: 'CL-13' }),
    // A small-claims judgment is final: only a retrial is left (民事诉讼法165).
    serve: servePaper({
      complaint: 'CL-03',
      judgment: (course) => (isSmallClaim(course) ? 'CL-22' : 'CL-10'),
      ruling: 'CL-10.ruling',
    }),
    'give-notice': giveNotice,
    ...clocks,
  },
};
