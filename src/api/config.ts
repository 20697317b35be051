import { z } from 'zod';
import { common, commonConfig, flag, readEnvironment, whole, type CommonConfig } from '../commands/environment.js';

const environment = z.object({
  ...common,
  DATABASE_ADMIN_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  PORT: whole(0, 65_535).default(3000),
  /** Wraps the keys that personal data are sealed under: base64, 32 bytes. Default in local mode: a file in ACCORD_HOME. */
  ACCORD_MASTER_KEY: z.string().optional(),
  /** Former ones, separated by commas, until `accord keys rotate-master` has run. */
  ACCORD_MASTER_KEYS_FORMER: z.string().optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_AUDIENCE: z.string().min(1).optional(),
  OIDC_JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_ROLES_CLAIM: z.string().min(1).default('roles'),
  OIDC_ORGANISATION_CLAIM: z.string().min(1).default('organisation'),
  OIDC_REGION_CLAIM: z.string().min(1).default('region'),
  /** Requests an account may make in a minute; default 6,000, in local mode a million. */
  REQUESTS_PER_MINUTE: whole(1, 100_000_000).optional(),
  TRUST_PROXY: flag.default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface ApiConfig extends CommonConfig {
  port: number;
  masterKeys: { current: string | undefined; former: string | undefined };
  /** In production only. */
  oidc: {
    issuer: string;
    audience: string;
    jwksUrl: string | undefined;
    claims: { roles: string; organisation: string; region: string };
  } | null;
  requestsPerMinute: number;
  trustProxy: boolean;
  logLevel: string;
}

const missingInProduction = (given: Record<string, string | undefined>): string[] => {
  if ((given['ACCORD_MODE'] ?? 'production') !== 'production') return [];
  const reasons = {
    OIDC_ISSUER: 'where the OIDC issuer gives the tokens',
    OIDC_AUDIENCE: 'where the OIDC issuer gives the tokens',
    ACCORD_MASTER_KEY: 'base64 of 32 random bytes (openssl rand -base64 32)',
  };
  return Object.entries(reasons).flatMap(([name, why]) =>
    given[name] ? [] : [`${name}: needed in production, ${why}`],
  );
};

/** The configuration of the API out of the environment; an empty variable is the same as none. Throws `ConfigProblem`. */
export const readConfig = (env: NodeJS.ProcessEnv): ApiConfig => {
  const read = readEnvironment(environment, env, missingInProduction);
  return {
    ...commonConfig(read),
    port: read.PORT,
    masterKeys: { current: read.ACCORD_MASTER_KEY, former: read.ACCORD_MASTER_KEYS_FORMER },
    oidc:
      read.ACCORD_MODE === 'local'
        ? null
        : {
            issuer: read.OIDC_ISSUER!,
            audience: read.OIDC_AUDIENCE!,
            jwksUrl: read.OIDC_JWKS_URL,
            claims: {
              roles: read.OIDC_ROLES_CLAIM,
              organisation: read.OIDC_ORGANISATION_CLAIM,
              region: read.OIDC_REGION_CLAIM,
            },
          },
    requestsPerMinute: read.REQUESTS_PER_MINUTE ?? (read.ACCORD_MODE === 'local' ? 1_000_000 : 6_000),
    trustProxy: read.TRUST_PROXY,
    logLevel: read.LOG_LEVEL,
  };
};
