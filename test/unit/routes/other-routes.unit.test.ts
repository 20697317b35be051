import { ask } from './ask.js';

describe('an arbitration clause', () => {
  const clause = { arbitrationClause: 'valid' } as const;

  test('none is assumed when nothing is said', () => {
    const intake = ask('commercial', 'intake', 'registered');
    expect(intake.assumed['arbitrationClause']).toBe('none');
    expect(intake.permits).toContain('civil-litigation');
    expect(intake.forbidden('commercial-arbitration')?.rows).toEqual(['9']);
  });

  test('a valid one closes the court until it is waived there', () => {
    expect(ask('commercial', 'intake', 'registered', clause).forbidden('civil-litigation')).toMatchObject({
      rows: ['36'],
      basis: { law: '仲裁法', article: '5' },
    });
    const waived = ask('commercial', 'intake', 'registered', { ...clause, courtAccepted: true });
    expect(waived.permitted('civil-litigation')?.rows).toEqual(['36']);
    expect(waived.forbids).toContain('commercial-arbitration');
    const pleaded = { ...clause, courtAccepted: true, objectionBeforeHearing: true };
    expect(ask('commercial', 'intake', 'registered', pleaded).forbids).toContain('civil-litigation');
  });

  test('holds after a failed mediation too', () => {
    const failed = ask('contract', 'commercial-mediation', 'no-agreement', clause);
    expect(failed.permits).toContain('commercial-arbitration');
    expect(failed.forbids).toContain('civil-litigation');
    expect(failed.permits).not.toContain('commercial-mediation');
  });

  test('cannot cover a family dispute', () => {
    const family = ask('family', 'intake', 'registered', clause);
    expect(family.permits).toContain('civil-litigation');
    expect(family.forbids).toContain('commercial-arbitration');
  });
});

describe('a breached civil agreement', () => {
  const facts = { agreementEffectiveOn: '2026-09-01', bothAgree: true } as const;

  test('unconfirmed: a suit on it, and confirmation only in time and together', () => {
    const alone = ask('neighbour', 'follow-up', 'breach');
    expect(alone.permits).toEqual(['civil-litigation']);
    expect(alone.assumed).toMatchObject({ agreementConfirmed: false, bothAgree: false });
    const together = ask('neighbour', 'follow-up', 'breach', facts);
    expect(together.permitted('judicial-confirmation')).toMatchObject({
      jointly: true,
      deadline: { rule: 'JC-01' },
      rows: ['8'],
    });
    expect(ask('neighbour', 'follow-up', 'breach', facts, { on: '2026-10-02' }).permits).toEqual(['civil-litigation']);
  });

  test('a last day rolled over holidays beats the plain count', () => {
    const due = { 'JC-01': '2026-10-08' };
    const on = (day: string) => ask('neighbour', 'follow-up', 'breach', facts, { on: day, due }).permits;
    expect(on('2026-10-08')).toContain('judicial-confirmation');
    expect(on('2026-10-09')).not.toContain('judicial-confirmation');
  });

  test('a date that is none does not limit', () => {
    const odd = { agreementEffectiveOn: 'soon', bothAgree: true };
    expect(ask('neighbour', 'follow-up', 'breach', odd, { on: '2026-10-09' }).permits).toContain(
      'judicial-confirmation',
    );
  });
});

describe('personal status and title', () => {
  test('a family dispute is taken for one of status unless said otherwise', () => {
    expect(ask('family', 'mediation', 'agreement').forbidden('judicial-confirmation')?.basis.rule).toBe('JC-06');
    expect(ask('family', 'mediation', 'agreement', { identityRelation: false }).permits).toContain(
      'judicial-confirmation',
    );
    expect(ask('family', 'intake', 'registered').assumed['identityRelation']).toBe(true);
  });

  test('an agreement on land title is never confirmed, not even from joint mediation', () => {
    for (const from of ['mediation', 'administrative-mediation', 'pre-filing-mediation'] as const) {
      expect(ask('land-title', from, 'agreement').forbids).toContain('judicial-confirmation');
    }
  });
});

