import type { CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import { namesBothSides } from '../dispute/parties.js';
import type { EventType } from '../dispute/event-types.js';
import { bodyField, documentId, flag, integer, legalDate, list, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse, type Refusal } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { clocks } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import { giveNotice } from './mediating.js';
import { isOffice, transferring, transferSteps } from './petition-transfer.js';
import { recusing } from './recusing.js';

const staff = ['case-officer'] as const;
/** Not classified yet, at whichever body it is. */
const unsorted = ['registered', 'transferred'] as const;
/** Periods in which the petitioner is told, or the petition forwarded. */
const received = ['XF-01', 'XF-02', 'XF-03'] as const;
/** When the body that handles it received it. */
const receivedOn = ({ procedure }: Course): CivilDate =>
  procedure.facts['PetitionTransferred']?.on ?? procedure.openedOn;

const isSimple = ({ procedure }: Course): boolean => procedure.facts['PetitionClassified']?.data['simple'] === true;

/** The three opinions, in the only order in which they can be had (信访工作条例34–36). */
const opinions = ['OpinionIssued', 'RecheckDecided', 'RereviewDecided'] as const;
const papers = ['opinion', 'recheck-opinion', 'rereview-opinion'] as const;
const given = ({ procedure }: Course): number => opinions.filter((type) => procedure.facts[type] !== undefined).length;

/** What receipt of each opinion starts; after the third nothing is left (终结). */
const nextRequest = ['XF-07', 'XF-08'] as const;

/** Refused unless the opinion before it has just been given, in its period, to this petitioner. */
const notNext =
  (stage: 1 | 2) =>
  (course: Course, { party }: { party: string }): Refusal | null => {
    const rule = nextRequest[stage - 1]!;
    if (course.dispute.status === 'closed') return refuse('dispute-closed', { alternatives: [{ action: 'reopen' }] });
    if (course.party(party)?.role !== 'claimant')
      return refuse('action-not-available', { basis: basisOf(rule), pointer: '/party' });
    if (given(course) !== stage || course.procedure.outcome !== 'decision')
      return refuse('action-not-available', { basis: basisOf(rule) });
    return course.deadline(rule, `party:${party}`)?.status === 'elapsed'
      ? refuse('deadline-passed', { basis: basisOf(rule) })
      : null;
  };

const request = (stage: 1 | 2, title: { zh: string; en: string }, records: EventType) =>
  action({
    title,
    by: [...staff, 'party'],
    // Only against an opinion, which ends the stage before.
    in: [],
    afterClose: true,
    basis: nextRequest[stage - 1]!,
    fields: {
      party: partyRef('信访人', 'petitioner'),
      body: bodyField('上一级机关', 'next higher body'),
      requestedOn: legalDate('请求日期', 'date of the request'),
    },
    records,
    guard: notNext(stage),
    // The petition is from now on before the body above, so that a table's `to` does not suffice.
    then: (course, body, on) => {
      const rule = nextRequest[stage - 1]!;
      course.meet(rule, `party:${body.party}`);
      course.reopen(stage === 1 ? 'recheck' : 'rereview', body.body);
      course.start(`${rule}.decision`, on);
    },
  });

const opinion = (step: string, title: { zh: string; en: string }, records: EventType, rules: readonly string[]) =>
  action({
    title,
    by: staff,
    in: [step],
    basis: rules[0]!,
    fields: {
      result: oneOf(['supported', 'partly-supported', 'not-supported'], { zh: '结论', en: 'conclusion' }),
      issuedOn: legalDate('出具日期', 'date of the opinion'),
      document: optional(documentId('意见书', 'opinion')),
    },
    records,
    meets: rules,
    closes: 'decision',
  });

/**
 * Petition 信访 (信访工作条例): sorted within fifteen days into six categories, of which only the sixth gets an opinion,
 * a recheck and a re-review; the others go to the procedure that the law has for them (28, 31).
 */
export const petition: ProcedureDefinition = {
  code: 'petition',
  // Whoever has received it: the authority whose matter it is, or a petition office, which forwards it (22).
  tracks: ['authority', 'petition-office'],
  nature: 'inspecting',
  outcomes: ['classified', 'not-accepted', 'agreement', 'decision', 'withdrawn'],
  steps: {
    registered: {
      title: { zh: '已登记，待甄别分类', en: 'registered; to be classified' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-acceptance',
    },
    ...transferSteps,
    classified: {
      title: { zh: '属第（六）类，待受理', en: 'category (6); to be accepted' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-acceptance',
    },
    handling: {
      title: { zh: '已受理，办理中', en: 'accepted; being handled' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-body',
    },
    recheck: {
      title: { zh: '复查中', en: 'being rechecked' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-body',
    },
    rereview: {
      title: { zh: '复核中', en: 'being re-reviewed' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-body',
    },
  },
  opening: {
    by: [...staff, 'party'],
    basis: 'XF-02',
    step: 'registered',
    starts: [
      { rule: 'XF-01', when: isOffice },
      { rule: 'XF-02', when: (course) => !isOffice(course) },
    ],
  },
  establishes: [
    { fact: 'petitionCategory', by: 'PetitionClassified', field: 'category' },
    { fact: 'petitionStage', by: opinions[0], is: 'handling' },
    { fact: 'petitionStage', by: opinions[1], is: 'recheck' },
    { fact: 'petitionStage', by: opinions[2], is: 'rereview' },
  ],
  actions: {
    // Who has a direct interest in the matter does not handle it (信访工作条例28).
    ...recusing({ by: staff, in: ['classified', 'handling', 'recheck', 'rereview'], basis: 'XF-11' }),
    ...transferring,
    classify: action({
      title: { zh: '甄别分类', en: 'classify the petition' },
      by: staff,
      in: [...unsorted],
      basis: 'XF-05',
      fields: {
        category: integer(1, 6, { zh: '类别（条例31第一至六项）', en: 'category (1) to (6)' }),
        simple: optional(flag('简易办理', 'simple handling')),
        classifiedOn: legalDate('分类并告知日期', 'date classified and told'),
      },
      records: 'PetitionClassified',
      meets: received,
      // Two ways out: only the sixth category stays here.
      then: (course, body, on) => {
        course.drop('XF-03.objection', 'handled');
        if (body.category === 6) {
          course.enter('classified');
          if (body.simple) course.start('XF-15', receivedOn(course));
          return;
        }
        course.close('classified', on);
        course.owe({ notice: 'routes', basis: 'XF-05' });
      },
    }),
    'reject-application': action({
      title: { zh: '不予受理', en: 'refuse the petition' },
      by: staff,
      in: [...unsorted, 'classified'],
      basis: 'XF-09',
      fields: {
        reason: oneOf(['pending-below', 'concluded', 'identity-unclear', 'other'], { zh: '理由', en: 'reason' }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'PetitionRefused',
      meets: received,
      closes: 'not-accepted',
      owes: [{ notice: 'refusal', basis: 'XF-02' }],
    }),
    'accept-application': action({
      title: { zh: '受理', en: 'accept the petition' },
      by: staff,
      in: ['classified'],
      basis: 'XF-06',
      fields: { acceptedOn: legalDate('受理日期', 'date of acceptance') },
      records: 'PetitionAccepted',
      meets: ['XF-15'],
      // Simple handling is to be quicker; the sixty days of the regulations bound it as any other.
      starts: ['XF-06', { rule: 'XF-15.opinion', when: isSimple }],
      to: 'handling',
    }),
    'record-settlement': action({
      title: { zh: '达成调解、和解协议', en: 'record a settlement' },
      by: staff,
      in: ['handling'],
      basis: 'XF-10',
      binds: true,
      fields: {
        parties: list(partyRef('同意的当事人', 'parties who agree'), 2, 20),
        agreedOn: legalDate('达成日期', 'date of the settlement'),
        document: optional(documentId('协议书', 'settlement')),
      },
      records: 'PetitionSettled',
      guard: (course, body) =>
        namesBothSides(course.dispute, body.parties)
          ? null
          : refuse('consent-missing', { basis: basisOf('XF-10'), pointer: '/parties' }),
      meets: ['XF-06', 'XF-15.opinion'],
      closes: 'agreement',
    }),
    'issue-opinion': opinion('handling', { zh: '出具信访处理意见书', en: 'issue the opinion' }, opinions[0], [
      'XF-06',
      'XF-15.opinion',
    ]),
    'request-recheck': request(1, { zh: '请求复查', en: 'request a recheck' }, 'RecheckRequested'),
    'decide-recheck': opinion('recheck', { zh: '作出复查意见', en: 'issue the recheck opinion' }, opinions[1], [
      'XF-07.decision',
    ]),
    'request-rereview': request(2, { zh: '请求复核', en: 'request a re-review' }, 'RereviewRequested'),
    'decide-rereview': opinion(
      'rereview',
      { zh: '作出复核意见（终结）', en: 'issue the re-review opinion: concluded' },
      opinions[2],
      ['XF-08.decision'],
    ),
    serve: action({
      title: { zh: '送达意见书', en: 'serve an opinion' },
      by: staff,
      in: [],
      afterClose: true,
      fields: {
        paper: oneOf(papers, { zh: '文书', en: 'paper' }),
        party: partyRef('信访人', 'petitioner'),
        servedOn: legalDate('送达日期', 'date of receipt'),
        document: optional(documentId()),
      },
      records: 'DocumentServed',
      guard: (course, body) =>
        given(course) > 0 && papers[given(course) - 1] === body.paper
          ? null
          : refuse('action-not-available', { pointer: '/paper' }),
      then: (course, body, on) => {
        const rule = nextRequest[given(course) - 1];
        if (rule && course.party(body.party)?.role === 'claimant')
          course.start({ rule, holder: 'party' }, on, body.party);
      },
    }),
    'give-notice': giveNotice,
    ...clocks,
    // The petitioner is told why it takes longer (34).
    extend: action({ ...clocks.extend, owes: [{ notice: 'extension', basis: 'XF-06' }] }),
  },
};
