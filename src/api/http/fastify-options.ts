import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { LogController, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify';
import type { ApiDependencies } from './dependencies.js';
import { answerProblem } from './answer-problem.js';
import { maxBody } from './json-body.js';
import { Problem, renderProblem } from './problem.js';
import type { ProblemCode } from './problem-codes.js';

/** What Node's HTTP parser rejects before there is a request. */
const ofParser: Readonly<Record<string, ProblemCode>> = { HPE_HEADER_OVERFLOW: 'headers-too-large' };

interface BrokenSocket {
  writable: boolean;
  end(text: string): void;
  destroy(error?: Error): void;
}

const clientError = (error: NodeJS.ErrnoException, socket: BrokenSocket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
  const problem = new Problem(ofParser[error.code ?? ''] ?? 'invalid-request');
  const { status, headers, body } = renderProblem(problem, 'zh', '');
  const text = JSON.stringify(body);
  const lines = Object.entries({
    ...headers,
    'content-length': Buffer.byteLength(text),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${text}`);
};

const requestId = /^[\w.-]{8,100}$/;

/** The HTTP server as the API wants it. */
export const fastifyOptions = ({ log, config }: ApiDependencies) =>
  ({
    logger: log
      ? {
          level: log.level,
          // A request or an error is never logged whole: its parts may name a person.
          serializers: { req: () => undefined, res: () => undefined, err: ({ name }: Error) => ({ name }) },
          ...(log.stream ? { stream: log.stream } : {}),
        }
      : false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBody,
    trustProxy: config.trustProxy,
    genReqId: ({ headers }: { headers: Record<string, string | string[] | undefined> }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && requestId.test(given) ? given : randomUUID();
    },
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle' as const,
    routerOptions: { maxParamLength: 300 },
    clientErrorHandler: clientError as unknown as FastifyServerOptions['clientErrorHandler'],
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerProblem(error, request, reply),
  }) as FastifyServerOptions;
