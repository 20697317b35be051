import { ask } from './ask.js';

describe('a labour dispute at intake', () => {
  const intake = ask('labour', 'intake', 'registered');

  test('opens negotiation, mediation, arbitration and payment order, and inspection beside them', () => {
    expect([...intake.permits].sort()).toEqual([
      'labour-arbitration',
      'labour-inspection',
      'mediation',
      'negotiation',
      'payment-order',
    ]);
    expect(intake.permitted('mediation')).toMatchObject({ deadline: { rule: 'LD-03' }, track: 'labour' });
    expect(intake.permitted('labour-arbitration')?.deadline).toEqual({ rule: 'LD-06' });
    expect(intake.permitted('payment-order')?.basis).toMatchObject({ law: '劳动合同法', article: '30' });
    expect(intake.permitted('labour-inspection')).toMatchObject({ parallel: true, by: 'worker' });
    expect(intake.permitted('labour-arbitration')?.parallel).toBe(false);
  });

  test('forbids a suit: arbitration comes first', () => {
    expect(intake.forbidden('civil-litigation')).toMatchObject({
      rows: ['17'],
      basis: { law: '劳动争议调解仲裁法', article: '5' },
      confidence: 'verified',
    });
  });

  test('names what it assumed', () => {
    expect(intake.assumed).toMatchObject({ wageIou: false, collective: 1, employmentEndedOn: null });
  });

  test('a known end of the employment is not assumed, and wages have no note on it', () => {
    const ended = ask('labour', 'intake', 'registered', { employmentEndedOn: '2026-02-27' });
    expect(ended.assumed).not.toHaveProperty('employmentEndedOn');
    expect(ended.permitted('labour-arbitration')).not.toHaveProperty('note');
    expect(intake.permitted('labour-arbitration')).toHaveProperty('note');
  });

  test('a wage IOU opens the suit directly, and only that', () => {
    const iou = ask('labour', 'intake', 'registered', { wageIou: true });
    expect(iou.permitted('civil-litigation')).toMatchObject({ by: 'worker', rows: ['25'] });
    expect(iou.forbids).not.toContain('civil-litigation');
    expect(iou.permits).toContain('labour-arbitration');
    const confirmed = ask('labour', 'judicial-confirmation', 'confirmed', { wageIou: true });
    expect(confirmed.forbids).toContain('civil-litigation');
    const award = ask('labour', 'labour-arbitration', 'final-award', { wageIou: true });
    expect(award.forbidden('civil-litigation', 'employer')).toBeDefined();
  });

  test('a refusal of one party closes mediation only', () => {
    const refused = ask('labour', 'intake', 'registered', { bothAgree: false });
    expect(refused.forbidden('mediation')?.rows).toEqual(['1']);
    expect(refused.permits).not.toContain('mediation');
    expect(refused.permits).toContain('labour-arbitration');
  });
});

describe.each(['expired', 'no-agreement', 'refused'] as const)('labour mediation that ended as %s', (outcome) => {
  const ended = ask('labour', 'mediation', outcome);

  test('opens arbitration, not a suit', () => {
    expect(ended.permitted('labour-arbitration')).toMatchObject({
      deadline: { rule: 'LD-06' },
      rows: ['18'],
    });
    expect(ended.forbidden('civil-litigation')?.rows).toEqual(['18']);
  });

  test('owes both a notice of their routes, and is not forced on them again', () => {
    expect(ended.duties).toContain('PM-09');
    expect(ended.forbidden('mediation')?.rows).toEqual(['5']);
    expect(ended.assumed['bothAgree']).toBe(false);
    expect(ask('labour', 'mediation', outcome, { bothAgree: true }).permits).toContain('mediation');
  });
});

