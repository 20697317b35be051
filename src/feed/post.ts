import { request as httpRequest, type ClientRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { hostOf, resolveAllowed, urlProblem, type Destinations } from './addresses.js';

/** Milliseconds from the lookup of the name to the status of the answer. */
export const postTimeoutMs = 10_000;

export type Posted =
  /** 2xx. */
  | { ok: true }
  /** `code` is of a closed set, `http-<status>` included; `retryAfterMs` as the receiver asks. */
  | { ok: false; code: string; retryAfterMs: number | null };

const failed = (code: string, retryAfterMs: number | null = null): Posted => ({
  ok: false,
  code,
  retryAfterMs,
});

/**
 * Posts to a subscriber's address: to one of the addresses that were checked and to no other, whatever its name is
 * resolved to a moment later; without following a redirect; without reading what it says beyond the status. Never
 * throws. Aborting counts as a failure of the connection.
 */
export const postTo = async (
  address: string,
  {
    headers,
    body,
    destinations,
    signal,
    timeoutMs = postTimeoutMs,
  }: {
    headers: Record<string, string>;
    body: string;
    destinations: Destinations;
    signal?: AbortSignal;
    timeoutMs?: number;
  },
): Promise<Posted> => {
  const url = new URL(address);
  const refused = urlProblem(url, destinations);
  if (refused) return failed(refused);
  const late = AbortSignal.timeout(timeoutMs);
  const limit = signal ? AbortSignal.any([signal, late]) : late;
  const resolved = await Promise.race([resolveAllowed(hostOf(url), destinations), aborted(limit)]);
  if (typeof resolved === 'string') return failed(resolved === 'aborted' ? codeOfAbort(late) : resolved);
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    agent: false,
    signal: limit,
    // The name is not looked up again.
    lookup: (_host, { all }, done) =>
      all === true ? done(null, resolved) : done(null, resolved[0]!.address, resolved[0]!.family),
  };
  return new Promise((settle) => {
    const sent: ClientRequest = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (answer) => {
      const { statusCode: status = 0, headers: said } = answer;
      // Whatever it says is not read.
      answer.on('error', () => undefined);
      answer.destroy();
      settle(
        status >= 200 && status < 300 ? { ok: true } : failed(codeOfStatus(status), retryAfter(said['retry-after'])),
      );
    });
    sent.on('error', (error: NodeJS.ErrnoException) => settle(failed(late.aborted ? 'timeout' : codeOfError(error))));
    sent.end(body);
  });
};

const aborted = (signal: AbortSignal): Promise<'aborted'> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve('aborted');
    else signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });

const codeOfAbort = (late: AbortSignal): string => (late.aborted ? 'timeout' : 'connection-failed');

const codeOfStatus = (status: number): string =>
  status >= 300 && status < 400 ? 'redirect-refused' : `http-${status}`;

const codeOfError = ({ code = '' }: NodeJS.ErrnoException): string => {
  if (code === 'ECONNREFUSED') return 'connection-refused';
  return /EPROTO|CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_/.test(code) ? 'tls-failed' : 'connection-failed';
};

/** Only as seconds; a date is passed over. */
const retryAfter = (header: string | undefined): number | null =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : null;
