import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A service of docker-compose.yml, as far as the tests read it. */
export interface Service {
  image: string;
  command?: string[];
  restart: string;
  environment: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  ports?: string[];
  volumes?: string[];
  configs?: { source: string; target: string }[];
}

export const readRootFile = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

/** docker-compose.yml, its merge keys resolved, its variables not. */
export const compose = parse(readRootFile('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  configs: Record<string, { content: string }>;
};

export function service(name: string): Service {
  const found = compose.services[name];
  if (!found) throw new Error(`no service ${name}`);
  return found;
}

/** A script as the container's shell gets it: Compose has taken one of each two dollars away. */
export const asTheShellGetsIt = (script: string): string => script.replaceAll('$$', '$');
