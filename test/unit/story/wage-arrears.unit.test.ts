import { bodies, cast, wageArrears } from '../../../src/demo/wage-arrears.js';
import { decide } from '../../../src/domain/dispute/decide.js';
import { fold } from '../../../src/domain/dispute/evolve.js';
import type { Deadline, ProcedureState } from '../../../src/domain/dispute/state.js';
import { documentsOf } from '../../../src/domain/handoff/parts.js';
import { plan } from '../../../src/domain/plan/plan.js';
import { stall } from '../../../src/domain/stall/stall.js';
import { dayOf, publishedCalendar } from '../../../src/domain/calendar/calendar.js';
import { defaultProfile } from '../../../src/domain/profiles/profiles.js';
import { procedureDefinition } from '../../../src/domain/procedures/procedures.js';
import { asHistory, contextOf, tell, type Told } from './in-the-domain.js';

const told = tell(wageArrears);

const after = (key: string): Told => {
  const found = told.find(({ step }) => step.key === key);
  if (!found) throw new Error(`no step ${key}`);
  return found;
};
const deadline = (key: string, id: string): Deadline => {
  const found = after(key).state.deadlines[id];
  if (!found) throw new Error(`no deadline ${id} after ${key}`);
  return found;
};
const procedure = (key: string, id: string): ProcedureState => after(key).state.procedures[id]!;
const open = (key: string) =>
  after(key).routes.permitted.map(({ procedure, by, parallel, rows }) => ({ procedure, by, parallel, rows }));
const forbidden = (key: string, code: string) =>
  after(key).routes.forbidden.filter((route) => route.procedure === code);
const types = (key: string) => after(key).events.map(({ type }) => type);

describe('03-02: registered and mediation applied for', () => {
  test('routes at the counter (row 17)', () => {
    const route = (procedure: string, by = 'either', parallel = false) => ({ procedure, by, parallel, rows: ['17'] });
    expect(open('registered')).toEqual([
      route('negotiation'),
      route('mediation'),
      route('labour-arbitration'),
      route('payment-order', 'worker'),
      route('labour-inspection', 'worker', true),
    ]);
    const order = after('registered').routes.permitted.find((one) => one.procedure === 'payment-order');
    expect(order?.basis).toMatchObject({ law: '劳动合同法', article: '30' });
    expect(forbidden('registered', 'civil-litigation')).toMatchObject([{ by: 'either', rows: ['17'] }]);
  });

  test('limitation runs from the end of the employment until mediation interrupts it', () => {
    expect(deadline('registered', 'd:LD-06.termination:party:worker')).toMatchObject({
      status: 'running',
      trigger: { fact: 'employment-ended', on: '2026-02-27' },
    });
    expect(deadline('mediation-applied', 'd:LD-06.termination:party:worker').status).toBe('void');
  });

  test('LD-03 of 15 days, LD-06 of a year and provisional: no calendar of 2027 is published', () => {
    expect(deadline('mediation-applied', 'p1:LD-03')).toMatchObject({
      amount: 15,
      unit: 'D',
      naturalDue: '2026-03-17',
      due: '2026-03-17',
      dueAt: '2026-03-18T00:00:00+08:00',
      provisional: false,
      status: 'running',
      basis: { law: '劳动争议调解仲裁法', article: '14' },
    });
    expect(deadline('mediation-applied', 'd:LD-06:party:worker')).toMatchObject({
      amount: 1,
      unit: 'Y',
      trigger: { fact: 'mediation-applied', on: '2026-03-02' },
      due: '2027-03-02',
      provisional: true,
      procedureId: null,
      status: 'running',
    });
  });
});

