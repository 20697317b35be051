import { publishedCalendar } from '../../src/domain/calendar/calendar.js';
import type { DecideContext } from '../../src/domain/dispute/context.js';
import { register } from '../../src/domain/dispute/register.js';
import type {
  Agreement,
  Award,
  DisputeState,
  Neutral,
  ProcedureOutcome,
  ProcedureState,
} from '../../src/domain/dispute/state.js';
import type { ProcedureDefinition } from '../../src/domain/procedures/definition.js';
import { procedureDefinitions } from '../../src/domain/procedures/procedures.js';
import { defaultProfile } from '../../src/domain/profiles/profiles.js';
import type { ProcedureCode } from '../../src/domain/routes/codes.js';
import { ruleBook } from '../../src/domain/rules/rule-book.js';

/**
 * Disputes as they might stand when something happens in a procedure: enough of them that every branch of what a
 * definition decides in code is taken once. Made up for the documentation; no dispute of this kind is stored anywhere.
 */

/** The procedure that is looked at, in every circumstance. */
export const lookedAt = 'p9';
/** The day on which things happen. */
export const theDay = '2026-05-20';

export const sealed = { ref: 'r', commitment: 'c' };
export const body = { code: 'body', name: null };
export const parties = ['worker', 'employer'];
const bothConsent = { worker: 'given', employer: 'given' } as const;

export const context: DecideContext = {
  now: '2026-11-02T10:00:00+08:00',
  by: { account: 'docs', roles: ['system', 'supervisor'], organisation: 'body', region: null },
  calendar: publishedCalendar,
  rules: ruleBook,
  profile: defaultProfile,
};

const registered = ((): DisputeState => {
  const made = register(
    { disputeId: 'd', caseCode: 'c' },
    {
      type: 'labour',
      region: '360121',
      source: 'counter',
      receivedOn: '2026-03-02',
      title: sealed,
      parties: [
        { ref: 'worker', role: 'claimant', kind: 'person', name: sealed },
        { ref: 'employer', role: 'respondent', kind: 'organisation', name: sealed },
      ],
      facts: { employmentEndedOn: '2026-02-27' },
    },
    context,
  );
  if ('code' in made) throw new Error(`the example dispute is refused: ${made.code}`);
  return made.state;
})();

const agreement = (performed: number): Agreement => ({
  recordedOn: '2026-05-01',
  kind: 'wages',
  signedOn: '2026-05-02',
  confirmed: false,
  terms: [1, 2].map((index) => ({
    index,
    obligor: 'employer',
    obligee: 'worker',
    amount: null,
    dueOn: '2026-05-10',
    performedOn: index <= performed ? '2026-05-10' : null,
  })),
});

const award = (kind: Award['kind']): Award => ({
  kind,
  issuedOn: '2026-04-20',
  status: 'appealable',
  confidence: 'verified',
  suedBy: [],
});

const seated = (seat: string, status: Neutral['status'], account = 'x1'): Neutral => ({
  account,
  name: null,
  seat,
  status,
  attempt: 1,
  since: '2026-05-01',
});

const panels: Neutral[][] = [
  [],
  [seated('presiding-mediator', 'designated')],
  [seated('presiding-mediator', 'designated'), seated('coordinator', 'accepted', 'x2')],
  [seated('presiding-mediator', 'accepted', 'x2'), seated('coordinator', 'nominated')],
  [seated('presiding-mediator', 'accepted', 'x2'), seated('coordinator', 'invited')],
  [
    seated('presiding-mediator', 'accepted', 'x2'),
    seated('coordinator', 'invited'),
    seated('legal-aid-lawyer', 'accepted', 'x3'),
  ],
];

const procedure = (
  id: string,
  code: ProcedureCode,
  more: Partial<ProcedureState> & Pick<ProcedureState, 'step'>,
): ProcedureState => ({
  id,
  procedure: code,
  track: null,
  joint: false,
  status: 'open',
  stepSince: '2026-05-01',
  body,
  organisations: [body.code],
  applicants: ['worker'],
  openedOn: '2026-05-01',
  closedOn: null,
  outcome: null,
  from: null,
  neutrals: [],
  consents: {},
  sessions: [],
  agreement: null,
  award: null,
  facts: {},
  suspendedSince: null,
  ...more,
});

