import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { Public } from '../http/caller.js';
import type { Feature } from '../http/feature.js';
import { buildOpenApi } from './document.js';

const page = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>Accord API</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="ui"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`;

/** The page runs its own scripts and asks its own API; its styles are partly inline, its icons data. */
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: true, validatorUrl: null });\n`;

/** A file of the page's own assets: they come with the program, so that the page works without the internet. */
const asset = (name: string): string => {
  const require = createRequire(import.meta.url);
  return readFileSync(join(dirname(require.resolve('swagger-ui-dist/package.json')), name), 'utf8');
};

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const document = once(() => JSON.stringify(buildOpenApi()));
const style = once(() => asset('swagger-ui.css'));
const bundle = once(() => asset('swagger-ui-bundle.js'));

@Controller()
class DocsController {
  @Public()
  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  openapi() {
    return document();
  }

  @Public()
  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', contentSecurityPolicy)
  docs() {
    return page;
  }

  @Public()
  @Get('docs/start.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  start() {
    return start;
  }

  @Public()
  @Get('docs/swagger-ui.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style() {
    return style();
  }

  @Public()
  @Get('docs/swagger-ui-bundle.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  bundle() {
    return bundle();
  }
}

@Module({ controllers: [DocsController] })
class DocsModule {}

/** The OpenAPI document and a page to read it. Not a part of the document itself. */
export const docsFeature: Feature = { module: DocsModule, paths: {} };
