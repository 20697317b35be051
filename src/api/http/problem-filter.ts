import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerProblem } from './answer-problem.js';
import { pathOf } from './headers.js';
import { Problem } from './problem.js';

/** Methods that a path answers to, or none. */
export type MethodsOf = (path: string) => readonly string[];

/** Nothing leaves the API as an error but a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly methodsOf: MethodsOf) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof NotFoundException) return this.answerUnrouted(request, reply);
    answerProblem(error, request, reply);
  }

  /** No route: 204 to OPTIONS, 405 where another method would do, else 404. */
  private answerUnrouted(request: FastifyRequest, reply: FastifyReply): void {
    const methods = this.methodsOf(pathOf(request));
    const allow = [...methods, 'OPTIONS'].join(', ');
    if (methods.length === 0) answerProblem(new Problem('not-found'), request, reply);
    else if (request.method === 'OPTIONS') void reply.code(204).header('allow', allow).send();
    else answerProblem(new Problem('method-not-allowed', { headers: { allow } }), request, reply);
  }
}
