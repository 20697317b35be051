import type { FastifyInstance } from 'fastify';
import type { MethodsOf } from './problem-filter.js';

/** Remembers which methods each path answers to, as routes are added; to be called before the first of them. */
export const rememberMethods = (fastify: FastifyInstance): MethodsOf => {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const segments = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : escapeRegExp(part)));
    const route = routes.get(url) ?? { pattern: new RegExp(`^${segments.join('/')}$`), methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    routes.set(url, route);
  });
  return (path) => [
    ...new Set([...routes.values()].filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => [...methods])),
  ];
};

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
