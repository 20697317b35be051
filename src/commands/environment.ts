import { z } from 'zod';

/** The environment does not say enough, or says something wrong; the message names each variable, never its value. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
}

export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** A whole number in decimal digits. */
export const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error: `from ${least} to ${most}` });

/** What the API and the worker read alike. */
export const common = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Connections of this process to PostgreSQL. */
  DATABASE_POOL: whole(1, 500).default(20),
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  ACCORD_HOME: z.string().min(1).default('.accord'),
  ACCORD_MODE: z.enum(['local', 'production']).default('production'),
  /** Under which bodies are fingerprinted; the same for all who serve one database. Default: a file in ACCORD_HOME. */
  ACCORD_SECRET: z.string().min(32).optional(),
  /** How often the worker anchors the record. Minutes. */
  ACCORD_ANCHOR_MINUTES: whole(1, 10_080).default(60),
};

/** What the API and the worker are told alike. */
export interface CommonConfig {
  mode: 'local' | 'production';
  home: string;
  databaseUrl: string;
  databasePool: number;
  temporal: { address: string; namespace: string };
  secret: string | undefined;
  anchorMinutes: number;
}

export const commonConfig = (read: z.output<z.ZodObject<typeof common>>): CommonConfig => ({
  mode: read.ACCORD_MODE,
  home: read.ACCORD_HOME,
  databaseUrl: read.DATABASE_URL,
  databasePool: read.DATABASE_POOL,
  temporal: { address: read.TEMPORAL_ADDRESS, namespace: read.TEMPORAL_NAMESPACE },
  secret: read.ACCORD_SECRET,
  anchorMinutes: read.ACCORD_ANCHOR_MINUTES,
});

/** The variables that `schema` names; an empty one is the same as none. `more`: what it cannot say. Throws `ConfigProblem`. */
export const readEnvironment = <T>(
  schema: z.ZodType<T>,
  env: NodeJS.ProcessEnv,
  more: (given: Record<string, string | undefined>) => string[] = () => [],
): T => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  const problems = result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  problems.push(...more(given));
  if (result.success && problems.length === 0) return result.data;
  throw new ConfigProblem(['The environment is not complete:', ...problems.map((one) => `  ${one}`)].join('\n'));
};
