import { randomUUID } from 'node:crypto';
import type { CastMember } from './story.js';

/** What the demonstration reads of the API's answers. */
export interface DeadlineView {
  deadlineId: string;
  rule: string;
  holder: string;
  procedureId: string | null;
  generation: number;
  trigger: { fact: string; on: string };
  amount: number;
  unit: 'D' | 'WD' | 'M' | 'Y' | 'H' | 'S';
  naturalDue: string;
  due: string;
  dueAt: string;
  cautiousDue: string | null;
  provisional: boolean;
  confidence: 'verified' | 'unverified';
  basis: { law: string; article: string } | null;
  status: 'running' | 'suspended' | 'met' | 'elapsed' | 'void';
  endedOn: string | null;
  effect: string | null;
  trace: string[];
}

export interface HandoffView {
  handoffId: string;
  procedureId: string;
  from: { code: string; name: string | null };
  to: { code: string; name: string | null };
  status: 'requested' | 'delivered' | 'escalated' | 'accepted' | 'returned' | 'cancelled';
  parts: string[];
  urges: number;
  acceptedOn: string | null;
}

export interface ProcedureView {
  id: string;
  procedure: string;
  status: 'open' | 'closed';
  step: string;
  openedOn: string;
  closedOn: string | null;
  outcome: string | null;
  consents: Record<string, string>;
  waitingFor: { who: string; role: string; organisation: string | null } | null;
  neutrals: { account: string; seat: string; status: string }[];
  agreement: {
    signedOn: string | null;
    confirmed: boolean;
    terms: { index: number; dueOn: string; performedOn: string | null }[];
  } | null;
  award: { kind: string; status: string; confidence: string; suedBy: string[] } | null;
}

export interface DisputeView {
  id: string;
  caseCode: string;
  status: 'open' | 'closed';
  version: number;
  title: string;
  procedures: ProcedureView[];
  deadlines: DeadlineView[];
  handoffs: HandoffView[];
  notices: { notice: string; owedBy: string; owedTo: string[] }[];
  documents: { documentId: string; kind: string; sha256: string; size: number }[];
  stall: { reason: string } | null;
  closedOn: string | null;
  closeReason: string | null;
  backfill: boolean;
}

export interface EventView {
  version: number;
  type: string;
  occurredAt: string;
  recordedAt: string;
  actor: { kind: string; id: string };
  procedureId: string | null;
  data: Record<string, unknown>;
  eventId: string;
  causationId: string | null;
}

export interface RouteView {
  procedure: string;
  by: string;
  jointly: boolean;
  parallel: boolean;
  deadline: { rule: string } | null;
  basis: { law: string; article: string };
  rows: string[];
  confidence: string;
  kind: string;
  note?: string;
}

export interface ForbiddenView {
  procedure: string;
  by: string;
  reason: string;
  basis: { law: string; article: string };
  rows: string[];
}

export interface ProblemView {
  code: string;
  status: number;
  title: string;
  detail: string;
  basis?: { law: string; article: string; rule?: string };
  alternatives?: { action: string; procedure?: string }[];
  errors?: { pointer: string; message: string }[];
}

/** An answer other than the one that was expected. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  constructor(
    readonly method: string,
    readonly path: string,
    readonly status: number,
    readonly problem: Partial<ProblemView>,
  ) {
    super(`${method} ${path}: ${status} ${problem.code ?? ''} ${problem.detail ?? ''}`.trim());
  }
}

/** Nobody answers at the address. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

export type Answer<T> =
  | { ok: true; status: number; headers: Headers; body: T }
  | { ok: false; status: number; headers: Headers; problem: ProblemView };

/** Milliseconds that an answer may take. */
const patience = 30_000;

