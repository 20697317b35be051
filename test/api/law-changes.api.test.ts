import { testApi, wageArrears, type TestApi } from './api.js';

let api: TestApi;
beforeAll(async () => {
  api = await testApi('law_changes');
});
afterAll(() => api.close());

const year2027 = {
  year: 2027,
  version: 'cn-2027.1',
  notice: { title: '测试用 2027 年安排', issuedOn: '2026-11-20' },
  // 2 November 2027 is a Tuesday: the day to which limitation would run.
  off: [{ name: '测试假日', from: '2027-11-01', to: '2027-11-02' }],
  work: [],
};

const mediated = async (receivedOn = '2026-11-02') => {
  const intake = await api.token('intake');
  const mediator = await api.token('mediator', { organisation: 'NC-MED' });
  const { body } = await api.post('/v1/disputes', wageArrears({ receivedOn }), intake);
  const opening = {
    procedure: 'mediation',
    track: 'labour',
    body: { code: 'NC-MED', name: '调解中心' },
    appliedOn: receivedOn,
  };
  const opened = await api.post(`/v1/disputes/${body.id}/actions/open-procedure`, opening, mediator);
  expect(opened.status).toBe(200);
  return { id: body.id as string, intake, mediator };
};

describe('loading a holiday schedule', () => {
  it('is an administrator’s: lists what would move, moves it when confirmed, and nothing the second time', async () => {
    const { id, intake, mediator } = await mediated();
    expect((await api.post('/v1/calendar/2027', year2027, intake)).status).toBe(403);
    const administrator = await api.token('administrator');

    const preview = await api.post('/v1/calendar/2027', year2027, administrator);
    expect(preview.status).toBe(200);
    const limitation = preview.body.items.find(
      (one: { disputeId: string; rule: string }) => one.disputeId === id && one.rule === 'LD-06',
    );
    expect(limitation).toMatchObject({ fromDue: '2027-11-02', toDue: '2027-11-03', moves: true });
    const before = await api.get(`/v1/disputes/${id}/deadlines`, mediator);
    expect(before.body.items.find((one: { rule: string }) => one.rule === 'LD-06')).toMatchObject({
      due: '2027-11-02',
      provisional: true,
    });

    const confirmed = await api.post('/v1/calendar/2027?confirm=true', year2027, administrator);
    expect(confirmed.body).toMatchObject({ confirmed: true, calendarVersion: 'cn-2026.1+cn-2027.1' });
    expect(confirmed.body.deadlines).toBeGreaterThan(0);
    const after = await api.get(`/v1/disputes/${id}/deadlines`, mediator);
    expect(after.body.items.find((one: { rule: string }) => one.rule === 'LD-06')).toMatchObject({
      due: '2027-11-03',
      provisional: false,
    });
    const events = await api.get(`/v1/disputes/${id}/events`, mediator);
    expect(events.body.items.find(({ type }: { type: string }) => type === 'DeadlineRecomputed')?.data).toMatchObject({
      fromDue: '2027-11-02',
      toDue: '2027-11-03',
      why: 'calendar',
    });
    expect((await api.get('/v1/calendar/2027')).body).toMatchObject({
      published: true,
      version: 'cn-2027.1',
    });

    const again = await api.post('/v1/calendar/2027?confirm=true', year2027, administrator);
    expect(again.body).toMatchObject({ confirmed: true, disputes: 0, deadlines: 0 });
  });

  it('says what is wrong with a schedule', async () => {
    const administrator = await api.token('administrator');
    const weekday = { ...year2027, work: [{ name: '错', date: '2027-03-02' }] };
    const answer = await api.post('/v1/calendar/2027', weekday, administrator);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/work/0' }] });
    expect((await api.post('/v1/calendar/2026', year2027, administrator)).status).toBe(400);
  });
});

