import type { RecordedFact } from '../../../src/domain/dispute/as-of.js';
import { difference, lawBehind, type Caused } from '../../../src/domain/dispute/difference.js';
import { act, body, pass, perform, registered, type Matter } from './matter.js';

const now = '2026-06-01T10:00:00+08:00';
const recorded = ({ history }: Matter): RecordedFact[] => history.map((event) => ({ ...event, recordedAt: now }));

const opened = perform(
  registered('labour', '2026-03-02', now),
  [act('MED', 'open-procedure', { procedure: 'mediation', track: 'labour', body: body('MED') }, '2026-03-02')],
  now,
);
const consented = perform(
  opened,
  ['worker', 'employer'].map((party) => act('MED', 'record-consent', { party, consent: 'given' }, '2026-03-03')),
  now,
);
const expired = pass(consented, '2026-03-18T00:00:00+08:00');
const history = recorded(expired);
const between = (from: Matter, to: Matter): Caused[] =>
  difference(history, from.history.length, to.history.length).changes;
const typesOf = ({ because }: Caused): string[] => because.map((version) => history[version - 1]!.type);
const find = (changes: readonly Caused[], thing: string, id: string, member: string | null) =>
  changes.find((one) => one.thing === thing && one.id === id && one.member === member);

describe('the difference between two versions', () => {
  it('names what came into being as a whole, with all that made it what it is', () => {
    const changes = difference(history, 0, opened.history.length).changes;
    expect(find(changes, 'dispute', 'd', null)?.because).toContain(1);
    expect(find(changes, 'party', 'worker', null)?.because).toEqual([1]);
    expect(typesOf(find(changes, 'procedure', 'p1', null)!)).toEqual(['ProcedureOpened']);
    expect(typesOf(find(changes, 'deadline', 'p1:LD-03', null)!)).toEqual(['ProcedureOpened', 'DeadlineStarted']);
  });

  it('names each member that became otherwise, with the events that made it so and those they follow from', () => {
    const changes = between(opened, consented);
    expect(typesOf(find(changes, 'procedure', 'p1', 'consents')!)).toEqual(['ConsentRecorded', 'ConsentRecorded']);
    // The step follows from the second consent alone.
    expect(typesOf(find(changes, 'procedure', 'p1', 'step')!)).toEqual(['ConsentRecorded', 'StepEntered']);
    expect(find(changes, 'procedure', 'p1', 'status')).toBeUndefined();
  });

  it('leads from a consequence to the period whose passing brought it', () => {
    const changes = between(consented, expired);
    const status = find(changes, 'procedure', 'p1', 'status')!;
    expect(typesOf(status)).toEqual(['DeadlineElapsed', 'ProcedureClosed']);
    expect(find(changes, 'procedure', 'p1', 'outcome')?.because).toEqual(status.because);
    const elapsed = history[status.because[0]! - 1]!;
    expect(lawBehind(elapsed, expired.state)).toMatchObject({ rule: 'LD-03', basis: { article: '14' } });
  });

  it('is empty of a version with itself, and does not name what changed and changed back', () => {
    expect(difference(history, history.length, history.length).changes).toEqual([]);
    const owners = ['CHIEF', 'MED'].map((organisation) => act('MED', 'assign', { organisation }, now));
    const twice = recorded(perform(expired, owners, now));
    expect(difference(twice, history.length, twice.length).changes).toEqual([]);
    expect(difference(twice, history.length, twice.length - 1).changes).toEqual([
      { thing: 'owner', id: 'd', member: 'organisation', because: [twice.length - 1] },
    ]);
  });

  it.each([
    [3, 2],
    [0, history.length + 1],
    [-1, 2],
  ])('from %d to %d is none', (from, to) => {
    expect(() => difference(history, from, to)).toThrow(RangeError);
  });
});

describe('the law behind an event', () => {
  it('is that of the deadline, of the notice owed, of the route, or of the action; or none', () => {
    const lawOf = (type: string) =>
      lawBehind(
        history.find((event) => event.type === type)!,
        expired.state,
      );
    expect(lawOf('DeadlineStarted').rule).not.toBeNull();
    expect(lawOf('NoticeOwed').basis).toHaveProperty('law');
    expect(lawOf('ProcedureOpened').basis).toHaveProperty('article');
    expect(lawOf('StepEntered')).toEqual({ rule: null, basis: null });
  });
});