describe('03-03 to 03-17: mediation runs out', () => {
  test('consents and the mediator lead into the session', () => {
    expect(procedure('employer-consents', 'p1')).toMatchObject({
      step: 'awaiting-neutral',
      consents: { worker: 'given', employer: 'given' },
    });
    expect(procedure('mediator-accepts', 'p1')).toMatchObject({
      step: 'in-session',
      neutrals: [{ account: cast.mediator.userId, status: 'accepted' }],
    });
  });

  test('after a session without agreement it is the parties’ move', () => {
    const { step } = procedure('first-session', 'p1');
    expect(procedureDefinition('mediation').steps[step]!.waitsFor).toEqual({ who: 'parties', role: 'party' });
    const awake = { ...after('first-session').state, backfill: false };
    expect(stall(awake, defaultProfile)).toMatchObject({
      reason: 'awaiting-party',
      waitingFor: { role: 'party', organisation: null },
    });
  });

  test('at 24:00 of 03-17 the period passes by itself: expired on that day, notices owed', () => {
    const { events, state } = after('suit-too-early');
    expect(events.map(({ type, occurredAt, cause }) => ({ type, occurredAt, cause }))).toEqual([
      { type: 'DeadlineElapsed', occurredAt: '2026-03-18T00:00:00+08:00', cause: null },
      { type: 'ProcedureClosed', occurredAt: '2026-03-18T00:00:00+08:00', cause: 0 },
      { type: 'NoticeOwed', occurredAt: '2026-03-18T00:00:00+08:00', cause: 0 },
      { type: 'NoticeOwed', occurredAt: '2026-03-18T00:00:00+08:00', cause: 0 },
    ]);
    expect(state.procedures['p1']).toMatchObject({
      status: 'closed',
      outcome: 'expired',
      closedOn: '2026-03-17',
    });
    expect(Object.values(state.debts)).toMatchObject([
      { notice: 'routes', outstanding: ['worker', 'employer'], organisation: bodies.centre.code },
      { notice: 'failure-record', outstanding: ['file'] },
    ]);
  });

  test('arbitration is open, a suit still forbidden (row 18), and refused when tried', () => {
    expect(open('suit-too-early')).toContainEqual(
      expect.objectContaining({ procedure: 'labour-arbitration', by: 'either', rows: ['18'] }),
    );
    expect(forbidden('suit-too-early', 'civil-litigation')).toMatchObject([{ rows: ['18'] }]);
    expect(after('suit-too-early').refusal).toMatchObject({
      code: 'route-forbidden',
      basis: { law: '劳动争议调解仲裁法' },
      alternatives: expect.arrayContaining([{ action: 'open-procedure', procedure: 'labour-arbitration' }]),
    });
  });

  test('03-18: notice and record settle what was owed', () => {
    expect(Object.values(after('routes-notice').state.debts).map(({ notice }) => notice)).toEqual(['failure-record']);
    expect(after('failure-record-filed').state.debts).toEqual({});
  });
});

describe('03-20 to 05-12: labour arbitration', () => {
  test('the application keeps limitation; acceptance within 5 working days, cautiously by 03-25', () => {
    expect(deadline('arbitration-applied', 'd:LD-06:party:worker')).toMatchObject({
      status: 'met',
      endedOn: '2026-03-20',
    });
    expect(deadline('arbitration-applied', 'p2:LD-08')).toMatchObject({
      amount: 5,
      unit: 'WD',
      due: '2026-03-27',
      cautiousDue: '2026-03-25',
      confidence: 'unverified',
      status: 'running',
    });
  });

  test('accepted: 45 days to 05-09, a Saturday that is a make-up workday', () => {
    expect(deadline('arbitration-accepted', 'p2:LD-08')).toMatchObject({ status: 'met', endedOn: '2026-03-25' });
    expect(deadline('arbitration-accepted', 'p2:LD-16')).toMatchObject({
      amount: 45,
      unit: 'D',
      trigger: { on: '2026-03-25' },
      naturalDue: '2026-05-09',
      due: '2026-05-09',
    });
    expect(dayOf(publishedCalendar, '2026-05-09').kind).toBe('make-up-workday');
    expect(new Date('2026-05-09T00:00:00Z').getUTCDay()).toBe(6);
  });

  test('papers: copy of the application, tribunal, answer', () => {
    expect(deadline('copy-served', 'p2:LD-10').status).toBe('met');
    expect(deadline('copy-served', 'p2:LD-10.answer:party:employer').status).toBe('running');
    expect(deadline('tribunal-notice-employer', 'p2:LD-11').status).toBe('met');
    expect(deadline('answer-received', 'p2:LD-10.answer:party:employer').status).toBe('met');
    expect(deadline('answer-received', 'p2:LD-10.serve-answer').status).toBe('running');
    expect(deadline('answer-served', 'p2:LD-10.serve-answer').status).toBe('met');
  });

  test('a hearing notice of 04-13 for 04-16 is refused (LD-13), and changes nothing', () => {
    const { refusal, events } = after('hearing-notice-too-late');
    expect(refusal).toMatchObject({
      code: 'notice-too-late',
      on: '2026-04-09',
      pointer: '/noticeOn',
      basis: { law: '劳动争议调解仲裁法', article: '35', rule: 'LD-13' },
    });
    expect(events).toEqual([]);
    expect(procedure('hearing', 'p2')).toMatchObject({
      step: 'heard',
      sessions: [{ at: '2026-04-16T09:00:00+08:00', heldOn: '2026-04-16' }],
    });
  });

  test('an award of mixed items is non-final; each party has 15 days from its own receipt', () => {
    expect(procedure('award-issued', 'p2')).toMatchObject({
      status: 'closed',
      outcome: 'non-final-award',
      closedOn: '2026-05-08',
      award: { kind: 'non-final', status: 'appealable' },
    });
    expect(deadline('award-issued', 'p2:LD-16').status).toBe('met');
    expect(deadline('award-to-worker', 'p2:LD-35:party:worker')).toMatchObject({
      trigger: { on: '2026-05-11' },
      due: '2026-05-26',
      amount: 15,
      unit: 'D',
    });
    expect(deadline('award-to-employer', 'p2:LD-35:party:employer')).toMatchObject({ due: '2026-05-27' });
  });

  test('either may sue; setting aside is forbidden (row 33)', () => {
    expect(open('award-to-employer')).toEqual([
      { procedure: 'civil-litigation', by: 'either', parallel: false, rows: ['33'] },
    ]);
    expect(forbidden('award-to-employer', 'set-aside')).toMatchObject([{ rows: ['33'] }]);
  });
});

