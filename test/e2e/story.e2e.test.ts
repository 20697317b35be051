import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import yauzl from 'yauzl';
import { createClient, type Client, type ForbiddenView, type RouteView } from '../../src/demo/client.js';
import { playLive, type Lived } from '../../src/demo/live.js';
import { playStory, type Played } from '../../src/demo/play.js';
import { bodies, cast, wageArrears } from '../../src/demo/wage-arrears.js';
import { type Accord, startAccord } from '../../src/local/accord.js';
import { freshDatabase, freshNamespace, testFolder } from '../support/services.js';

/** The whole system in this process, with a real PostgreSQL and a real Temporal, asked over HTTP only. */

let accord: Accord;
let client: Client;
let drop: () => Promise<void>;
let played: Played[];
const possible = new Map<string, { routes: RouteView[]; forbidden: ForbiddenView[]; actions: { action: string }[] }>();

beforeAll(async () => {
  const database = await freshDatabase('story');
  ({ drop } = database);
  const temporal = await freshNamespace();
  accord = await startAccord({
    home: testFolder('story'),
    env: {
      DATABASE_URL: database.databaseUrl,
      DATABASE_ADMIN_URL: database.databaseAdminUrl,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      PORT: '0',
    },
    log: () => undefined,
  });
  client = createClient(accord.url, 'en');
  played = await playStory(client, wageArrears, {
    run: 'test',
    onStep: async ({ step, dispute }) => {
      possible.set(step.key, await client.read(step.who, `/v1/disputes/${dispute.id}/actions`));
    },
  });
}, 400_000);

afterAll(async () => {
  await accord?.stop();
  await drop?.();
}, 30_000);

const after = (key: string): Played => played.find(({ step }) => step.key === key)!;
const deadline = (key: string, id: string) => after(key).dispute.deadlines.find(({ deadlineId }) => deadlineId === id);
const procedure = (key: string, id: string) => after(key).dispute.procedures.find((one) => one.id === id)!;
const routes = (key: string) =>
  possible.get(key)!.routes.map(({ procedure, by, parallel, rows }) => ({ procedure, by, parallel, rows }));
const forbidden = (key: string, code: string) =>
  possible.get(key)!.forbidden.filter((route) => route.procedure === code);
const types = (key: string) => after(key).events.map(({ type }) => type);

