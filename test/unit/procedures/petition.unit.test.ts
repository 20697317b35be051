import { routeFacts } from '../../../src/domain/dispute/routes.js';
import { chronicle, opens, type Line } from './chronicle.js';

const higher = (code: string) => ({ party: 'a', body: { code, name: null } });

const throughOpinion: readonly Line[] = [
  ['2026-03-05', 'GOV', 'classify', { category: 6 }],
  ['2026-03-06', 'GOV', 'accept-application'],
  ['2026-04-20', 'GOV', 'issue-opinion', { result: 'not-supported' }],
  ['2026-04-21', 'GOV', 'serve', { paper: 'opinion', party: 'a' }],
];
const throughRecheck: readonly Line[] = [
  ...throughOpinion,
  ['2026-05-11', 'GOV', 'request-recheck', higher('CITY')],
  ['2026-06-01', 'CITY', 'decide-recheck', { result: 'not-supported' }],
  ['2026-06-02', 'CITY', 'serve', { paper: 'recheck-opinion', party: 'a' }],
];

describe('petition 信访', () => {
  const registered = (lines: readonly Line[] = []) => {
    const matter = chronicle('petition', '2026-03-02');
    matter.tell([['2026-03-02', 'GOV', 'open-procedure', opens('petition', 'GOV')], ...lines]);
    return matter;
  };

  it('is classified and the petitioner told in fifteen days', () => {
    expect(registered().clock('p1:XF-02')).toBe('2026-03-17 running');
    expect(
      chronicle('debt', '2026-03-02').refused('2026-03-02', 'GOV', 'open-procedure', opens('petition', 'GOV')),
    ).toBe('route-forbidden');
  });

  it.each([
    [1, ['civil-litigation either']],
    [2, ['labour-arbitration either', 'rural-land-arbitration either', 'commercial-arbitration either']],
    [3, []],
    [4, ['administrative-review either', 'adjudication either']],
    [5, ['department-complaint either']],
  ])('of category (%s) is diverted to its statutory route without an opinion', (category, routes) => {
    const matter = registered([['2026-03-05', 'GOV', 'classify', { category }]]);
    expect(matter.procedure('p1')).toMatchObject({ status: 'closed', outcome: 'classified' });
    expect(routeFacts(matter.state).petitionCategory).toBe(category);
    expect(matter.owed()).toEqual(['p1:routes']);
    expect(matter.state.debts['p1:routes']?.basis.rule).toBe('XF-05');
    expect(matter.permitted()).toEqual(routes);
    expect(matter.forbidden()).toContain('petition');
    expect(matter.refused('2026-03-06', 'GOV', 'accept-application')).toBe('procedure-closed');
  });

  it('diverted to adjudication, starts no period that the rules do not have for it', () => {
    const matter = registered([
      ['2026-03-05', 'GOV', 'classify', { category: 4 }],
      ['2026-03-06', 'GOV', 'open-procedure', opens('adjudication', 'GOV')],
      ['2026-03-09', 'GOV', 'accept-application'],
    ]);
    expect(matter.procedure('p2').track).toBe('other');
    expect(matter.rules()).toEqual(['XF-02']);
  });

  it('of category (6) is finished in sixty days of acceptance, extended once and with notice', () => {
    const matter = registered(throughOpinion.slice(0, 2));
    expect(matter.clock('p1:XF-06')).toBe('2026-05-06 running');
    matter.tell([['2026-04-20', 'GOV', 'extend', { approvedBy: 'head' }]]);
    expect(matter.clock('p1:XF-06')).toBe('2026-06-04 running');
    expect(matter.state.debts['p1:extension']?.basis.rule).toBe('XF-06');
    expect(matter.refused('2026-04-21', 'GOV', 'extend', { approvedBy: 'head' })).toBe('extension-exhausted');
    matter.until('2026-06-05');
    expect(matter.clock('p1:XF-06')).toBe('2026-06-04 elapsed');
    expect(matter.procedure('p1').status).toBe('open');
  });

  it('answered, is rechecked by the body above within thirty days, but not re-reviewed nor sued upon', () => {
    const matter = registered(throughOpinion);
    expect(matter.clock('p1:XF-07:party:a')).toBe('2026-05-21 running');
    expect(routeFacts(matter.state).petitionStage).toBe('handling');
    expect(matter.forbidden()).toEqual(expect.arrayContaining(['administrative-review', 'administrative-litigation']));
    expect(matter.refusal('2026-05-11', 'GOV', 'request-rereview', higher('CITY'))).toMatchObject({
      code: 'action-not-available',
      basis: { rule: 'XF-08' },
    });
    matter.tell([['2026-05-11', 'GOV', 'request-recheck', higher('CITY')]]);
    expect(matter.procedure('p1')).toMatchObject({ status: 'open', step: 'recheck', body: { code: 'CITY' } });
    expect(matter.clock('p1:XF-07:party:a')).toBe('2026-05-21 met');
    expect(matter.clock('p1:XF-07.decision')).toBe('2026-06-10 running');

    const late = registered(throughOpinion);
    late.until('2026-05-22');
    expect(late.refused('2026-05-22', 'GOV', 'request-recheck', higher('CITY'))).toBe('deadline-passed');
  });

  it('re-reviewed, is concluded: the same facts are not accepted again', () => {
    const matter = registered(throughRecheck);
    expect(matter.clock('p1:XF-08:party:a')).toBe('2026-07-02 running');
    expect(matter.refused('2026-06-05', 'CITY', 'request-recheck', higher('CITY'))).toBe('action-not-available');
    matter.tell([
      ['2026-06-15', 'CITY', 'request-rereview', higher('PROV')],
      ['2026-06-22', 'PROV', 'suspend', { ground: 'hearing', from: '2026-06-22', approvedBy: 'body' }],
      ['2026-07-02', 'PROV', 'resume', { to: '2026-07-02' }],
    ]);
    expect(matter.clock('p1:XF-08.decision')).toBe('2026-07-27 running');
    matter.tell([
      ['2026-07-10', 'PROV', 'decide-rereview', { result: 'not-supported' }],
      ['2026-07-13', 'PROV', 'serve', { paper: 'rereview-opinion', party: 'a' }],
    ]);
    expect(routeFacts(matter.state).petitionStage).toBe('rereview');
    expect(matter.permitted()).toEqual(['follow-up body']);
    expect(matter.forbidden()).toContain('petition');
    expect(Object.values(matter.state.deadlines).filter(({ status }) => status === 'running')).toEqual([]);
  });

  it('is not taken further by the other side, nor in a closed dispute', () => {
    const matter = registered(throughOpinion);
    expect(matter.refused('2026-05-11', 'GOV', 'request-recheck', { ...higher('CITY'), party: 'b' })).toBe(
      'action-not-available',
    );
    matter.tell([['2026-05-11', 'GOV', 'close', { reason: 'decided' }]]);
    expect(matter.refused('2026-05-12', 'GOV', 'request-recheck', higher('CITY'))).toBe('dispute-closed');
  });

  it('is settled only with the consent of all', () => {
    const matter = registered(throughOpinion.slice(0, 2));
    expect(matter.refused('2026-03-20', 'GOV', 'record-settlement', { parties: ['a', 'a'] })).toBe('consent-missing');
    matter.tell([['2026-03-20', 'GOV', 'record-settlement', { parties: ['a', 'b'] }]]);
    expect(matter.permitted()).toEqual(['follow-up body']);
  });
});
