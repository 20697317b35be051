import { procedureDefinitions } from '../../../src/domain/procedures/procedures.js';
import { basisOf, findRule } from '../../../src/domain/rules/rule-book.js';

/** What a definition names must exist: a slip in a table is not for a party to find. */
describe.each(procedureDefinitions.map((definition) => [definition.code, definition] as const))(
  'the definition of %s',
  (_, { steps, opening, actions, elapses, offers, outcomes }) => {
    const all = Object.entries(actions);
    const ruleOf = (start: string | { rule: string }) => (typeof start === 'string' ? start : start.rule);

    it('cites rules and norms of the rule book', () => {
      const cited = [opening.basis, ...all.map(([, { basis }]) => basis), ...(offers ?? []).map(({ basis }) => basis)];
      for (const owed of all.flatMap(([, { owes }]) => owes ?? []))
        if (typeof owed !== 'string') cited.push(owed.basis);
      for (const code of cited) if (code !== undefined) expect(() => basisOf(code)).not.toThrow();
    });

    it('starts, meets and lets elapse periods that the rule book holds', () => {
      const rules = [
        ...(opening.starts ?? []).map(ruleOf),
        ...all.flatMap(([, { starts, meets }]) => [...(starts ?? []).map(ruleOf), ...(meets ?? [])]),
        ...Object.keys(elapses ?? {}),
      ];
      for (const rule of rules)
        if (!rule.startsWith('SL-')) expect([rule, findRule(rule) !== undefined]).toEqual([rule, true]);
    });

    it('leads to steps and outcomes of its own', () => {
      const known = Object.keys(steps);
      const entered = [
        opening.step,
        ...all.flatMap(([, action]) => [...(action.in ?? []), ...(action.to ? [action.to] : [])]),
      ];
      for (const step of entered) expect(known).toContain(step);
      const closing = [
        ...all.map(([, { closes }]) => closes),
        ...Object.values(elapses ?? {}).map(({ closes }) => closes),
      ];
      for (const outcome of closing) if (outcome !== undefined) expect(outcomes).toContain(outcome);
    });

    it('leaves something to do at every step', () => {
      for (const step of Object.keys(steps))
        expect(all.filter(([, action]) => action.in === undefined || action.in.includes(step)).length).toBeGreaterThan(
          0,
        );
    });
  },
);
