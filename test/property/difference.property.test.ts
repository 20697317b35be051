import fc from 'fast-check';
import { addDays } from '../../src/domain/calendar/civil-date.js';
import type { RecordedFact } from '../../src/domain/dispute/as-of.js';
import { difference } from '../../src/domain/dispute/difference.js';
import { fold } from '../../src/domain/dispute/evolve.js';
import { arbitraryAction, arbitraryBody, disputeTypes, draws, type Draw } from '../support/arbitrary-commands.js';
import { attempt, registered, type Matter } from '../unit/dispute/matter.js';

const first = '2025-01-06';
const now = '2060-12-01T10:00:00+08:00';

const played = (type: string, sequence: readonly Draw[]): RecordedFact[] => {
  const parties = [
    { ref: 'a', role: 'claimant', kind: 'person', name: { ref: 'a', commitment: '0' } },
    { ref: 'b', role: 'respondent', kind: 'organisation', name: { ref: 'b', commitment: '0' } },
  ];
  let matter: Matter = registered(type, first, `${first}T10:00:00+08:00`, { parties });
  let on = first;
  for (const draw of sequence) {
    on = addDays(on, draw.days);
    const { action, fields, procedureId } = arbitraryAction(matter.state, draw);
    const body = arbitraryBody(fields, matter.state, on, draw.seed);
    const handoff = matter.state.handoffs[body['handoffId'] as string];
    const at = handoff?.to.code ?? (procedureId ? matter.state.procedures[procedureId]!.body.code : 'BODY-0');
    const { decision: _, ...after } = attempt(matter, { at, action, body, procedureId, occurredAt: on }, now);
    matter = after;
  }
  return matter.history.map((event) => ({ ...event, recordedAt: now }));
};

it('of any two versions: what the states say, each change with a cause between them', () => {
  fc.assert(
    fc.property(disputeTypes, draws, fc.nat(), fc.nat(), (type, sequence, one, other) => {
      const history = played(type, sequence);
      const [from, to] = [one % (history.length + 1), other % (history.length + 1)].sort((a, b) => a - b) as [
        number,
        number,
      ];
      const { before, after, changes } = difference(history, from, to);
      expect(before).toEqual(fold(history.slice(0, from)));
      expect(after).toEqual(fold(history.slice(0, to)));
      for (const { because } of changes) {
        expect(because.length).toBeGreaterThan(0);
        expect(because.at(-1)!).toBeGreaterThan(from);
        expect(because.at(-1)!).toBeLessThanOrEqual(to);
      }
      if (from === to) expect(changes).toEqual([]);
      const named = (thing: string) => new Set(changes.filter((change) => change.thing === thing).map(({ id }) => id));
      for (const [id, procedure] of Object.entries(after?.procedures ?? {})) {
        const { facts: _facts, stepSince: _since, organisations: _bodies, ...is } = procedure;
        const then = before?.procedures[id];
        const { facts: _f, stepSince: _s, organisations: _b, ...was } = then ?? procedure;
        expect(named('procedure').has(id)).toBe(!then || JSON.stringify(is) !== JSON.stringify(was));
      }
      const whole = difference(history, 0, history.length).changes.filter(({ thing }) => thing === 'procedure');
      expect(whole.map(({ id }) => id)).toEqual(Object.keys(fold(history)!.procedures));
    }),
    { numRuns: 30, endOnFailure: true },
  );
});
