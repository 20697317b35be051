import { createHmac } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { commandIdOf } from '../../commands/identity.js';
import type { CommandResult } from '../../commands/contract.js';
import type { RecordedEvent } from '../../store/contract.js';
import type { ApiDependencies } from './dependencies.js';
import { etagOf, idempotencyKeyOf, pathOf } from './headers.js';
import { Problem, refused } from './problem.js';

/** An answer that carries more than a body. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

export const send = (reply: FastifyReply, { status = 200, headers = {}, body }: Answer): void => {
  void reply.code(status).headers(headers).send(body);
};

/** A command's identity: the same key of the same caller on the same path is the same command. */
export const commandOf = (deps: ApiDependencies, request: FastifyRequest) => {
  const { requester, issuer, kind } = request.caller!;
  const key = idempotencyKeyOf(request);
  const hmac = createHmac('sha256', deps.config.fingerprintSecret).update(request.rawBody ?? '');
  return {
    by: requester,
    kind,
    commandId: commandIdOf({ issuer, user: requester.account }, request.method, pathOf(request), key),
    fingerprint: hmac.digest('hex'),
    correlationId: request.id,
  };
};

const inShort = ({ version, type, occurredAt }: RecordedEvent) => ({ version, type, occurredAt });

export type Done = Extract<CommandResult, { status: 'done' }>;

/** The result of a command that was carried out; every other result is thrown as the problem it is. */
export const doneOr = (result: CommandResult, ifMatch?: number): Done => {
  switch (result.status) {
    case 'done':
      return result;
    case 'refused':
      throw refused(result.refusal);
    case 'not-found':
      throw new Problem('not-found');
    case 'key-reused':
      throw new Problem('idempotency-key-reused', {
        errors: [{ pointer: 'Idempotency-Key', message: { zh: '请换用新的幂等键', en: 'Use another key' } }],
      });
    case 'version-conflict':
      // Without a version of the caller's own it is only crowded: the same command may succeed in a moment.
      if (ifMatch === undefined) throw new Problem('unavailable', { headers: { 'retry-after': '1' } });
      throw new Problem('version-conflict', {
        headers: { etag: etagOf(result.version) },
        members: { version: result.version, since: result.since.map(inShort) },
      });
  }
};

export const replayHeader = ({ replayed }: Done): Record<string, string> =>
  replayed ? { 'idempotent-replayed': 'true' } : {};