/** The API as its users meet it: over HTTP, each signed in as themselves. */
export const createClient = (url: string, language: 'zh' | 'en' = 'zh') => {
  const tokens = new Map<string, string>();

  const fetched = async (method: string, path: string, headers: Record<string, string>, body?: string | FormData) => {
    try {
      return await fetch(`${url}${path}`, {
        method,
        headers: { 'accept-language': language === 'zh' ? 'zh-CN' : 'en', ...headers },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(patience),
      });
    } catch (error) {
      throw new NoAnswer(`${method} ${url}${path}: no answer`, { cause: error });
    }
  };

  const answered = async <T>(response: Response): Promise<Answer<T>> => {
    const { status, headers } = response;
    const text = await response.text();
    const body = text === '' ? null : (JSON.parse(text) as unknown);
    return response.ok
      ? { ok: true, status, headers, body: body as T }
      : { ok: false, status, headers, problem: body as ProblemView };
  };

  const tokenOf = async (who: CastMember): Promise<string> => {
    const known = tokens.get(who.userId);
    if (known) return known;
    const path = '/v1/local/tokens';
    const response = await fetched('POST', path, { 'content-type': 'application/json' }, JSON.stringify(who));
    const answer = await answered<{ token: string }>(response);
    if (!answer.ok) throw new UnexpectedAnswer('POST', path, answer.status, answer.problem);
    tokens.set(who.userId, answer.body.token);
    return answer.body.token;
  };

  const signed = async (who: CastMember | null): Promise<Record<string, string>> =>
    who === null ? {} : { authorization: `Bearer ${await tokenOf(who)}` };

  const ask = async <T>(who: CastMember | null, path: string): Promise<Answer<T>> =>
    answered<T>(await fetched('GET', path, await signed(who)));

  const tell = async <T>(
    who: CastMember | null,
    path: string,
    body: unknown,
    key: string = randomUUID(),
  ): Promise<Answer<T>> => {
    const headers = {
      ...(await signed(who)),
      'content-type': 'application/json',
      'idempotency-key': key,
    };
    return answered<T>(await fetched('POST', path, headers, JSON.stringify(body)));
  };

  return {
    url,
    language,
    /** GET; a problem is an answer too. Throws `NoAnswer`. */
    ask,
    /** POST with an idempotency key; a problem is an answer too. Throws `NoAnswer`. */
    tell,
    /** GET, where only success will do. Throws `UnexpectedAnswer`. */
    read: async <T>(who: CastMember | null, path: string): Promise<T> => {
      const answer = await ask<T>(who, path);
      if (!answer.ok) throw new UnexpectedAnswer('GET', path, answer.status, answer.problem);
      return answer.body;
    },
    /** POST, where only success will do. Throws `UnexpectedAnswer`. */
    act: async <T>(who: CastMember, path: string, body: unknown, key?: string): Promise<T> => {
      const answer = await tell<T>(who, path, body, key);
      if (!answer.ok) throw new UnexpectedAnswer('POST', path, answer.status, answer.problem);
      return answer.body;
    },
    /** Uploads a document as multipart/form-data. Throws `UnexpectedAnswer`. */
    upload: async (
      who: CastMember,
      disputeId: string,
      file: { name: string; mediaType: string; bytes: Uint8Array },
      fields: Record<string, string>,
      key: string = randomUUID(),
    ): Promise<{ documentId: string; sha256: string; size: number }> => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), file.name);
      const path = `/v1/disputes/${disputeId}/documents`;
      const headers = { ...(await signed(who)), 'idempotency-key': key };
      const answer = await answered<{ documentId: string; sha256: string; size: number }>(
        await fetched('POST', path, headers, form),
      );
      if (!answer.ok) throw new UnexpectedAnswer('POST', path, answer.status, answer.problem);
      return answer.body;
    },
    /** The bytes of a file, such as a package. Throws `UnexpectedAnswer`. */
    download: async (who: CastMember, path: string): Promise<Uint8Array> => {
      const response = await fetched('GET', path, await signed(who));
      if (!response.ok)
        throw new UnexpectedAnswer('GET', path, response.status, (await response.json()) as ProblemView);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
};

export type Client = ReturnType<typeof createClient>;

/** All events of a dispute after a version, page by page. */
export const eventsAfter = async (
  client: Client,
  who: CastMember,
  disputeId: string,
  version: number,
): Promise<EventView[]> => {
  const events: EventView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = cursor === '' ? '?limit=200' : `?limit=200&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: EventView[]; nextCursor: string | null } = await client.read(
      who,
      `/v1/disputes/${disputeId}/events${query}`,
    );
    events.push(...page.items.filter((event) => event.version > version));
    cursor = page.nextCursor;
  }
  return events;
};