describe('the story over HTTP', () => {
  test('03-02: routes of row 17, LD-03 to 03-17, LD-06 to 2027-03-02 and provisional', () => {
    const route = (code: string, by = 'either', parallel = false) => ({ procedure: code, by, parallel, rows: ['17'] });
    expect(routes('registered')).toEqual([
      route('negotiation'),
      route('mediation'),
      route('labour-arbitration'),
      route('payment-order', 'worker'),
      route('labour-inspection', 'worker', true),
    ]);
    expect(possible.get('registered')!.routes[3]!.basis).toMatchObject({ law: '劳动合同法', article: '30' });
    expect(forbidden('registered', 'civil-litigation')).toMatchObject([{ rows: ['17'] }]);
    expect(deadline('mediation-applied', 'p1:LD-03')).toMatchObject({
      amount: 15,
      unit: 'D',
      due: '2026-03-17',
      dueAt: '2026-03-18T00:00:00+08:00',
      status: 'running',
      holder: 'body',
      basis: { law: '劳动争议调解仲裁法', article: '14' },
    });
    expect(deadline('mediation-applied', 'd:LD-06:party:worker')).toMatchObject({
      due: '2027-03-02',
      provisional: true,
      status: 'running',
      holder: 'party:worker',
    });
  });

  test('03-10: the dispute waits for the parties', () => {
    expect(procedure('first-session', 'p1').waitingFor).toEqual({
      who: 'parties',
      role: 'party',
      organisation: null,
    });
  });

  test('03-17, 24:00: expired by the engine, notices owed to both, a suit still forbidden (row 18)', () => {
    const { events, dispute, problem } = after('suit-too-early');
    expect(events).toMatchObject([
      { type: 'DeadlineElapsed', occurredAt: '2026-03-18T00:00:00+08:00', actor: { kind: 'engine' } },
      { type: 'ProcedureClosed', causationId: events[0]!.eventId, actor: { kind: 'engine' } },
      { type: 'NoticeOwed', causationId: events[0]!.eventId },
      { type: 'NoticeOwed', causationId: events[0]!.eventId },
    ]);
    expect(procedure('suit-too-early', 'p1')).toMatchObject({ outcome: 'expired', closedOn: '2026-03-17' });
    expect(dispute.notices).toMatchObject([
      { notice: 'routes', owedBy: bodies.centre.code, owedTo: ['worker', 'employer'] },
      { notice: 'failure-record' },
    ]);
    expect(problem).toMatchObject({
      status: 409,
      code: 'route-forbidden',
      basis: { law: '劳动争议调解仲裁法' },
      alternatives: expect.arrayContaining([{ action: 'open-procedure', procedure: 'labour-arbitration' }]),
    });
    expect(forbidden('suit-too-early', 'civil-litigation')).toMatchObject([{ rows: ['18'] }]);
    expect(routes('suit-too-early')).toContainEqual(
      expect.objectContaining({ procedure: 'labour-arbitration', rows: ['18'] }),
    );
    expect(after('failure-record-filed').dispute.notices).toEqual([]);
  });

  test('03-20 to 03-25: LD-06 met, LD-08 cautious and unverified, LD-16 on a make-up Saturday', () => {
    expect(deadline('arbitration-applied', 'd:LD-06:party:worker')).toMatchObject({ status: 'met' });
    expect(deadline('arbitration-applied', 'p2:LD-08')).toMatchObject({
      amount: 5,
      unit: 'WD',
      due: '2026-03-27',
      cautiousDue: '2026-03-25',
      confidence: 'unverified',
    });
    expect(deadline('arbitration-accepted', 'p2:LD-16')).toMatchObject({
      naturalDue: '2026-05-09',
      due: '2026-05-09',
    });
  });

  test('04-13: a hearing notice three days before is refused (LD-13)', () => {
    expect(after('hearing-notice-too-late').problem).toMatchObject({
      status: 409,
      code: 'notice-too-late',
      basis: { law: '劳动争议调解仲裁法', article: '35', rule: 'LD-13' },
      errors: [{ pointer: '/noticeOn' }],
    });
    expect(after('hearing-notice-too-late').events).toEqual([]);
  });

  test('05-12: non-final; LD-35 of each from own receipt; either may sue, no setting aside (row 33)', () => {
    expect(procedure('award-issued', 'p2')).toMatchObject({ outcome: 'non-final-award' });
    expect(deadline('award-to-employer', 'p2:LD-35:party:worker')).toMatchObject({ due: '2026-05-26' });
    expect(deadline('award-to-employer', 'p2:LD-35:party:employer')).toMatchObject({ due: '2026-05-27' });
    expect(routes('award-to-employer')).toEqual([
      { procedure: 'civil-litigation', by: 'either', parallel: false, rows: ['33'] },
    ]);
    expect(forbidden('award-to-employer', 'set-aside')).toMatchObject([{ rows: ['33'] }]);
  });

  test('05-22 to 05-26: CL-02, met by the referral; receipt of the handoff starts CM-14', () => {
    expect(deadline('suit-filed', 'p3:CL-02')).toMatchObject({ due: '2026-05-29', status: 'running' });
    expect(deadline('suit-filed', 'p2:LD-35:party:worker')).toMatchObject({ status: 'met' });
    expect(deadline('referred', 'p3:CL-02')).toMatchObject({ status: 'met', endedOn: '2026-05-25' });
    expect(procedure('referred', 'p3')).toMatchObject({ step: 'referred', openedOn: '2026-05-22' });
    expect(after('referred').dispute.handoffs).toMatchObject([
      {
        status: 'requested',
        from: { code: bodies.court.code, name: bodies.court.name },
        to: { code: bodies.studio.code, name: bodies.studio.name },
      },
    ]);
    expect(after('studio-receives').dispute.handoffs[0]).toMatchObject({
      status: 'accepted',
      acceptedOn: '2026-05-26',
    });
    expect(deadline('studio-receives', 'p4:CM-14')).toMatchObject({ due: '2026-06-25', status: 'running' });
  });

  test('05-27: the panel; the engineer’s refusal is in the stream; the company’s LD-35 has no effect', () => {
    expect(after('health-engineer-declines').events).toMatchObject([
      { type: 'InvitationAnswered', data: { seat: 'health-engineer', answer: 'declines' } },
      { type: 'PanelFormed' },
      { type: 'StepEntered' },
    ]);
    expect(procedure('health-engineer-declines', 'p4').neutrals.map(({ seat, status }) => [seat, status])).toEqual([
      ['presiding-mediator', 'accepted'],
      ['coordinator', 'accepted'],
      ['legal-aid-lawyer', 'accepted'],
      ['health-engineer', 'declined'],
    ]);
    expect(after('joint-session').events[0]).toMatchObject({
      type: 'DeadlineElapsed',
      occurredAt: '2026-05-28T00:00:00+08:00',
      data: { deadlineId: 'p2:LD-35:party:employer', effect: 'no-effect' },
    });
    expect(procedure('joint-session', 'p2').award).toMatchObject({ status: 'challenged', suedBy: ['worker'] });
  });

  test('06-15: signed; CM-14 met; JC-01 jointly at the inviting court or its document; not arbitral (10b)', () => {
    expect(procedure('signed', 'p4')).toMatchObject({ outcome: 'agreement', agreement: { signedOn: '2026-06-15' } });
    expect(deadline('signed', 'p4:CM-14')).toMatchObject({ status: 'met' });
    for (const party of ['worker', 'employer'])
      expect(deadline('signed', `p4:JC-01:party:${party}`)).toMatchObject({ due: '2026-07-15' });
    const [confirmation] = possible
      .get('signed')!
      .routes.filter((route) => route.procedure === 'judicial-confirmation');
    expect(confirmation).toMatchObject({ jointly: true, deadline: { rule: 'JC-01' }, rows: ['10', '10b'] });
    expect(confirmation!.note).toMatch(/document/);
    expect(forbidden('signed', 'arbitral-confirmation')).toMatchObject([{ rows: ['10b'] }]);
  });

  test('06-18: the package holds what it must, signed, and not the compromise admission', async () => {
    const handoff = after('confirmation-applied').dispute.handoffs[1]!;
    expect(handoff).toMatchObject({ status: 'requested', to: { code: bodies.court.code } });
    const entries = await unzipped(await client.download(cast.clerk, `/v1/handoffs/${handoff.handoffId}/package`));
    const record = (part: string) => JSON.parse(entries.get(`records/${part}.json`)!) as unknown[];
    expect(JSON.stringify(record('agreement'))).toContain('15840.00');
    expect(record('undisputed-facts')).toHaveLength(2);
    expect(JSON.stringify(record('undisputed-facts'))).toContain('尚未支付李春梅2025年11月至2026年2月的工资');
    expect(JSON.stringify(record('delivery-addresses'))).toContain('莲塘镇示例大道88号');
    expect(record('delivery-addresses')).toHaveLength(2);
    expect(record('failure-record')).not.toHaveLength(0);
    const documents = [...entries.keys()].filter((name) => name.startsWith('documents/'));
    for (const kind of ['failure-record', 'award', 'agreement', 'address-confirmation'])
      expect(documents.some((name) => name.startsWith(`documents/${kind}-`))).toBe(true);
    expect(documents.every((name) => entries.get(name)!.startsWith('%PDF-'))).toBe(true);

    const everything = [...entries.entries()].flat().join('\n');
    expect(everything).not.toContain('考勤记录曾被修改');
    expect(everything).not.toMatch(/admission|mediation-minutes/);

    const manifest = JSON.parse(entries.get('manifest.json')!) as Record<string, unknown>;
    expect(JSON.stringify(manifest)).toContain(handoff.handoffId);
    expect(entries.get('manifest.sig')).toMatch(/^[A-Za-z0-9+/]+=*\n$/);
  });

  test('06-22: acceptance of the handoff is receipt; acceptance of the application starts JC-04', () => {
    expect(after('court-receives').dispute.handoffs[1]).toMatchObject({ status: 'accepted', acceptedOn: '2026-06-22' });
    expect(deadline('court-receives', 'p5:JC-04')).toBeUndefined();
    expect(deadline('confirmation-accepted', 'p5:JC-04')).toMatchObject({ due: '2026-07-22', status: 'running' });
  });

  test('06-24: confirmed and enforceable; JC-09 to 07-09; suit settled; award superseded; no suit (row 6)', () => {
    expect(procedure('confirmed', 'p5')).toMatchObject({ outcome: 'confirmed', closedOn: '2026-06-24' });
    expect(procedure('confirmed', 'p4').agreement).toMatchObject({ confirmed: true });
    expect(procedure('confirmed', 'p3')).toMatchObject({ status: 'closed', outcome: 'settled' });
    expect(procedure('confirmed', 'p2').award).toMatchObject({
      status: 'superseded-by-settlement',
      confidence: 'unverified',
    });
    for (const party of ['worker', 'employer'])
      expect(deadline('ruling-to-employer', `p5:JC-09:party:${party}`)).toMatchObject({ due: '2026-07-09' });
    expect(forbidden('ruling-to-employer', 'civil-litigation')).toMatchObject([{ rows: ['6'] }]);
    expect(routes('ruling-to-employer').map((route) => route.procedure)).toContain('enforcement');
  });

  test('08-05: performed, closed as performed, nothing left running, nothing left to do', () => {
    const { dispute } = played.at(-1)!;
    expect(procedure('second-instalment', 'p4').agreement!.terms.map(({ performedOn }) => performedOn)).toEqual([
      '2026-06-30',
      '2026-07-31',
    ]);
    expect(dispute).toMatchObject({
      status: 'closed',
      closeReason: 'performed',
      closedOn: '2026-08-05',
      backfill: false,
      notices: [],
      stall: null,
    });
    expect(dispute.deadlines.filter(({ status }) => ['running', 'suspended'].includes(status))).toEqual([]);
    expect(types('follow-up-talk')).toContain('DisputeClosed');
  });

  test('playing it again under the same keys records nothing new', async () => {
    const { dispute } = played.at(-1)!;
    const again = await playStory(client, wageArrears.slice(0, 3), { run: 'test' });
    expect(again.at(-1)!.dispute).toMatchObject({ id: dispute.id, version: dispute.version });
  });
});