/** What else there may be in the dispute: a mediation that ended in an agreement, a suit, an award. */
const neighbours = (performed: number): ProcedureState[] => [
  procedure('p1', 'mediation', {
    step: 'agreed',
    status: 'closed',
    outcome: 'agreement',
    closedOn: '2026-05-02',
    agreement: agreement(performed),
  }),
  procedure('p2', 'civil-litigation', { step: 'filing' }),
  procedure('p3', 'labour-arbitration', {
    step: 'heard',
    status: 'closed',
    outcome: 'non-final-award',
    closedOn: '2026-04-20',
    award: award('non-final'),
  }),
];

/** A dispute in which a procedure is about to be opened, and the one out of which it will be. */
export interface Before {
  state: DisputeState;
  origin: string | null;
}

const disputeOf = (procedures: ProcedureState[], code: ProcedureCode): DisputeState => ({
  ...registered,
  procedures: Object.fromEntries(procedures.filter((one) => one.procedure !== code).map((one) => [one.id, one])),
  documents: {
    doc: {
      documentId: 'doc',
      kind: 'other',
      sha256: '',
      size: 0,
      mediaType: 'text/plain',
      procedureId: null,
      addedAt: '2026-05-01',
    },
  },
});

/** A procedure that an open one offers is opened out of that one; any other out of an ended one, or of none. */
export const before = ({ code }: ProcedureDefinition): Before[] => {
  const offered = procedureDefinitions.flatMap(({ code: from, offers }) =>
    (offers ?? [])
      .filter((one) => one.procedure === code)
      .flatMap((one) => one.in.map((step) => procedure('p4', from, { step, consents: bothConsent }))),
  );
  if (offered.length > 0)
    return offered.map((origin) => {
      const others = neighbours(0).filter((one) => one.procedure !== origin.procedure);
      return { state: disputeOf([...others, origin], code), origin: origin.id };
    });
  const beside = [0, 1, 2].flatMap((performed) => {
    const state = disputeOf(neighbours(performed), code);
    const origins = ['p1', 'p3'].filter((id) => state.procedures[id]);
    return [...origins, null].map((origin) => ({ state, origin }));
  });
  return [...beside, { state: disputeOf([], code), origin: null }];
};

export interface Standing {
  step: string;
  /** Absent: the procedure is open. */
  outcome?: ProcedureOutcome;
}

/** A dispute in which the procedure that is looked at stands so. */
const standingSo = (
  state: DisputeState,
  { step, outcome }: Standing,
  more: Partial<ProcedureState> = {},
  performed = 0,
): DisputeState => {
  const own: ProcedureState = {
    ...state.procedures[lookedAt]!,
    step,
    agreement: agreement(performed),
    ...(outcome === undefined ? {} : { status: 'closed', outcome, closedOn: '2026-05-15' }),
    ...more,
  };
  const others = Object.values(state.procedures).map((one) => [
    one.id,
    one.agreement ? { ...one, agreement: agreement(performed) } : one,
  ]);
  return { ...state, procedures: { ...Object.fromEntries(others), [lookedAt]: own } };
};

/** Kinds of dispute in which another period runs once all have consented. */
const kinds: Partial<DisputeState>[] = [
  {},
  { facts: { newEmployment: true } },
  { type: 'debt' },
  { type: 'debt', region: '440305' },
  { type: 'medical' },
  { type: 'traffic' },
];

/** Every circumstance in which something may happen in a procedure that stands so, out of disputes in which it was opened. */
export const circumstances = (opened: readonly DisputeState[], standing: Standing): DisputeState[] => {
  const make = (state: DisputeState, more: Partial<ProcedureState>, performed = 0) =>
    standingSo(state, standing, more, performed);
  const plain = opened.map((state) => make(state, {}));
  const [usual] = opened;
  if (!usual) return plain;
  const awarded = (['final', 'non-final'] as const).map((kind) => make(usual, { award: award(kind) }));
  if (standing.outcome !== undefined) return [...plain, ...awarded];
  const suit = usual.procedures['p2'];
  return [
    ...plain,
    ...awarded,
    ...kinds.map((kind) => make({ ...usual, ...kind }, { consents: { worker: 'given' } })),
    ...(suit ? [make({ ...usual, procedures: { ...usual.procedures, p2: { ...suit, step: 'referred' } } }, {})] : []),
    ...[1, 2].map((performed) => make(usual, {}, performed)),
    ...[true, false].flatMap((joint) => panels.map((neutrals) => make(usual, { joint, neutrals }))),
  ];
};