describe('a labour agreement', () => {
  test('goes jointly to one of two confirmations', () => {
    const agreed = ask('labour', 'mediation', 'agreement');
    expect(agreed.permitted('arbitral-confirmation')).toMatchObject({
      jointly: true,
      deadline: { rule: 'LD-23' },
    });
    expect(agreed.permitted('judicial-confirmation')).toMatchObject({
      jointly: true,
      deadline: { rule: 'JC-01' },
    });
    expect(agreed.permitted('arbitral-confirmation')?.note?.zh).toContain('其一');
    expect(agreed.forbidden('enforcement')?.rows).toEqual(['4']);
    expect(ask('labour', 'judicial-confirmation', 'confirmed').forbids).toContain('arbitral-confirmation');
    expect(ask('labour', 'arbitral-confirmation', 'confirmed').forbids).toContain('judicial-confirmation');
  });

  test('breached: wages may go to payment order or court, the rest to arbitration', () => {
    const wages = ask('labour', 'follow-up', 'breach', { agreementKind: 'wages' });
    expect(wages.permits).toEqual(expect.arrayContaining(['payment-order', 'civil-litigation', 'labour-arbitration']));
    expect(wages.permitted('payment-order')?.basis).toMatchObject({ article: '16', rule: 'LD-05' });
    expect(wages.forbids).toEqual(['enforcement']);
    const other = ask('labour', 'follow-up', 'breach', { agreementKind: 'other' });
    expect(other.permits).toEqual(['labour-arbitration']);
    expect(other.forbids.sort()).toEqual(['civil-litigation', 'enforcement']);
  });

  test('breached after confirmation: enforcement, no suit', () => {
    const confirmed = ask('labour', 'follow-up', 'breach', {
      agreementConfirmed: true,
      agreementKind: 'wages',
    });
    expect(confirmed.permitted('enforcement')).toMatchObject({ rows: ['6'], deadline: { rule: 'CL-15' } });
    expect(confirmed.permits).toEqual(['enforcement']);
    expect(confirmed.forbids).toEqual(['civil-litigation']);
  });

  test('breached while both still agree: a confirmation in time', () => {
    const facts = { agreementEffectiveOn: '2026-06-01', bothAgree: true } as const;
    const on = (day: string) => ask('labour', 'follow-up', 'breach', facts, { on: day }).permits;
    expect(on('2026-06-16')).toEqual(expect.arrayContaining(['arbitral-confirmation', 'judicial-confirmation']));
    expect(on('2026-06-17')).not.toContain('arbitral-confirmation');
    expect(on('2026-07-01')).toContain('judicial-confirmation');
    expect(on('2026-07-02')).not.toContain('judicial-confirmation');
  });

  test('not confirmed by the court: a suit only for pay, unverified', () => {
    const pay = ask('labour', 'judicial-confirmation', 'not-confirmed', { agreementKind: 'payment' });
    expect(pay.permitted('civil-litigation')).toMatchObject({ by: 'worker', confidence: 'unverified' });
    expect(pay.forbids).not.toContain('civil-litigation');
    const other = ask('labour', 'judicial-confirmation', 'not-confirmed');
    expect(other.forbidden('civil-litigation')?.rows).toEqual(['22']);
    expect(other.permits).toContain('labour-arbitration');
    expect(ask('labour', 'arbitral-confirmation', 'not-confirmed', { agreementKind: 'payment' }).forbids).toContain(
      'civil-litigation',
    );
  });
});

describe('a final award', () => {
  test('the worker sues, the employer asks for setting aside', () => {
    const award = ask('labour', 'labour-arbitration', 'final-award');
    expect(award.permitted('civil-litigation')).toMatchObject({
      by: 'worker',
      jointly: false,
      parallel: false,
      deadline: { rule: 'LD-30' },
      rows: ['29'],
    });
    expect(award.permitted('set-aside')).toMatchObject({
      by: 'employer',
      deadline: { rule: 'LD-31' },
      rows: ['30'],
    });
    expect(award.forbidden('set-aside')).toMatchObject({ by: 'worker', rows: ['29'] });
    expect(award.forbidden('civil-litigation')).toMatchObject({ by: 'employer', rows: ['30'] });
    expect(award.assumed).toMatchObject({ workerSued: false });
  });

  test('once the worker has sued the employer cannot', () => {
    const award = ask('labour', 'labour-arbitration', 'final-award', { workerSued: true });
    expect(award.permits).not.toContain('set-aside');
    expect(award.forbidden('set-aside', 'employer')?.basis.rule).toBe('LD-33');
  });

  test('annulled: either may sue; the application refused: enforcement', () => {
    expect(ask('labour', 'set-aside', 'annulled').permitted('civil-litigation')).toMatchObject({
      by: 'either',
      deadline: { rule: 'LD-32' },
    });
    const refused = ask('labour', 'set-aside', 'dismissed');
    expect(refused.permits).toEqual(['enforcement']);
    expect(refused.forbidden('civil-appeal')?.rows).toEqual(['32']);
  });
});

