import { publishedCalendar } from '../../../src/domain/calendar/calendar.js';
import type { Requester } from '../../../src/domain/dispute/context.js';
import { decide, type Request } from '../../../src/domain/dispute/decide.js';
import { fold } from '../../../src/domain/dispute/evolve.js';
import type { DecidedEvent } from '../../../src/domain/dispute/event.js';
import { register } from '../../../src/domain/dispute/register.js';
import { routesNow } from '../../../src/domain/dispute/routes.js';
import type { DisputeState } from '../../../src/domain/dispute/state.js';
import { profileForRegion } from '../../../src/domain/profiles/profiles.js';
import { ruleBook } from '../../../src/domain/rules/rule-book.js';
const sealed = (ref: string) => ({ ref, commitment: '0' });
const by = (role: string, organisation: string): Requester => ({ account: `${role}-1`, roles: [role as never], organisation, region: '360121' });
const context = (who: Requester) => ({ now: '2026-11-23T10:00:00+08:00', by: who, calendar: publishedCalendar, rules: ruleBook, profile: profileForRegion('360121') });
test('story', () => {
  const first = register({ disputeId: 'd1', caseCode: 'c1' }, {
    type: 'labour', region: '360121', source: 'counter', receivedOn: '2026-03-02', title: sealed('t'), backfill: true,
    parties: [
      { ref: 'worker', role: 'claimant', kind: 'person', name: sealed('w') },
      { ref: 'employer', role: 'respondent', kind: 'organisation', name: sealed('e') },
    ],
    facts: { employmentEndedOn: '2026-02-27' },
  } as never, context(by('intake', 'desk')));
  if ('code' in first) throw new Error(first.code);
  let state: DisputeState = first.state; let events: DecidedEvent[] = [...first.events];
  const run = (who: Requester, action: string, body: Record<string, unknown>, procedureId?: string) => {
    const d = decide(state, { action, body, procedureId } as Request, context(who));
    events.push(...d.events); state = d.state;
    console.log(action, d.late ? 'LATE' : '', d.refusal ? JSON.stringify(d.refusal) : d.events.map((e) => `${e.type}${e.data['rule'] ? ':' + e.data['rule'] + '→' + (e.data['due'] ?? '') : ''}@${e.occurredAt}`).join(' '));
    return d;
  };
  const med = by('mediator', 'MED'); const arb = by('arbitrator', 'ARB'); const court = by('court-clerk', 'COURT'); const union = by('mediator', 'UNION');
  const b = (code: string) => ({ code, name: sealed(code) });
  const routes = () => { const r = routesNow(state); console.log('   ROUTES', r.permitted.map((p) => `${p.procedure}/${p.by}${p.parallel ? '‖' : ''}[${p.rows}]`).join(' '), '✗', r.forbidden.map((p) => `${p.procedure}/${p.by}[${p.rows}]`).join(' ')); };
  routes();
  run(med, 'open-procedure', { procedure: 'mediation', track: 'labour', body: b('MED'), appliedOn: '2026-03-02' });
  run(med, 'record-consent', { party: 'worker', consent: 'given', consentedOn: '2026-03-03' });
  run(med, 'record-consent', { party: 'employer', consent: 'given', consentedOn: '2026-03-03' });
  run(med, 'designate-neutral', { person: { account: 'm1', name: null }, designatedOn: '2026-03-04' });
  run(med, 'answer-designation', { answer: 'accepts', answeredOn: '2026-03-04' });
  run(med, 'record-session', { heldOn: '2026-03-10', result: 'no-agreement' });
  run(med, 'give-notice', { notice: 'routes', parties: ['worker', 'employer'], givenOn: '2026-03-18' });
  routes();
  run(med, 'file-record', { kind: 'failure-record', filedOn: '2026-03-18' });
  run(by('mediator','MED'), 'open-procedure', { procedure: 'civil-litigation', body: b('COURT'), appliedOn: '2026-03-20' });
  run(arb, 'open-procedure', { procedure: 'labour-arbitration', body: b('ARB'), appliedOn: '2026-03-20' });
  run(arb, 'accept-application', { acceptedOn: '2026-03-25' });
  run(arb, 'form-tribunal', { formedOn: '2026-03-27' });
  run(arb, 'schedule-session', { at: '2026-04-16T09:00:00+08:00', noticeOn: '2026-04-13' });
  run(arb, 'schedule-session', { at: '2026-04-16T09:00:00+08:00', noticeOn: '2026-04-03' , }, undefined);
  run(arb, 'record-session', { heldOn: '2026-04-16' });
  run(arb, 'issue-award', { issuedOn: '2026-05-08', finality: 'mixed' });
  run(arb, 'serve', { paper: 'award', party: 'worker', servedOn: '2026-05-11' });
  run(arb, 'serve', { paper: 'award', party: 'employer', servedOn: '2026-05-12' });
  routes();
  run(court, 'open-procedure', { procedure: 'civil-litigation', body: b('COURT'), appliedOn: '2026-05-22', applicants: ['worker'] });
  run(court, 'record-consent', { party: 'worker', consent: 'given', consentedOn: '2026-05-25' });
  run(court, 'record-consent', { party: 'employer', consent: 'given', consentedOn: '2026-05-25' });
  run(court, 'open-procedure', { procedure: 'pre-filing-mediation', joint: true, body: b('UNION'), appliedOn: '2026-05-25' });
  run(union, 'accept-handoff', { handoffId: 'd1-h1', receivedOn: '2026-05-26' });
  run(court, 'designate-neutral', { person: { account: 'j1', name: null }, seat: 'presiding-mediator', designatedOn: '2026-05-27' });
  run(court, 'answer-designation', { account: 'j1', answer: 'accepts', answeredOn: '2026-05-27' });
  for (const [seat, account, answer] of [['coordinator', 'a1', 'accepts'], ['health-engineer', 'a3', 'declines'], ['legal-aid-lawyer', 'a2', 'accepts']]) {
    run(union, 'nominate-adviser', { seat, person: { account, name: null }, nominatedOn: '2026-05-27' });
    run(union, 'answer-invitation', { seat, account, answer, answeredOn: '2026-05-27' });
  }
  run(union, 'record-undisputed-fact', { text: sealed('f'), confirmedBy: ['worker', 'employer'], confirmedOn: '2026-06-12' });
  run(union, 'record-agreement', { agreedOn: '2026-06-12', kind: 'wages', terms: [{ obligor: 'employer', obligee: 'worker', dueOn: '2026-06-30' }, { obligor: 'employer', obligee: 'worker', dueOn: '2026-07-31' }] });
  run(union, 'sign-agreement', { signedOn: '2026-06-15', parties: ['worker', 'employer'], mediator: true, body: true });
  routes();
  run(union, 'open-procedure', { procedure: 'judicial-confirmation', body: b('COURT'), appliedOn: '2026-06-18', applicants: ['worker', 'employer'] });
  run(court, 'accept-handoff', { handoffId: 'd1-h2', receivedOn: '2026-06-22' });
  run(court, 'accept-application', { acceptedOn: '2026-06-22' });
  run(court, 'issue-ruling', { madeOn: '2026-06-24', result: 'confirmed' });
  run(court, 'serve', { paper: 'ruling', party: 'worker', servedOn: '2026-06-24' });
  run(court, 'serve', { paper: 'ruling', party: 'employer', servedOn: '2026-06-24' });
  routes();
  run(union, 'open-procedure', { procedure: 'follow-up', body: b('UNION'), appliedOn: '2026-06-24' });
  run(union, 'record-performance', { instalment: 1, performedOn: '2026-06-30' });
  run(union, 'record-performance', { instalment: 2, performedOn: '2026-07-31' });
  run(union, 'record-follow-up', { heldOn: '2026-08-05' });
  run(union, 'finish-backfill', {});
  console.log(Object.values(state.deadlines).map((d) => `${d.deadlineId} ${d.due} ${d.status} ${d.effect ?? ''}`).join('\n'));
  expect(fold(events.map((e, i) => ({ ...e, version: i + 1 })))).toEqual(state);
});