describe('05-22 to 06-15: a suit, and joint mediation before filing is completed', () => {
  test('the worker’s suit keeps the worker’s period and takes effect from the award', () => {
    expect(deadline('suit-filed', 'p3:CL-02')).toMatchObject({ amount: 7, unit: 'D', due: '2026-05-29' });
    expect(deadline('suit-filed', 'p2:LD-35:party:worker')).toMatchObject({
      status: 'met',
      endedOn: '2026-05-22',
    });
    expect(deadline('suit-filed', 'p2:LD-35:party:employer').status).toBe('running');
    expect(procedure('suit-filed', 'p2').award).toMatchObject({ status: 'challenged', suedBy: ['worker'] });
  });

  test('no referral without the consent of both (CM-02)', () => {
    const early = decide(
      after('worker-consents-to-referral').state,
      {
        action: 'open-procedure',
        body: { procedure: 'pre-filing-mediation', joint: true, body: bodies.studio, appliedOn: '2026-05-25' },
      },
      contextOf(cast.clerk),
    );
    expect(early.refusal).toMatchObject({ code: 'consent-missing', basis: { rule: 'CM-02' } });
  });

  test('the referral meets CL-02, and the package is handed over; receipt starts CM-14', () => {
    expect(deadline('referred', 'p3:CL-02')).toMatchObject({ status: 'met', endedOn: '2026-05-25' });
    expect(procedure('referred', 'p3')).toMatchObject({ status: 'open', step: 'referred', openedOn: '2026-05-22' });
    expect(after('referred').state.handoffs['d1-h1']).toMatchObject({
      status: 'requested',
      from: { code: bodies.court.code },
      to: { code: bodies.studio.code },
    });
    expect(after('referred').state.deadlines['p4:CM-14']).toBeUndefined();
    expect(after('studio-receives').state.handoffs['d1-h1']).toMatchObject({
      status: 'accepted',
      acceptedOn: '2026-05-26',
    });
    expect(deadline('studio-receives', 'p4:CM-14')).toMatchObject({
      amount: 30,
      trigger: { on: '2026-05-26' },
      due: '2026-06-25',
      status: 'running',
    });
  });

  test('should the mediation fail, a new CL-02 starts and the filing date stays (row 11, CM-20)', () => {
    const failed = decide(
      after('joint-session').state,
      {
        action: 'end-mediation',
        procedureId: 'p4',
        body: { reason: 'wide-differences' },
        occurredAt: '2026-06-12',
      },
      contextOf(cast.union),
    );
    expect(failed.refusal).toBeNull();
    expect(failed.state.deadlines['p3:CL-02']).toMatchObject({
      generation: 2,
      due: '2026-06-22',
      naturalDue: '2026-06-19',
      status: 'running',
    });
    expect(failed.state.procedures['p3']).toMatchObject({ step: 'filing', openedOn: '2026-05-22' });
  });

  test('the panel: presiding mediator, coordinator, lawyer; the engineer’s refusal is a fact', () => {
    expect(types('health-engineer-declines')).toEqual(['InvitationAnswered', 'PanelFormed', 'StepEntered']);
    expect(after('health-engineer-declines').events[0]!.data).toMatchObject({
      seat: 'health-engineer',
      answer: 'declines',
    });
    expect(procedure('health-engineer-declines', 'p4')).toMatchObject({
      step: 'in-session',
      neutrals: [
        { seat: 'presiding-mediator', status: 'accepted' },
        { seat: 'coordinator', status: 'accepted' },
        { seat: 'legal-aid-lawyer', status: 'accepted' },
        { seat: 'health-engineer', status: 'declined' },
      ],
    });
    expect(types('legal-aid-lawyer-accepts')).toEqual(['InvitationAnswered']);
  });

  test('at 24:00 of 05-27 the company’s LD-35 passes without effect (LD-36)', () => {
    expect(after('joint-session').events[0]).toMatchObject({
      type: 'DeadlineElapsed',
      occurredAt: '2026-05-28T00:00:00+08:00',
      data: { deadlineId: 'p2:LD-35:party:employer', effect: 'no-effect' },
    });
    expect(types('joint-session')).toEqual(['DeadlineElapsed', 'SessionHeld']);
    expect(procedure('joint-session', 'p2').award?.status).toBe('challenged');
  });

  test('06-12: agreement in two instalments, facts, addresses and an admission recorded', () => {
    const { facts, agreement } = procedure('agreed', 'p4');
    expect(agreement).toMatchObject({
      recordedOn: '2026-06-12',
      terms: [
        { index: 1, dueOn: '2026-06-30', amount: { amount: '15840.00' }, performedOn: null },
        { index: 2, dueOn: '2026-07-31', amount: { amount: '15840.00' }, performedOn: null },
      ],
    });
    for (const fact of ['UndisputedFactRecorded', 'DeliveryAddressConfirmed', 'CompromiseAdmissionRecorded'])
      expect(facts[fact]).toMatchObject({ on: '2026-06-12' });
  });

  test('06-15: signed and so effective; CM-14 met; JC-01 for both until 07-15', () => {
    expect(procedure('signed', 'p4')).toMatchObject({
      status: 'closed',
      outcome: 'agreement',
      agreement: { signedOn: '2026-06-15', confirmed: false },
    });
    expect(deadline('signed', 'p4:CM-14')).toMatchObject({ status: 'met', endedOn: '2026-06-15' });
    for (const party of ['worker', 'employer'])
      expect(deadline('signed', `p4:JC-01:party:${party}`)).toMatchObject({
        amount: 30,
        due: '2026-07-15',
        status: 'running',
      });
  });

  test('confirmation jointly at the inviting court, or a document of the court; not at the commission', () => {
    const route = after('signed').routes.permitted.find((one) => one.procedure === 'judicial-confirmation');
    expect(route).toMatchObject({ jointly: true, deadline: { rule: 'JC-01' }, rows: ['10', '10b'] });
    expect(route?.note?.zh).toContain('出具调解书');
    expect(forbidden('signed', 'arbitral-confirmation')).toMatchObject([{ by: 'either', rows: ['10b'] }]);
    const elsewhere = decide(
      after('signed').state,
      {
        action: 'open-procedure',
        body: {
          procedure: 'judicial-confirmation',
          body: { code: 'another-court', name: null },
          appliedOn: '2026-06-18',
          applicants: ['worker', 'employer'],
        },
      },
      contextOf(cast.union),
    );
    expect(elsewhere.refusal).toMatchObject({ code: 'wrong-body', basis: { rule: 'JC-02' } });
  });
});

