import pg from 'pg';
import { DataSource } from 'typeorm';
import { connectionLimits, type PoolOptions } from './pool.js';
import { readModelEntities } from './read-models/entities.js';

/** TypeORM over the read models. It never writes: the schema is the migrations', the rows are append's. */
export function createDataSource(databaseUrl: string, options: PoolOptions = {}): DataSource {
  return new DataSource({
    type: 'postgres',
    driver: pg,
    url: databaseUrl,
    schema: 'accord',
    entities: [...readModelEntities],
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolErrorHandler: (error: Error) => options.onError?.(error),
    extra: {
      max: options.max ?? 5,
      application_name: 'accord-lists',
      keepAlive: true,
      ...connectionLimits,
    },
  });
}
