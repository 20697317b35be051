/** A row of a backlog: a labour mediation that was agreed, signed and closed. Ten facts with the registration and the end. */
export const pastRow = (n: number) => ({
  externalId: `2024-${String(n).padStart(6, '0')}`,
  registration: {
    type: 'labour',
    region: '360121',
    source: 'import',
    receivedOn: '2024-03-01',
    title: `拖欠工资 ${n}`,
    parties: [
      { ref: 'worker', role: 'claimant', kind: 'person', name: `工人${n}`, phone: '13800000000' },
      { ref: 'employer', role: 'respondent', kind: 'organisation', name: `公司${n}` },
    ],
    claims: [{ kind: 'wages', amount: { amount: '12000.00', currency: 'CNY' } }],
  },
  organisation: 'nanchang-county-dispute-desk',
  facts: [
    {
      action: 'open-procedure',
      on: '2024-03-01',
      body: {
        procedure: 'mediation',
        track: 'labour',
        body: { code: 'xiangtang-labour-mediation', name: '向塘镇劳动争议调解中心' },
      },
    },
    { action: 'record-consent', on: '2024-03-02', body: { party: 'worker', consent: 'given' } },
    { action: 'record-consent', on: '2024-03-02', body: { party: 'employer', consent: 'given' } },
    { action: 'designate-neutral', on: '2024-03-03', body: { person: { account: 'mediator-1' } } },
    { action: 'answer-designation', on: '2024-03-04', body: { account: 'mediator-1', answer: 'accepts' } },
    { action: 'record-session', on: '2024-03-08', body: { result: 'agreement', minutes: '双方达成一致' } },
    {
      action: 'record-agreement',
      on: '2024-03-08',
      body: {
        kind: 'wages',
        terms: [
          {
            obligor: 'employer',
            obligee: 'worker',
            amount: { amount: '12000.00', currency: 'CNY' },
            dueOn: '2024-03-20',
          },
        ],
      },
    },
    {
      action: 'sign-agreement',
      on: '2024-03-09',
      body: { parties: ['worker', 'employer'], mediator: true, body: true },
    },
    { action: 'close', on: '2024-03-21', body: { reason: 'performed' } },
  ],
});

export const jsonLines = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