describe('a failed civil mediation', () => {
  test('opens what intake opens, without a second forced mediation', () => {
    const failed = ask('traffic', 'mediation', 'no-agreement');
    expect(failed.permits).toEqual(expect.arrayContaining(['administrative-mediation', 'civil-litigation']));
    expect(failed.permits).not.toContain('mediation');
    expect(failed.permitted('administrative-mediation')).toMatchObject({
      jointly: true,
      deadline: { rule: 'TR-01' },
    });
  });

  test('a judgment in small claims is not appealed', () => {
    const judgment = ask('property-service', 'civil-litigation', 'judgment', { smallClaims: true });
    expect(judgment.permitted('retrial')).toMatchObject({ rows: ['15'], deadline: { rule: 'CL-22' } });
    expect(judgment.permits).not.toContain('civil-appeal');
    expect(ask('debt', 'civil-litigation', 'judgment').permitted('civil-appeal')?.deadline).toEqual({
      rule: 'CL-10',
    });
    expect(ask('debt', 'civil-litigation', 'ruling').permitted('civil-appeal')?.deadline).toEqual({
      rule: 'CL-10.ruling',
    });
  });
});

describe('a dispute with an authority', () => {
  test('review first: no suit; after the decision its own period', () => {
    const first = { reviewFirst: true };
    expect(ask('administrative-act', 'intake', 'registered', first).permits).toEqual(['administrative-review']);
    const after = ask('administrative-act', 'administrative-review', 'decision', first);
    expect(after.permitted('administrative-litigation')?.deadline).toEqual({ rule: 'AR-12' });
    const free = ask('administrative-act', 'administrative-review', 'inaction');
    expect(free.permitted('administrative-litigation')?.deadline).toEqual({ rule: 'AL-01.overdue' });
    const withdrawn = ask('administrative-act', 'administrative-review', 'withdrawn', first);
    expect(withdrawn.forbids).toContain('administrative-litigation');
  });

  test('not both at once', () => {
    const accepted = ask('administrative-act', 'intake', 'registered', { courtAccepted: true });
    expect(accepted.forbidden('administrative-review')?.basis.rule).toBe('AR-11');
    expect(accepted.permits).toEqual(['administrative-litigation']);
  });

  test('an already obtained land right makes review come first, unverified', () => {
    const decision = ask('land-title', 'adjudication', 'decision', { rightAlreadyObtained: true });
    expect(decision.forbidden('administrative-litigation')?.confidence).toBe('unverified');
    expect(ask('land-title', 'adjudication', 'decision').permitted('administrative-litigation')?.deadline).toEqual({
      rule: 'AD-01',
    });
  });
});

describe('a petition', () => {
  test('rises by its stages and ends', () => {
    const at = (petitionStage: 'handling' | 'recheck' | 'rereview') =>
      ask('petition', 'petition', 'decision', { petitionStage });
    expect(at('handling').permitted('petition')?.deadline).toEqual({ rule: 'XF-07' });
    expect(at('handling').duties).toContain('XF-08');
    expect(at('recheck').permitted('petition')?.deadline).toEqual({ rule: 'XF-08' });
    expect(at('rereview').forbidden('petition')?.rows).toEqual(['70']);
    expect(at('rereview').permits).toEqual(['follow-up']);
  });

  test.each([1, 2, 3, 4, 5])('category %i is diverted, without an opinion', (petitionCategory) => {
    const classified = ask('petition', 'petition', 'classified', { petitionCategory });
    expect(classified.forbidden('petition')?.rows).toEqual(['67']);
    expect(classified.permits).not.toContain('petition');
  });
});

test('violence in the family: protection order and police at once, no mediation', () => {
  const violence = ask('family', 'mediation', 'suspected-crime');
  expect(violence.permitted('protection-order')).toMatchObject({
    parallel: true,
    deadline: { rule: 'CL-24' },
  });
  expect(violence.permitted('police-report', 'body')?.parallel).toBe(true);
  expect(violence.forbidden('mediation')?.rows).toEqual(['2', '64']);
});

test('joint acts are joint', () => {
  expect(ask('neighbour', 'mediation', 'agreement').permitted('judicial-confirmation')?.jointly).toBe(true);
  expect(ask('family', 'intake', 'registered').permitted('civil-registration')?.jointly).toBe(true);
});
