import { ApplicationFailure } from '@temporalio/common';
import type { CommandRequest } from './messages.js';

const maxBytes = 8 * 1024;
const maxDepth = 3;
const keys = new Set(['action', 'procedureId', 'body', 'caller', 'key']);

/**
 * Refuses what has not the shape of a command; what the action itself asks for is the engine's to check. The failure
 * is of type `invalid-request` and names the member that is wrong, never what is in it.
 */
export function validateCommand(request: CommandRequest): void {
  const wrong = wrongMember(request);
  if (wrong !== null)
    throw ApplicationFailure.create({
      type: 'invalid-request',
      message: `invalid-request: ${wrong}`,
      nonRetryable: true,
    });
}

function wrongMember(request: unknown): string | null {
  if (!isObject(request)) return '/';
  const { action, procedureId, body, caller, key } = request;
  if (Object.keys(request).some((name) => !keys.has(name))) return '/';
  if (typeof action !== 'string' || !/^[a-z][a-z0-9-]{0,62}$/.test(action)) return '/action';
  if (procedureId !== undefined && (typeof procedureId !== 'string' || !/^p\d{1,4}$/.test(procedureId)))
    return '/procedureId';
  if (typeof caller !== 'string' || !/^[a-z][a-z0-9-]{0,62}$/.test(caller)) return '/caller';
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) return '/key';
  if (!isObject(body) || depthOf(body) > maxDepth) return '/body';
  return new TextEncoder().encode(JSON.stringify(body)).length > maxBytes ? '/body' : null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Levels of objects and arrays; looks no further than one level too many. */
const depthOf = (value: unknown, level = 0): number => {
  if (typeof value !== 'object' || value === null || level > maxDepth) return level;
  return Object.values(value).reduce(
    (deepest: number, inner) => Math.max(deepest, depthOf(inner, level + 1)),
    level + 1,
  );
};
