import { z } from 'zod';
import { common, commonConfig, readEnvironment, whole, type CommonConfig } from '../commands/environment.js';

const environment = z.object({ ...common, PORT: whole(0, 65_535).default(3001) });

export interface WorkerConfig extends CommonConfig {
  /** Of the health checks. */
  port: number;
}

/** The configuration of the worker out of the environment; an empty variable is the same as none. Throws `ConfigProblem`. */
export const readWorkerConfig = (env: NodeJS.ProcessEnv): WorkerConfig => {
  const read = readEnvironment(environment, env);
  return { ...commonConfig(read), port: read.PORT };
};
