import { testApi, wageArrears, type Answered, type TestApi } from './api.js';

let api: TestApi;
let intake: string;
let supervisor: string;
let clerk: string;
let mediator: string;

beforeAll(async () => {
  api = await testApi('exclusion');
  intake = await api.token('intake');
  supervisor = await api.token('supervisor');
  clerk = await api.token('court-clerk', { organisation: 'COURT' });
  mediator = await api.token('mediator', { organisation: 'MED' });
});
afterAll(() => api.close());

const parties = [
  { ref: 'a', role: 'claimant', kind: 'person', name: '张三' },
  { ref: 'b', role: 'respondent', kind: 'organisation', name: '某单位' },
];
const registered = async (type: string, more: Record<string, unknown> = {}): Promise<string> => {
  const given = type === 'labour' ? wageArrears(more) : wageArrears({ type, parties, ...more });
  const made = await api.post('/v1/disputes', given, intake);
  expect(made.status).toBe(201);
  return String(made.headers['location']);
};
const act = (url: string, action: string, body: Record<string, unknown>, token: string) =>
  api.post(`${url}/actions/${action}`, body, token);
const open = (url: string, procedure: string, code: string, token = intake, more = {}) =>
  act(url, 'open-procedure', { procedure, body: { code, name: code }, ...more }, token);
const openNow = async (url: string): Promise<string[]> => {
  const { body } = await api.get(url, supervisor);
  return body.procedures
    .filter((one: { status: string }) => one.status === 'open')
    .map((one: { procedure: string }) => one.procedure);
};

/** Two at once: one is done, the other is refused by law or lifecycle, never a server error. */
const oneOf = (answers: Answered[], refused: string[]): void => {
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(refused).toContain(answers.find(({ status }) => status === 409)?.body.code);
};

/** Each race is run in both orders, so that neither side always wins. */
const rounds = [0, 1, 2, 3] as const;
const race = <T>(round: number, one: () => Promise<T>, other: () => Promise<T>): Promise<T[]> =>
  Promise.all(round % 2 === 0 ? [one(), other()] : [other(), one()]);

describe('procedures that exclude each other, asked for at once', () => {
  test.each(rounds)('medical: people’s and administrative mediation (row 56), round %i', async (round) => {
    const url = await registered('medical');
    oneOf(
      await race(
        round,
        () => open(url, 'mediation', 'PMC'),
        () => open(url, 'administrative-mediation', 'HEALTH', supervisor),
      ),
      ['procedure-exclusive', 'route-forbidden'],
    );
    expect(await openNow(url)).toHaveLength(1);
  });

  test.each(rounds)('medical: mediation and the court’s acceptance of a suit (row 56), round %i', async (round) => {
    const url = await registered('medical');
    expect((await open(url, 'civil-litigation', 'COURT')).status).toBe(200);
    const answers = await race(
      round,
      () => open(url, 'mediation', 'PMC'),
      () => act(url, 'accept-application', {}, clerk),
    );
    // Accepted after it was opened, the suit ends the mediation; accepted before, it bars it.
    for (const { status } of answers) expect([200, 409]).toContain(status);
    const accepted = answers[round % 2 === 0 ? 1 : 0]!;
    expect(accepted.status).toBe(200);
    expect(await openNow(url)).toEqual(['civil-litigation']);
    expect((await open(url, 'mediation', 'PMC')).status).toBe(409);
  });

  test.each(rounds)('administrative review and a suit (rows 35, 42), round %i', async (round) => {
    const url = await registered('administrative-act');
    oneOf(
      await race(
        round,
        () => open(url, 'administrative-review', 'GOV'),
        () => open(url, 'administrative-litigation', 'COURT', supervisor),
      ),
      ['procedure-exclusive', 'route-forbidden'],
    );
    expect(await openNow(url)).toHaveLength(1);
  });

  test.each(rounds)('judicial and arbitral confirmation (row 19), round %i', async (round) => {
    const url = await registered('labour');
    expect((await open(url, 'mediation', 'MED', intake, { track: 'labour' })).status).toBe(200);
    for (const party of ['worker', 'employer']) await act(url, 'record-consent', { party, consent: 'given' }, mediator);
    await act(url, 'designate-neutral', { person: { account: 'mediator-1' } }, mediator);
    await act(url, 'answer-designation', { answer: 'accepts' }, mediator);
    const terms = [
      { obligor: 'employer', obligee: 'worker', dueOn: '2026-12-31', amount: { amount: '12000', currency: 'CNY' } },
    ];
    await act(url, 'record-agreement', { kind: 'wages', terms }, mediator);
    const signed = await act(
      url,
      'sign-agreement',
      { parties: ['worker', 'employer'], mediator: true, body: true },
      mediator,
    );
    expect(signed.body.dispute.procedures[0]).toMatchObject({ outcome: 'agreement' });
    const applicants = { applicants: ['worker', 'employer'] };
    oneOf(
      await race(
        round,
        () => open(url, 'judicial-confirmation', 'COURT', intake, applicants),
        () => open(url, 'arbitral-confirmation', 'LAC', supervisor, applicants),
      ),
      ['procedure-exclusive', 'route-forbidden', 'deadline-passed'],
    );
    expect(await openNow(url)).toHaveLength(1);
  });
});

describe('a collective dispute of a thousand', () => {
  test('is registered, represented and consents over HTTP, with a result for each', async () => {
    const url = await registered('labour');
    expect((await open(url, 'mediation', 'MED', intake, { track: 'labour' })).status).toBe(200);
    for (let from = 0; from < 1000; from += 200) {
      const members = Array.from({ length: 200 }, (_, index) => ({
        ref: `m${from + index}`,
        name: `工人${from + index}`,
      }));
      expect((await act(url, 'add-members', { members }, mediator)).status).toBe(200);
    }
    const elected = await act(url, 'elect-representatives', { representatives: ['m1', 'm2', 'm3'] }, mediator);
    expect(elected.status).toBe(200);
    expect((await act(url, 'elect-representatives', { representatives: ['m1', 'm2'] }, mediator)).status).toBe(400);
    expect((await act(url, 'member-opt-out', { members: ['m7'] }, mediator)).status).toBe(200);
    const consented = await act(
      url,
      'record-member-consent',
      { consent: 'given', members: Array.from({ length: 1000 }, (_, index) => `m${index}`) },
      mediator,
    );
    expect(consented.status).toBe(200);
    const { results } = consented.body.events[0].data;
    expect(results).toHaveLength(1000);
    expect(results.filter(({ result }: { result: string }) => result === 'recorded')).toHaveLength(999);
    expect(results[7]).toEqual({ member: 'm7', result: 'left' });
  });
});

describe('the union’s papers', () => {
  test('are answered in sixty days in Nanchang, by unverified local law; elsewhere no such period runs', async () => {
    const answers = [];
    const elsewhere = await api.token(['intake', 'supervisor'], { region: '100000' });
    for (const region of ['360121', '360733']) {
      const made = await api.post('/v1/disputes', wageArrears({ region }), elsewhere);
      const url = String(made.headers['location']);
      await act(url, 'issue-union-paper', { paper: 'opinion', servedOn: '2026-11-23' }, elsewhere);
      answers.push(
        (await api.get(`${url}/deadlines`, elsewhere)).body.items.filter(
          ({ rule }: { rule: string }) => rule === 'CM-26',
        ),
      );
    }
    expect(answers[0]).toMatchObject([
      { holder: 'party:employer', due: '2027-01-22', confidence: 'unverified', provisional: true },
    ]);
    expect(answers[1]).toEqual([]);
  });
});
