import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Requester } from '../../domain/dispute/context.js';
import { languageOf, type Language } from './language.js';

/** Who calls, as the token says. */
export interface Caller {
  requester: Requester;
  /** Whose accounts these are: two issuers may have the same account name. */
  issuer: string;
  /** `person`, or `service` for an account of role `system`. */
  kind: 'person' | 'service';
  /** When the token expires, in milliseconds since 1970. */
  expiresAt?: number;
}

/** A caller with one request. */
export interface Asking extends Caller {
  requestId: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before the handler runs on every route that is not `@Public()`. */
    caller: Caller | null;
    /** The JSON body's bytes as they were sent. */
    rawBody: Buffer | null;
  }
  interface FastifyContextConfig {
    public?: boolean;
    multipart?: boolean;
  }
}

/** Needs no token. */
export const Public = () => RouteConfig({ public: true });

/** Takes `multipart/form-data`; every other route takes JSON only. */
export const Multipart = () => RouteConfig({ multipart: true });

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest();

/** The caller of a route that needs a token, and the request's id. */
export const AskedBy = createParamDecorator((_: unknown, context: ExecutionContext): Asking => {
  const { caller, id } = requestOf(context);
  return { ...caller!, requestId: id };
});

/** The language that the reader asked for. */
export const InLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language => {
  return languageOf(requestOf(context));
});