describe('06-18 to 06-24: judicial confirmation', () => {
  test('the package: agreement, undisputed facts, addresses, failure record; never the admission', () => {
    const { state } = after('confirmation-applied');
    const handoff = state.handoffs['d1-h2']!;
    expect(handoff).toMatchObject({
      status: 'requested',
      from: { code: bodies.studio.code },
      to: { code: bodies.court.code },
    });
    expect(handoff.parts).toEqual(
      expect.arrayContaining(['agreement', 'undisputed-facts', 'delivery-addresses', 'failure-record']),
    );
    expect(handoff.parts.join()).not.toMatch(/admission|minutes/);
    const papers = documentsOf(state, handoff.parts);
    expect(papers).toEqual([
      'doc-failure-record',
      'doc-award',
      'doc-worker-address',
      'doc-employer-address',
      'doc-agreement',
    ]);
    for (const party of ['worker', 'employer'])
      expect(deadline('confirmation-applied', `p4:JC-01:party:${party}`)).toMatchObject({
        status: 'met',
        endedOn: '2026-06-18',
      });
  });

  test('receipt of the package starts nothing; acceptance of the application starts JC-04', () => {
    expect(after('court-receives').state.handoffs['d1-h2']).toMatchObject({
      status: 'accepted',
      acceptedOn: '2026-06-22',
      externalId: '2026-0121-tiao-31',
    });
    expect(after('court-receives').state.deadlines['p5:JC-04']).toBeUndefined();
    expect(procedure('court-receives', 'p5').step).toBe('applied');
    expect(deadline('confirmation-accepted', 'p5:JC-04')).toMatchObject({
      trigger: { on: '2026-06-22' },
      due: '2026-07-22',
    });
  });

  test('confirmed: enforceable, the suit settled, the award superseded (unverified)', () => {
    const { state } = after('confirmed');
    expect(state.procedures['p5']).toMatchObject({ outcome: 'confirmed', closedOn: '2026-06-24' });
    expect(state.procedures['p4']!.agreement?.confirmed).toBe(true);
    expect(state.procedures['p3']).toMatchObject({ status: 'closed', outcome: 'settled' });
    expect(state.procedures['p2']!.award).toMatchObject({
      status: 'superseded-by-settlement',
      confidence: 'unverified',
    });
    expect(told.flatMap(({ events }) => events).some(({ type }) => type === 'AwardBecameEffective')).toBe(false);
  });

  test('objection within 15 days of receipt; enforcement open; no suit on the same dispute (row 6)', () => {
    for (const party of ['worker', 'employer'])
      expect(deadline('ruling-to-employer', `p5:JC-09:party:${party}`)).toMatchObject({
        amount: 15,
        due: '2026-07-09',
      });
    expect(forbidden('ruling-to-employer', 'civil-litigation')).toMatchObject([{ rows: ['6'] }]);
    expect(open('ruling-to-employer').map((route) => route.procedure)).toContain('enforcement');
  });
});

