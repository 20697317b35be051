import { fold } from '../../../src/domain/dispute/evolve.js';
import { whatIf } from '../../../src/domain/dispute/what-if.js';
import {
  act,
  attempt,
  body,
  contextAt,
  pass,
  perform,
  registered,
  substance,
  type Act,
  type Matter,
} from './matter.js';

const now = '2026-06-01T10:00:00+08:00';
const later = (one: Act): Act => one;

const arbitrate = (acceptedOn: string): Act[] => [
  act(
    'ARB',
    'open-procedure',
    { procedure: 'labour-arbitration', body: body('ARB'), appliedOn: '2026-03-20' },
    '2026-03-20',
  ),
  act('ARB', 'accept-application', { acceptedOn }, acceptedOn),
];
const arbitrated = (acceptedOn = '2026-03-25'): Matter =>
  perform(registered('labour', '2026-03-02', now), arbitrate(acceptedOn), now);

const eventOf = (matter: Matter, type: string): number =>
  matter.history.filter((one) => one.type === type).at(-1)!.version;
const correct = (fields: Record<string, unknown>): Act => later({ at: 'ARB', action: 'correct-fact', body: fields });
const foldsToItself = ({ history, state }: Matter) => expect(fold(history)).toEqual(state);

describe('correcting a recorded fact', () => {
  test('supersedes it and dates every period anew that ran from it, by explicit events', () => {
    const before = arbitrated();
    expect(before.state.deadlines['p1:LD-16']).toMatchObject({ due: '2026-05-09' });
    const version = eventOf(before, 'ApplicationAccepted');
    const { decision, ...after } = attempt(
      before,
      correct({ event: version, field: 'acceptedOn', value: '2026-03-24' }),
      now,
    );
    expect(decision.refusal).toBeNull();
    expect(decision.events[0]).toMatchObject({
      type: 'FactCorrected',
      data: { supersedes: version, before: '2026-03-25', value: '2026-03-24' },
    });
    // 45 days from 24 March end on Friday 8 May.
    expect(after.state.deadlines['p1:LD-16']).toMatchObject({
      due: '2026-05-08',
      trigger: { on: '2026-03-24' },
    });
    expect(
      decision.events.filter(({ type }) => type === 'DeadlineRecomputed').every(({ cause }) => cause !== null),
    ).toBe(true);
    foldsToItself(after);
    // The same as if it had been recorded rightly.
    const { procedures: _, ...asCorrected } = substance(after.state);
    const { procedures: __, ...asRight } = substance(arbitrated('2026-03-24').state);
    expect(asCorrected).toEqual(asRight);
  });

  test('holds for what is decided later, and can itself be corrected', () => {
    const before = arbitrated();
    const version = eventOf(before, 'ApplicationAccepted');
    const once = perform(before, [correct({ event: version, field: 'acceptedOn', value: '2026-03-24' })], now);
    const twice = perform(once, [correct({ event: version, field: 'acceptedOn', value: '2026-03-26' })], now);
    expect(twice.state.deadlines['p1:LD-16']).toMatchObject({ due: '2026-05-11', naturalDue: '2026-05-10' });
    foldsToItself(twice);
  });

  test('is refused where a later fact would no longer be legal', () => {
    const formed = perform(arbitrated(), [act('ARB', 'form-tribunal', { formedOn: '2026-03-27' }, '2026-03-27')], now);
    const { decision } = attempt(
      formed,
      correct({ event: eventOf(formed, 'ApplicationAccepted'), field: 'acceptedOn', value: '2026-03-30' }),
      now,
    );
    expect(decision.refusal?.code).toBe('superseded-by-later-facts');
    expect(decision.events).toEqual([]);
  });

  test('knows only facts that somebody established, fields that they have, and values of the same kind', () => {
    const before = arbitrated();
    const version = eventOf(before, 'ApplicationAccepted');
    const code = (fields: Record<string, unknown>) => attempt(before, correct(fields), now).decision.refusal?.code;
    expect(code({ event: 999, field: 'acceptedOn', value: '2026-03-24' })).toBe('unknown-fact');
    expect(code({ event: eventOf(before, 'DeadlineStarted'), field: 'due', value: '2026-03-24' })).toBe('unknown-fact');
    expect(code({ event: version, field: 'nothing', value: '2026-03-24' })).toBe('unknown-fact');
    expect(code({ event: version, field: 'acceptedOn', value: 'soon' })).toBe('fact-invalid');
    expect(code({ event: version, field: 'acceptedOn', value: '2027-01-01' })).toBe('date-in-future');
    expect(code({ value: true })).toBe('unknown-fact');
  });

  test('a fact of the dispute itself moves what ran from it', () => {
    const start = registered('labour', '2026-03-02', now, { facts: { employmentEndedOn: '2026-02-27' } });
    expect(start.state.deadlines['d:LD-06.termination:party:worker']).toMatchObject({ due: '2027-03-01' });
    const after = perform(
      start,
      [{ at: 'DESK', action: 'correct-fact', body: { fact: 'employmentEndedOn', value: '2026-01-30' } }],
      now,
    );
    expect(after.state.deadlines['d:LD-06.termination:party:worker']).toMatchObject({
      due: '2027-02-01',
      naturalDue: '2027-01-30',
    });
    foldsToItself(after);
  });
});

