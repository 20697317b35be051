import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { disputeIdOf } from '../../commands/identity.js';
import type { Requester } from '../../domain/dispute/context.js';
import { hostOf, resolveAllowed, urlProblem, type Destinations } from '../../feed/addresses.js';
import { encodePosition } from '../../feed/cursor.js';
import { secretCheck, webhookSecret } from '../../feed/signature.js';
import type { Cursor } from '../../store/contract.js';
import { beginning } from '../../store/feed.js';
import type { Managed, Subscription } from '../../store/subscriptions.js';
import { commandOf, type Answer } from '../http/command.js';
import { idOf } from '../http/headers.js';
import { languageOf, type Language } from '../http/language.js';
import { Problem } from '../http/problem.js';
import { pageQuery, readBody, readQuery } from '../http/read.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { positionOf } from '../feed/list-events.js';

/** Most subscriptions of one organisation, or of none. */
const mostOfOne = 50;
/** How long the former secret is signed with beside the new one. Milliseconds. */
const overlapMs = 24 * 3_600_000;
/** Most secrets that one delivery is signed with. */
const mostSecrets = 3;

const position = z
  .string()
  .min(1)
  .max(100)
  .meta({ description: 'A cursor of the feed, `now`, or `start`: from the first event on' });

// eslint-disable-next-line no-control-regex
const organisation = z.string().regex(/^[^\u0000-\u001f\u007f]{1,200}$/);

export const newWebhook = z
  .strictObject({
    url: z
      .string()
      .max(2_000)
      .meta({ description: 'https, to a public address', examples: ['https://example.org/accord'] }),
    types: z
      .array(z.string().regex(/^[A-Z][A-Za-z]{0,59}$/))
      .min(1)
      .max(50)
      .optional()
      .meta({ description: 'Only these event types' }),
    organisation: organisation.optional().meta({
      description: 'Events of disputes in which it has a part. Administrators may leave it out: all of their region',
    }),
    from: position.default('now'),
  })
  .meta({ title: 'NewWebhook' });

export const replayRequest = z.strictObject({ from: position }).meta({ title: 'WebhookReplay' });
export const webhooksQuery = z.strictObject(pageQuery);

const roles = ['administrator', 'supervisor', 'system'] as const;
const isAdministrator = (by: Requester): boolean => by.roles.includes('administrator');
const isWholeCountry = (region: string | null): boolean => region === null || region === '100000';

/** Whose webhooks the caller looks after: an administrator those of its region, others those of their organisation. */
const managedBy = (by: Requester): Managed => {
  if (!by.roles.some((role) => (roles as readonly string[]).includes(role))) throw new Problem('not-your-role');
  if (isAdministrator(by)) return isWholeCountry(by.region) ? { all: true } : { region: by.region! };
  if (by.organisation === null) throw new Problem('not-your-organisation');
  return { organisation: by.organisation };
};

/** Whose events a new webhook is told of: never more than its creator may see. */
const scopeOf = (by: Requester, asked: string | undefined) => {
  const managed = managedBy(by);
  if (!('organisation' in managed))
    return { organisation: asked ?? null, withinRegion: isWholeCountry(by.region) ? null : by.region };
  if (asked !== undefined && asked !== managed.organisation) throw new Problem('not-your-organisation');
  return { organisation: managed.organisation, withinRegion: null };
};

const urlRefusals = {
  'not-https': { zh: '须为 https 地址', en: 'Must be an https address' },
  'credentials-in-url': { zh: '地址中不得含用户名或密码', en: 'Must hold no user name or password' },
  'address-refused': { zh: '不得指向内部网络', en: 'Must not lead into a private network' },
} as const;

const refuseUrl = (code: keyof typeof urlRefusals): never => {
  throw new Problem('webhook-url-refused', { errors: [{ pointer: '/url', message: urlRefusals[code] }] });
};

/** Refuses what will never be delivered to. A name that is not found yet may be, later. */
const checkUrl = async (text: string, destinations: Destinations): Promise<void> => {
  if (!URL.canParse(text))
    throw new Problem('invalid-request', {
      errors: [{ pointer: '/url', message: { zh: '不是有效的网址', en: 'Not a URL' } }],
    });
  const url = new URL(text);
  const problem = urlProblem(url, destinations);
  if (problem !== null && problem !== 'name-not-found') refuseUrl(problem);
  if ((await resolveAllowed(hostOf(url), destinations)) === 'address-refused') refuseUrl('address-refused');
};

const cursorOf = async ({ feed }: Dependencies, from: string): Promise<Cursor> => {
  if (from === 'now') return feed.now();
  return from === 'start' ? beginning : positionOf(feed, from, '/from');
};