describe('a non-final award and what follows it', () => {
  test('either may sue in time, nobody may ask for setting aside', () => {
    const award = ask('labour', 'labour-arbitration', 'non-final-award');
    expect(award.permitted('civil-litigation')).toMatchObject({
      by: 'either',
      deadline: { rule: 'LD-35' },
      rows: ['33'],
    });
    expect(award.forbidden('set-aside')?.rows).toEqual(['33']);
    expect(award.permits).not.toContain('enforcement');
    expect(ask('labour', 'labour-arbitration', 'effective').permits).toContain('enforcement');
  });

  test('a suit lodged may go to joint mediation before filing, a filed one to mediation in trial', () => {
    const lodged = ask('labour', 'civil-litigation', 'registered');
    expect(lodged.permitted('pre-filing-mediation')).toMatchObject({
      jointly: true,
      deadline: { rule: 'CM-14' },
    });
    expect(lodged.permits).not.toContain('in-trial-mediation');
    const filed = ask('labour', 'civil-litigation', 'registered', { courtAccepted: true });
    expect(filed.permits).toEqual(['in-trial-mediation']);
  });

  test('agreement in joint mediation: the inviting court, not the commission', () => {
    const agreed = ask('labour', 'pre-filing-mediation', 'agreement', { awardMade: true }, { joint: true });
    expect(agreed.permitted('judicial-confirmation')).toMatchObject({
      jointly: true,
      deadline: { rule: 'JC-01' },
      confidence: 'verified',
    });
    expect(agreed.permitted('judicial-confirmation')?.rows).toContain('10');
    expect(agreed.forbidden('arbitral-confirmation')).toMatchObject({
      rows: ['10b'],
      confidence: 'unverified',
    });
    expect(ask('labour', 'pre-filing-mediation', 'agreement', { awardMade: false }).permits).toContain(
      'arbitral-confirmation',
    );
  });

  test.each(['no-agreement', 'refused', 'expired'] as const)('joint mediation %s: the court must file', (outcome) => {
    const failed = ask('labour', 'pre-filing-mediation', outcome);
    expect(failed.permitted('civil-litigation')).toMatchObject({
      deadline: { rule: 'CL-02' },
      rows: ['11'],
    });
    expect(failed.forbids).not.toContain('civil-litigation');
    expect(failed.duties).toContain('CM-09');
  });

  test('confirmed: follow-up, enforcement on breach, objection; no suit', () => {
    const confirmed = ask('labour', 'judicial-confirmation', 'confirmed');
    expect(confirmed.permits).toContain('follow-up');
    expect(confirmed.permitted('enforcement')?.deadline).toEqual({ rule: 'CL-15' });
    expect(confirmed.forbidden('civil-litigation')?.rows).toEqual(['6']);
    expect(confirmed.permitted('judicial-confirmation', 'either')).toMatchObject({
      kind: 'return',
      deadline: { rule: 'JC-09' },
    });
    expect(confirmed.permitted('judicial-confirmation', 'third-party')?.deadline).toEqual({
      rule: 'JC-09.third-party',
    });
  });
});

describe('labour arbitration that ends without an award', () => {
  test('a lapsed payment order: court or arbitration by its legal basis', () => {
    expect(ask('labour', 'payment-order', 'objection').assumed['paymentOrderBasis']).toBe('labour-contract-law-30');
    expect(ask('labour', 'payment-order', 'objection').permits).toEqual(['labour-arbitration']);
    expect(ask('labour', 'payment-order', 'objection', { paymentOrderBasis: 'mediation-agreement' }).permits).toEqual([
      'civil-litigation',
    ]);
  });

  test('deemed withdrawn: no second arbitration, and the suit is marked unverified', () => {
    const deemed = ask('labour', 'labour-arbitration', 'deemed-withdrawn');
    expect(deemed.permitted('civil-litigation')?.confidence).toBe('unverified');
    expect(deemed.forbidden('labour-arbitration')?.rows).toEqual(['27']);
  });

  test('withdrawn freely: arbitration again, follow-up only of a settlement', () => {
    expect(ask('labour', 'labour-arbitration', 'withdrawn').permits).toEqual(['labour-arbitration']);
    expect(ask('labour', 'labour-arbitration', 'withdrawn', { settled: true }).permits).toContain('follow-up');
  });
});

test('ten workers or more: leader alert, priority, consent of those represented; nine: none', () => {
  expect(ask('labour', 'mediation', 'no-agreement', { collective: 10 }).duties).toEqual(
    expect.arrayContaining(['leader-alert', 'LD-21', 'LD-21b', 'PM-09']),
  );
  expect(ask('labour', 'mediation', 'no-agreement', { collective: 9 }).duties).toEqual(['PM-09']);
});
