import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error: `from ${least} to ${most}` });

const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_ADMIN_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Connections of this process to PostgreSQL. */
  DATABASE_POOL: whole(1, 500).default(20),
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  PORT: whole(0, 65_535).default(3000),
  ACCORD_HOME: z.string().min(1).default('.accord'),
  ACCORD_MODE: z.enum(['local', 'production']).default('production'),
  /** Under which bodies are fingerprinted; the same for all who serve one database. Default: a file in ACCORD_HOME. */
  ACCORD_SECRET: z.string().min(32).optional(),
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
  /** How often the worker anchors the record. Minutes. */
  ACCORD_ANCHOR_MINUTES: whole(1, 10_080).default(60),
  TRUST_PROXY: flag.default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface ApiConfig {
  mode: 'local' | 'production';
  home: string;
  port: number;
  databaseUrl: string;
  databasePool: number;
  temporal: { address: string; namespace: string };
  secret: string | undefined;
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
  anchorMinutes: number;
  logLevel: string;
}

/** The environment does not say enough, or says something wrong; the message names each variable, never its value. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
}

/** The configuration of the API out of the environment; an empty variable is the same as none. Throws `ConfigProblem`. */
export const readConfig = (env: NodeJS.ProcessEnv): ApiConfig => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = environment.safeParse(given);
  const problems = result.success
    ? []
    : result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  const production = (given['ACCORD_MODE'] ?? 'production') === 'production';
  if (production)
    for (const name of ['OIDC_ISSUER', 'OIDC_AUDIENCE'])
      if (!given[name]) problems.push(`  ${name}: needed in production, where the OIDC issuer gives the tokens`);
  if (production && !given['ACCORD_MASTER_KEY'])
    problems.push('  ACCORD_MASTER_KEY: needed in production, base64 of 32 random bytes (openssl rand -base64 32)');
  if (!result.success || problems.length > 0)
    throw new ConfigProblem(['The environment is not complete:', ...problems].join('\n'));
  const read = result.data;
  return {
    mode: read.ACCORD_MODE,
    home: read.ACCORD_HOME,
    port: read.PORT,
    databaseUrl: read.DATABASE_URL,
    databasePool: read.DATABASE_POOL,
    temporal: { address: read.TEMPORAL_ADDRESS, namespace: read.TEMPORAL_NAMESPACE },
    secret: read.ACCORD_SECRET,
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
    anchorMinutes: read.ACCORD_ANCHOR_MINUTES,
    logLevel: read.LOG_LEVEL,
  };
};