/** As its managers see it; never with its secret. */
const webhookView = (one: Subscription) => ({
  id: one.id,
  url: one.url,
  types: one.types,
  organisation: one.organisation,
  region: one.withinRegion,
  status: one.status,
  createdAt: one.createdAt,
  cursor: encodePosition(one.cursor),
  delivered: one.delivered,
  lastDeliveryAt: one.lastDeliveryAt,
  failures: one.failures,
  failingSince: one.failingSince,
  lastError: one.lastError === null ? null : { code: one.lastError, at: one.lastErrorAt },
  secretGeneration: one.secretGeneration,
});

const secretOf = ({ config }: Dependencies, id: string, generation: number): string =>
  webhookSecret(config.fingerprintSecret, id, generation);

/** The webhook of this id, if the caller looks after it. Throws `not-found`. */
const readWebhook = async (deps: Dependencies, id: string, by: Requester): Promise<Subscription> => {
  const managed = managedBy(by);
  const found = await deps.subscriptions.find(idOf(id), managed);
  if (!found) throw new Problem('not-found');
  return found;
};

/** Makes a webhook: 201 with its secret. The same key with the same body answers as the first time. */
export const createWebhook = async (deps: Dependencies, request: FastifyRequest): Promise<Answer> => {
  const { requester } = request.caller!;
  const body = readBody(newWebhook, request.body, languageOf(request));
  const scope = scopeOf(requester, body.organisation);
  const destinations = { allowLoopback: deps.config.mode === 'local' };
  await checkUrl(body.url, destinations);
  const { commandId, fingerprint } = commandOf(deps, request);
  const id = disputeIdOf(`webhook ${commandId}`);
  const before = await deps.subscriptions.find(id);
  if (!before) {
    const subscription = {
      id,
      fingerprint,
      url: new URL(body.url).href,
      types: body.types ?? null,
      ...scope,
      region: requester.region,
      createdBy: requester.account,
      secretCheck: secretCheck(deps.config.fingerprintSecret, id),
      from: await cursorOf(deps, body.from),
    };
    if ((await deps.subscriptions.insert(subscription, mostOfOne)) === 'too-many')
      throw new Problem('too-many-webhooks');
  }
  const made = before ?? (await deps.subscriptions.find(id));
  if (!made) throw new Problem('not-found');
  if (made.fingerprint !== fingerprint) throw new Problem('idempotency-key-reused');
  return {
    status: 201,
    headers: { location: `/v1/webhooks/${id}`, ...(before ? { 'idempotent-replayed': 'true' } : {}) },
    body: { ...webhookView(made), secret: secretOf(deps, id, made.secretGeneration) },
  };
};

export const listWebhooks = async (deps: Dependencies, query: unknown, by: Requester, language: Language) => {
  const { limit, cursor } = readQuery(webhooksQuery, query, language);
  const page = await deps.subscriptions.list(managedBy(by), {
    ...(limit === undefined ? {} : { limit }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  return { items: page.items.map(webhookView), nextCursor: page.nextCursor };
};

export const showWebhook = async (deps: Dependencies, id: string, by: Requester) =>
  webhookView(await readWebhook(deps, id, by));

/** Pauses, or goes on from where it stood. Doing so again changes nothing. */
export const setWebhookStatus = async (deps: Dependencies, id: string, status: 'active' | 'paused', by: Requester) => {
  const found = await readWebhook(deps, id, by);
  if (found.status !== status) await deps.subscriptions.setStatus(found.id, status);
  return webhookView(await readWebhook(deps, id, by));
};

export const deleteWebhook = async (deps: Dependencies, id: string, by: Requester): Promise<void> => {
  const found = await readWebhook(deps, id, by);
  await deps.subscriptions.setStatus(found.id, 'deleted');
};

/** Goes on from another position: what was delivered behind it is delivered again, under the same ids. */
export const replayWebhook = async (
  deps: Dependencies,
  id: string,
  body: unknown,
  by: Requester,
  language: Language,
) => {
  const { from } = readBody(replayRequest, body, language);
  const found = await readWebhook(deps, id, by);
  await deps.subscriptions.replay(found.id, await cursorOf(deps, from));
  return webhookView(await readWebhook(deps, id, by));
};

/** A new secret; for a day every delivery is signed with the former ones, too. */
export const rotateSecret = async (deps: Dependencies, id: string, by: Requester) => {
  const found = await readWebhook(deps, id, by);
  const now = Date.now();
  const formerUntil = new Date(now + overlapMs).toISOString();
  const retired = [
    { generation: found.secretGeneration, until: formerUntil },
    ...found.retiredSecrets.filter(({ until }) => Date.parse(until) > now),
  ].slice(0, mostSecrets - 1);
  // Two at once: the other's is the new one.
  if (!(await deps.subscriptions.rotate(found.id, found.secretGeneration, retired)))
    throw new Problem('unavailable', { headers: { 'retry-after': '1' } });
  const rotated = await readWebhook(deps, id, by);
  return {
    ...webhookView(rotated),
    secret: secretOf(deps, rotated.id, rotated.secretGeneration),
    formerUntil,
  };
};
