import { z } from 'zod';
import { common, readEnvironment, whole } from '../commands/environment.js';

const environment = z.object({ ...common, PORT: whole(0, 65_535).default(3001) });

export interface WorkerConfig {
  mode: 'local' | 'production';
  home: string;
  /** Of the health checks. */
  port: number;
  databaseUrl: string;
  databasePool: number;
  temporal: { address: string; namespace: string };
  secret: string | undefined;
  anchorMinutes: number;
}

/** The configuration of the worker out of the environment; an empty variable is the same as none. Throws `ConfigProblem`. */
export const readWorkerConfig = (env: NodeJS.ProcessEnv): WorkerConfig => {
  const read = readEnvironment(environment, env);
  return {
    mode: read.ACCORD_MODE,
    home: read.ACCORD_HOME,
    port: read.PORT,
    databaseUrl: read.DATABASE_URL,
    databasePool: read.DATABASE_POOL,
    temporal: { address: read.TEMPORAL_ADDRESS, namespace: read.TEMPORAL_NAMESPACE },
    secret: read.ACCORD_SECRET,
    anchorMinutes: read.ACCORD_ANCHOR_MINUTES,
  };
};