describe('what if', () => {
  it('says what would differ and records nothing', async () => {
    const { id, mediator } = await mediated('2026-11-20');
    const before = await api.get(`/v1/disputes/${id}`, mediator);
    const answer = await api.post(`/v1/disputes/${id}/what-if`, { rules: [{ code: 'LD-03', amount: 30 }] }, mediator);
    expect(answer.status).toBe(200);
    expect(answer.body.deadlines).toMatchObject([
      { rule: 'LD-03', is: { due: '2026-12-07' }, would: { due: '2026-12-21' } },
    ]);
    const iou = await api.post(`/v1/disputes/${id}/what-if`, { facts: { wageIou: true } }, mediator);
    expect(iou.body.routes.opened.map(({ procedure }: { procedure: string }) => procedure)).toContain(
      'civil-litigation',
    );
    expect((await api.get(`/v1/disputes/${id}`, mediator)).body.version).toBe(before.body.version);
    expect((await api.post(`/v1/disputes/${id}/what-if`, { rules: [{ code: 'NO-1' }] }, mediator)).body.code).toBe(
      'unknown-rule',
    );
    expect((await api.post(`/v1/disputes/${id}/what-if`, { unknown: 1 }, mediator)).status).toBe(400);

    // A date, a version of a rule, and a calendar can be supposed too.
    const events = await api.get(`/v1/disputes/${id}/events`, mediator);
    const opened = events.body.items.find(({ type }: { type: string }) => type === 'ProcedureOpened').version;
    const suppose = async (body: object) => (await api.post(`/v1/disputes/${id}/what-if`, body, mediator)).body;
    const due = ({ deadlines }: { deadlines: { rule: string; would: { due: string } }[] }, rule: string) =>
      deadlines.find((one) => one.rule === rule)?.would.due;
    expect(due(await suppose({ amend: [{ event: opened, field: 'appliedOn', value: '2026-11-23' }] }), 'LD-03')).toBe(
      '2026-12-08',
    );
    expect((await suppose({ rules: [{ code: 'LD-03', version: 1 }] })).deadlines).toEqual([]);
    expect((await suppose({ rules: [{ code: 'LD-03', version: 9 }] })).code).toBe('unknown-rule');
    const off = [{ name: '假设', from: '2027-11-22', to: '2027-11-22' }];
    const supposed = { ...year2027, version: 'cn-2027.9', off };
    expect(due(await suppose({ years: [supposed] }), 'LD-06')).toBe('2027-11-23');
  });
});

describe('a collective dispute over HTTP', () => {
  it('lets a member go on in a dispute of its own, once', async () => {
    const { id, mediator } = await mediated('2026-11-20');
    const members = Array.from({ length: 12 }, (_, index) => ({
      ref: `m${index + 1}`,
      name: `工人${index + 1}`,
      idNumber: `36012119900101${1000 + index}`,
    }));
    expect((await api.post(`/v1/disputes/${id}/actions/add-members`, { members }, mediator)).status).toBe(200);
    const elected = await api.post(
      `/v1/disputes/${id}/actions/elect-representatives`,
      { representatives: ['m1', 'm2', 'm3'] },
      mediator,
    );
    expect(elected.status).toBe(200);

    const url = `/v1/disputes/${id}/members/m5/split-off`;
    const split = await api.post(url, {}, mediator, { 'idempotency-key': 'split-m5' });
    expect(split.status).toBe(201);
    const own = await api.get(`/v1/disputes/${split.body.disputeId}`, mediator);
    expect(own.body.parties).toMatchObject([
      { ref: 'm5', role: 'claimant', capacity: 'worker', name: '工人5' },
      { role: 'respondent' },
    ]);
    const repeated = await api.post(url, {}, mediator, { 'idempotency-key': 'split-m5' });
    expect(repeated.status).toBe(201);
    expect(repeated.body.disputeId).toBe(split.body.disputeId);
    const again = await api.post(url, {}, mediator);
    expect(again.body.code).toBe('unknown-party');
    expect((await api.post(`/v1/disputes/${id}/members/nobody/split-off`, {}, mediator)).body.code).toBe(
      'unknown-party',
    );
    // The event that registered it refers to the history they share.
    const events = await api.get(`/v1/disputes/${split.body.disputeId}/events`, mediator);
    expect(events.body.items[0].data.splitFrom).toMatchObject({ disputeId: id, member: 'm5' });
  });
});

describe('a correction over HTTP', () => {
  it('shows its consequences before it is made', async () => {
    const { id, mediator } = await mediated('2026-11-20');
    const events = await api.get(`/v1/disputes/${id}/events`, mediator);
    const opened = events.body.items.find(({ type }: { type: string }) => type === 'ProcedureOpened').version;
    const fields = { event: opened, field: 'appliedOn', value: '2026-11-21' };
    const dry = await api.post(`/v1/disputes/${id}/actions/correct-fact?dryRun=true`, fields, mediator);
    expect(dry.status).toBe(200);
    expect(dry.body.events.map(({ type }: { type: string }) => type)).toContain('DeadlineRecomputed');
    expect(
      (await api.get(`/v1/disputes/${id}`, mediator)).body.deadlines.find(
        (one: { rule: string }) => one.rule === 'LD-03',
      ).due,
    ).toBe('2026-12-07');
    const done = await api.post(`/v1/disputes/${id}/actions/correct-fact`, fields, mediator);
    expect(done.body.dispute.deadlines.find((one: { rule: string }) => one.rule === 'LD-03')).toMatchObject({
      due: '2026-12-07',
      naturalDue: '2026-12-06',
    });
  });
});

describe('moving a dispute to another profile', () => {
  it('can be looked at first', async () => {
    const { id } = await mediated('2026-11-20');
    const supervisor = await api.token('supervisor');
    const dry = await api.post(
      `/v1/disputes/${id}/actions/change-profile?dryRun=true`,
      { profile: 'default' },
      supervisor,
    );
    expect(dry.body.events.map(({ type }: { type: string }) => type)).toEqual(['ProfileChanged']);
    const moved = await api.post(`/v1/disputes/${id}/actions/change-profile`, { profile: 'default' }, supervisor);
    expect(moved.body.dispute.profile).toMatchObject({ code: 'default' });
  });
});