describe('the engine by itself', () => {
  let lived: Lived;

  beforeAll(async () => {
    lived = await playLive(client, { run: 'test', patienceMs: 20_000 });
  }, 90_000);

  test('a mediation whose period has passed ends within seconds, at its legal instant', () => {
    const ld03 = lived.dispute.deadlines.find(({ rule }) => rule === 'LD-03')!;
    expect(ld03.status).toBe('elapsed');
    expect(lived.elapsedAt).toBe(ld03.dueAt);
    expect(lived.elapseMs).toBeLessThan(10_000);
    expect(lived.dispute.procedures[0]).toMatchObject({ outcome: 'expired', closedOn: ld03.due });
    expect(lived.dispute.notices.map(({ notice }) => notice)).toEqual(['routes', 'failure-record']);
  });

  test('a handoff is delivered, urged, escalated, shown to the supervisor, and then accepted', () => {
    const course = lived.events.map(({ type }) => type).filter((type) => type.startsWith('Handoff'));
    const firsts = [...new Set(course)];
    expect(firsts).toEqual([
      'HandoffRequested',
      'HandoffDelivered',
      'HandoffUrged',
      'HandoffEscalated',
      'HandoffAccepted',
    ]);
    for (const event of lived.events.filter(({ type }) => /Delivered|Urged|Escalated/.test(type)))
      expect(event.actor.kind).toBe('engine');
    expect(lived.stalledAs).toEqual(['handoff-unacknowledged']);
    expect(lived.dispute.handoffs[0]).toMatchObject({ status: 'accepted' });
    expect(lived.dispute.deadlines.find(({ rule }) => rule === 'SL-HANDOFF')).toMatchObject({
      status: 'met',
    });
  });

  test('the workflow says the same as the stream, and is not behind', async () => {
    interface Side {
      workflowId: string;
      status: string;
      behindBy: number;
    }
    const path = `/v1/disputes/${lived.dispute.id}/workflow`;
    let side = await client.read<Side>(cast.mediator, path);
    for (let tries = 0; tries < 50 && side.behindBy > 0; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      side = await client.read<Side>(cast.mediator, path);
    }
    expect(side).toMatchObject({ workflowId: `dispute/${lived.dispute.id}`, status: 'running', behindBy: 0 });
  });
});

/** The files of a package as text, by name. */
const unzipped = async (bytes: Uint8Array): Promise<Map<string, string>> => {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, file) =>
      error ? reject(error) : resolve(file),
    ),
  );
  const entries = new Map<string, string>();
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: yauzl.Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        text(Readable.from(stream)).then((content) => {
          entries.set(entry.fileName, content);
          zip.readEntry();
        }, reject);
      });
    });
    zip.readEntry();
  });
};
