import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type pg from 'pg';
import { createApi } from '../../src/api/app.js';
import { openDependencies, type Surroundings } from '../../src/api/compose.js';
import { readConfig } from '../../src/api/config.js';
import type { Dependencies } from '../../src/api/operations/further-dependencies.js';
import { migrate } from '../../src/store/migrate.js';
import { freshDatabase, testFolder } from '../support/services.js';

export interface Ask {
  token?: string | null;
  headers?: Record<string, string>;
  /** An object is sent as JSON; a string or bytes as they are. */
  body?: unknown;
}

export interface Answered {
  status: number;
  headers: Record<string, unknown>;
  // Answers are looked into member by member.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
  text: string;
}

export interface TestApi {
  app: NestFastifyApplication;
  deps: Dependencies;
  /** Of the application's role. */
  pool: pg.Pool;
  /** Its ACCORD_HOME. */
  home: string;
  /** As the owner of the database. */
  databaseAdminUrl: string;
  /** Takes PostgreSQL away for good. */
  dropDatabase(): Promise<void>;
  ask(method: string, url: string, options?: Ask): Promise<Answered>;
  get(url: string, token?: string | null, headers?: Record<string, string>): Promise<Answered>;
  post(url: string, body: unknown, token?: string | null, headers?: Record<string, string>): Promise<Answered>;
  token(
    role: string | string[],
    more?: { userId?: string; organisation?: string | null; region?: string | null },
  ): Promise<string>;
  close(): Promise<void>;
}

/** 2026-11-23, 10:00 in Shanghai: a Monday. */
export const monday = new Date('2026-11-23T02:00:00Z');

interface TestOptions extends Surroundings {
  env?: Record<string, string>;
  /** Overrides what the API is given. */
  change?: (deps: Dependencies) => Partial<Dependencies>;
}

/** The API on a database of its own, composed as in `npm start`, without Temporal. The clock is the test's. */
export const testApi = async (
  name: string,
  options: TestOptions | NonNullable<TestOptions['change']> = {},
): Promise<TestApi> => {
  const {
    env,
    change,
    clock = () => monday,
    ...given
  }: TestOptions = typeof options === 'function' ? { change: options } : options;
  const database = await freshDatabase(name);
  await migrate(database.databaseAdminUrl, () => undefined);
  const home = testFolder(name);
  const config = readConfig({
    ACCORD_MODE: 'local',
    ACCORD_HOME: home,
    DATABASE_URL: database.databaseUrl,
    ...env,
  });
  const opened = await openDependencies(config, { clock, ...given });
  const { pool } = opened;
  const deps = { ...opened.deps, ...change?.(opened.deps) };
  const app = await createApi(deps);

  const ask: TestApi['ask'] = async (method, url, { token, headers = {}, body } = {}) => {
    const raw = typeof body === 'string' || Buffer.isBuffer(body);
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: raw ? (body as string) : JSON.stringify(body) }),
    });
    const json = /json/.test(String(answer.headers['content-type'] ?? ''));
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: json && answer.payload ? JSON.parse(answer.payload) : null,
      text: answer.payload,
    };
  };
  return {
    app,
    deps,
    pool,
    home,
    databaseAdminUrl: database.databaseAdminUrl,
    dropDatabase: database.drop,
    ask,
    get: (url, token, headers) => ask('GET', url, { token: token ?? null, ...(headers ? { headers } : {}) }),
    post: (url, body, token, headers) =>
      ask('POST', url, { token: token ?? null, body, ...(headers ? { headers } : {}) }),
    token: async (role, more = {}) => {
      const roles = [role].flat();
      const account = { userId: `${roles[0]}-1`, organisation: 'desk', region: '360121', ...more };
      const answer = await ask('POST', '/v1/local/tokens', { body: { ...account, name: '某人', roles } });
      if (answer.status !== 201) throw new Error(answer.text);
      return answer.body.token as string;
    },
    close: async () => {
      await app.close();
      await opened.close();
      await database.drop();
    },
  };
};

/** A registration as at the counter. */
export const wageArrears = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'labour',
  region: '360121',
  source: 'counter',
  title: '拖欠工资',
  parties: [
    {
      ref: 'worker',
      role: 'claimant',
      capacity: 'worker',
      kind: 'person',
      name: '张三',
      phone: '13800000000',
      idNumber: '360121199001010011',
    },
    { ref: 'employer', role: 'respondent', capacity: 'employer', kind: 'organisation', name: '某保洁公司' },
  ],
  claims: [{ kind: 'wages', amount: { amount: '12000', currency: 'CNY' }, text: '四个月工资' }],
  ...change,
});
