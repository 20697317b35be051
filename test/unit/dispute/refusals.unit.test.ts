import { publishedCalendar } from '../../../src/domain/calendar/calendar.js';
import type { Role } from '../../../src/domain/dispute/context.js';
import { decide, type Request } from '../../../src/domain/dispute/decide.js';
import { register, type Registration } from '../../../src/domain/dispute/register.js';
import type { RefusalCode } from '../../../src/domain/dispute/refusal.js';
import { defaultProfile } from '../../../src/domain/profiles/profiles.js';
import { ruleBook } from '../../../src/domain/rules/rule-book.js';
import { sawDecision, sawRefusal } from '../../support/seen.js';
import { chronicle, opens } from '../procedures/chronicle.js';
import { act, body, perform, registered } from './matter.js';

const now = '2026-03-20T10:00:00+08:00';
const context = (roles: Role[], organisation: string | null, region: string | null = '360121') => ({
  now,
  by: { account: 'someone', roles, organisation, region },
  calendar: publishedCalendar,
  rules: ruleBook,
  profile: defaultProfile,
});

/** A dispute of 2 March with a mediation at MED that both sides consented to, whose staff asks unless another is named. */
const ask = (
  request: Request,
  { roles = ['mediator'], at = 'MED', region }: { roles?: Role[]; at?: string | null; region?: string } = {},
): RefusalCode | undefined => {
  const matter = perform(
    registered('debt', '2026-03-02', '2026-03-02T09:00:00+08:00'),
    [
      act('MED', 'open-procedure', { procedure: 'mediation', body: body('MED') }, '2026-03-02T10:00:00+08:00'),
      ...['worker', 'employer'].map((party) =>
        act('MED', 'record-consent', { party, consent: 'given' }, '2026-03-02T10:00:00+08:00'),
      ),
    ],
    '2026-03-02T10:00:00+08:00',
  );
  return sawDecision(decide(matter.state, request, context(roles, at, region))).refusal?.code;
};
const mediation = { procedureId: 'p1' };
const suit = { procedure: 'civil-litigation', body: body('COURT') };