describe('reopening', () => {
  const closed = (): Matter => {
    const withdrawn = act('ARB', 'withdraw', { withdrawnOn: '2026-04-01' }, '2026-04-01', {
      procedureId: 'p1',
    });
    return perform(
      arbitrated(),
      [withdrawn, act('ARB', 'close', { reason: 'withdrawn', closedOn: '2026-04-02' }, '2026-04-02')],
      now,
    );
  };

  test('voids the facts it names, and the procedure they ended goes on', () => {
    const before = closed();
    expect(before.state.status).toBe('closed');
    const voids = [eventOf(before, 'Withdrawn'), eventOf(before, 'DisputeClosed')];
    const { decision, ...after } = attempt(before, { at: 'ARB', action: 'reopen', body: { voids } }, now);
    expect(decision.refusal).toBeNull();
    expect(after.state.status).toBe('open');
    expect(after.state.procedures['p1']).toMatchObject({ status: 'open', step: 'accepted', outcome: null });
    expect(after.state.deadlines['p1:LD-16']?.status).not.toBe('void');
    foldsToItself(after);
  });

  test('is refused for facts that are not there', () => {
    const { decision } = attempt(closed(), { at: 'ARB', action: 'reopen', body: { voids: [777] } }, now);
    expect(decision.refusal?.code).toBe('unknown-fact');
  });
});

describe('what if', () => {
  const context = contextAt('2026-03-28T10:00:00+08:00', 'ARB');

  test('a fact had been otherwise: which deadlines would differ, and nothing is recorded', () => {
    const matter = perform(registered('labour', '2026-03-02', context.now), arbitrate('2026-03-25'), context.now);
    const found = whatIf(
      matter.history,
      {
        amend: [{ event: eventOf(matter, 'ApplicationAccepted'), field: 'acceptedOn', value: '2026-03-23' }],
      },
      context,
    );
    expect(found.deadlines.find(({ rule }) => rule === 'LD-16')).toMatchObject({
      is: { due: '2026-05-09' },
      would: { due: '2026-05-07' },
    });
    expect(found.impossible).toEqual([]);
  });

  test('a rule were longer, or another profile applied', () => {
    const matter = perform(registered('labour', '2026-03-02', context.now), arbitrate('2026-03-25'), context.now);
    const longer = whatIf(matter.history, { rules: [{ code: 'LD-16', amount: 60 }] }, context);
    expect(longer.deadlines).toMatchObject([{ rule: 'LD-16', would: { due: '2026-05-25' } }]);
    expect(() => whatIf(matter.history, { rules: [{ code: 'XX-99' }] }, context)).toThrow(RangeError);
    expect(() => whatIf(matter.history, { profile: 'nowhere' }, context)).toThrow(RangeError);
  });

  test('another version of a rule had been in force all along, or a year’s calendar were published', () => {
    const arbitration = [
      act(
        'ARB',
        'open-procedure',
        { procedure: 'commercial-arbitration', body: body('ARB'), applicants: ['worker', 'employer'] },
        '2026-03-02',
      ),
      act('ARB', 'accept-application', {}, '2026-03-03'),
      act('ARB', 'form-tribunal', {}, '2026-03-04'),
      act('ARB', 'record-session', {}, '2026-03-10'),
      act('ARB', 'issue-award', {}, '2026-03-12'),
      act('ARB', 'serve', { paper: 'award', party: 'worker' }, '2026-03-16'),
    ];
    const awarded = perform(
      registered('commercial', '2026-03-02', context.now, { facts: { arbitrationClause: 'valid' } }),
      arbitration,
      context.now,
    );
    const older = whatIf(awarded.history, { rules: [{ code: 'AB-02', version: 1 }] }, context);
    expect(older.deadlines).toMatchObject([{ rule: 'AB-02', is: { due: '2026-06-16' }, would: { due: '2026-09-16' } }]);
    expect(() => whatIf(awarded.history, { rules: [{ code: 'AB-02', version: 9 }] }, context)).toThrow(RangeError);

    const owed = registered('labour', '2026-03-02', context.now, { facts: { employmentEndedOn: '2026-02-27' } });
    const published = {
      year: 2027,
      version: 'cn-2027.1',
      notice: { title: '假设', issuedOn: '2026-11-20' },
      off: [{ name: '假设', from: '2027-03-01', to: '2027-03-02' }],
      work: [],
    };
    expect(whatIf(owed.history, { years: [published] }, context).deadlines).toMatchObject([
      {
        rule: 'LD-06.termination',
        is: { due: '2027-03-01', provisional: true },
        would: { due: '2027-03-03', provisional: false },
      },
    ]);
  });

  test('a route would open: the wage IOU lets the worker sue at once', () => {
    const matter = registered('labour', '2026-03-02', context.now);
    const found = whatIf(matter.history, { facts: { wageIou: true } }, context);
    expect(found.routes.opened.map(({ procedure }) => procedure)).toContain('civil-litigation');
  });

  test('time had passed: the mediation would have ended', () => {
    const opening = act(
      'MED',
      'open-procedure',
      { procedure: 'mediation', track: 'labour', body: body('MED') },
      '2026-03-20',
    );
    const matter = perform(registered('labour', '2026-03-02', context.now), [opening], context.now);
    const found = whatIf(matter.history, { until: '2026-05-01T00:00:00+08:00' }, context);
    // Both courses are let run to the same instant: a supposition is compared with what will be, not with today.
    expect(found.procedures).toEqual([]);
    const passed = pass(matter, '2026-05-01T00:00:00+08:00');
    expect(passed.state.procedures['p1']?.outcome).toBe('expired');
  });
});