describe('06-30 to 08-05: performed and closed', () => {
  test('both instalments are noted on the agreement', () => {
    expect(procedure('second-instalment', 'p4').agreement?.terms).toMatchObject([
      { performedOn: '2026-06-30' },
      { performedOn: '2026-07-31' },
    ]);
  });

  test('closed as performed, with nothing owed, running or planned', () => {
    const { state } = told.at(-1)!;
    expect(state).toMatchObject({
      status: 'closed',
      closeReason: 'performed',
      closedOn: '2026-08-05',
      backfill: false,
      debts: {},
    });
    expect(Object.values(state.procedures).filter(({ status }) => status === 'open')).toEqual([]);
    expect(Object.values(state.deadlines).filter(({ status }) => ['running', 'suspended'].includes(status))).toEqual(
      [],
    );
    expect(plan(state, publishedCalendar)).toMatchObject({
      procedures: [],
      handoffs: [],
      obligations: [],
      nextDue: null,
    });
    expect(stall(state, defaultProfile)).toBeNull();
  });

  test('no body was ever overdue: only what the law attaches nothing to has elapsed', () => {
    const elapsed = Object.values(told.at(-1)!.state.deadlines).filter(({ status }) => status === 'elapsed');
    expect(elapsed.map(({ deadlineId, due }) => [deadlineId, due])).toEqual([
      ['p1:LD-03', '2026-03-17'],
      ['p2:LD-35:party:employer', '2026-05-27'],
      ['p5:JC-09:party:worker', '2026-07-09'],
      ['p5:JC-09:party:employer', '2026-07-09'],
    ]);
  });
});

test('the events are in legal order, and folding them gives the state that was decided', () => {
  const history = asHistory(told.map(({ events }) => events));
  expect(fold(history)).toEqual(told.at(-1)!.state);
  const days = history.slice(0, -1).map(({ occurredAt }) => occurredAt.slice(0, 10));
  expect([...days].sort()).toEqual(days);
});