describe('a command is refused', () => {
  it.each<[RefusalCode, Request, Parameters<typeof ask>[1]?]>([
    ['not-your-role', { action: 'change-profile', body: { profile: 'nanchang' } }],
    ['not-your-role', { action: 'end-mediation', body: { reason: 'other' } }, { roles: ['court-clerk'] }],
    [
      'not-your-role',
      { action: 'record-consent', body: { party: 'employer', consent: 'given' } },
      { roles: ['party'], at: null },
    ],
    ['not-your-organisation', { action: 'end-mediation', body: { reason: 'other' } }, { at: 'ELSEWHERE' }],
    ['not-your-organisation', { action: 'withdraw', body: {}, procedureId: 'p1' }, { at: 'ELSEWHERE' }],
    ['not-your-region', { action: 'open-procedure', body: suit }, { roles: ['intake'], at: 'DESK', region: '440300' }],
    [
      'not-your-region',
      { action: 'add-note', body: { text: { ref: 'n', commitment: '0' } } },
      { at: 'ELSEWHERE', region: '440300' },
    ],
    [
      'date-contradiction',
      { action: 'end-mediation', body: { reason: 'other', endedOn: '2026-03-10' }, occurredAt: '2026-03-11' },
    ],
    ['date-before-dispute', { action: 'end-mediation', body: { reason: 'other', endedOn: '2026-03-01' } }],
    ['date-in-future', { action: 'end-mediation', body: { reason: 'other', endedOn: '2026-03-21' } }],
    ['unknown-procedure', { action: 'end-mediation', body: { reason: 'other' }, procedureId: 'p9' }],
    ['unknown-procedure', { action: 'add-evidence', body: {}, procedureId: 'p9' }],
    ['unknown-party', { action: 'record-consent', body: { party: 'nobody', consent: 'given' } }],
    ['unknown-document', { action: 'add-evidence', body: { document: 'none' } }],
    ['action-not-available', { action: 'sign-agreement', body: { parties: [], mediator: true, body: true } }],
    ['action-not-available', { action: 'issue-award', body: {} }],
    [
      'track-unknown',
      { action: 'open-procedure', body: { ...suit, track: 'people' } },
      { roles: ['intake'], at: 'DESK' },
    ],
    ['dispute-open', { action: 'reopen', body: {} }],
    ['not-in-backfill', { action: 'finish-backfill', body: {} }],
    ['procedures-open', { action: 'close', body: {} }],
    ['nothing-owed', { action: 'give-notice', body: { notice: 'routes', parties: ['worker'] } }],
    // Nothing in law says how long an extension by consent is: it must be said.
    ['amount-mismatch', { action: 'extend', body: { approvedBy: 'both-parties', consents: ['worker', 'employer'] } }],
    ['deadline-not-running', { action: 'extend', body: { rule: 'LD-16', approvedBy: 'director' } }],
    [
      'suspension-not-allowed',
      { action: 'suspend', body: { ground: 'appraisal', from: '2026-03-10', approvedBy: 'body' }, ...mediation },
    ],
    ['not-suspended', { action: 'resume', body: { to: '2026-03-10' }, ...mediation }],
  ])('%s: %j', (code, request, who = {}) => {
    expect(ask(request, who)).toBe(code);
  });

  it('procedure-ambiguous: two could be meant', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'MED', 'open-procedure', opens('mediation', 'MED')],
      ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
    ]);
    expect(matter.refused('2026-03-03', 'MED', 'withdraw', {})).toBe('procedure-ambiguous');
    expect(matter.refused('2026-03-03', 'MED', 'record-consent', { party: 'a', consent: 'given' })).toBe(
      'procedure-ambiguous',
    );
    expect(matter.refused('2026-03-03', 'MED', 'withdraw', { procedureId: 'p1' })).toBeNull();
  });

  it('date-required: a past matter is typed in with the date of each fact', () => {
    const matter = chronicle('debt', '2026-03-02');
    const given = decide(matter.state, { action: 'open-procedure', body: suit }, context(['intake'], 'DESK'));
    expect(sawDecision(given).refusal).toMatchObject({ code: 'date-required', pointer: '/appliedOn' });
  });

  it('date-order: the clock does not run again before it stopped', () => {
    const matter = chronicle('labour', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC')],
      ['2026-03-03', 'LAC', 'accept-application', {}],
      ['2026-03-10', 'LAC', 'suspend', { ground: 'other', from: '2026-03-10', approvedBy: 'director' }],
    ]);
    expect(matter.refusal('2026-03-16', 'LAC', 'resume', { to: '2026-03-09' })).toMatchObject({
      code: 'date-order',
      pointer: '/to',
    });
    expect(
      matter.refused('2026-03-16', 'LAC', 'suspend', { ground: 'other', from: '2026-03-16', approvedBy: 'director' }),
    ).toBe('already-done');
  });

  it('unknown-person: nobody of that name was asked', () => {
    const matter = chronicle('commercial', '2026-05-11');
    matter.tell([
      ['2026-05-11', 'CENTRE', 'open-procedure', opens('commercial-mediation', 'CENTRE')],
      ['2026-05-11', 'CENTRE', 'record-consent', { party: 'a', consent: 'given' }],
      ['2026-05-11', 'CENTRE', 'record-consent', { party: 'b', consent: 'given' }],
      ['2026-05-12', 'CENTRE', 'designate-neutral', { person: { account: 'm', name: null } }],
    ]);
    expect(matter.refused('2026-05-12', 'CENTRE', 'answer-designation', { account: 'n', answer: 'accepts' })).toBe(
      'unknown-person',
    );
  });
});

describe('a registration is refused', () => {
  const name = { ref: 'n', commitment: '00' };
  const claimant = { ref: 'a', role: 'claimant', kind: 'person', name };
  const respondent = { ref: 'b', role: 'respondent', kind: 'organisation', name };

  it.each<[RefusalCode, Record<string, unknown>, Role?]>([
    ['capacity-unclear', { parties: [claimant, { ...respondent, kind: 'person' }] }],
    ['parties-incomplete', { parties: [claimant] }],
    ['duplicate-party', { parties: [claimant, { ...respondent, ref: 'a' }] }],
    ['date-in-future', { receivedOn: '2026-03-21' }],
    ['date-in-future', { facts: { employmentEndedOn: '2026-03-21' } }],
    ['not-your-role', {}, 'auditor'],
    ['not-your-region', { region: '440300' }],
  ])('%s', (code, more, role = 'intake') => {
    const given = {
      type: 'labour',
      region: '360121',
      source: 'counter',
      title: name,
      parties: [claimant, respondent],
      ...more,
    };
    const answer = register(
      { disputeId: 'd', caseCode: 'c' },
      given as unknown as Registration,
      context([role], 'DESK'),
    );
    if (!('code' in answer)) throw new Error('registered');
    sawRefusal(answer.code);
    expect(answer.code).toBe(code);
  });
});
