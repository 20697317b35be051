import { searchAttributes } from '../../src/workflows/search-attributes.js';
import { compose, readRootFile, service, type Service } from './compose.js';

const services = Object.entries(compose.services);
const text = readRootFile('docker-compose.yml');

/** A job runs to its end; everything else runs for ever. */
const isJob = ({ restart }: Service) => restart.startsWith('on-failure');

test('has the parts of the architecture', () => {
  expect(services.map(([name]) => name)).toEqual(
    expect.arrayContaining(['postgres', 'temporal-postgres', 'temporal', 'temporal-ui', 'api', 'worker', 'migrate']),
  );
});

test.each(services)('%s waits only for what exists and can fulfil the condition', (_, { depends_on = {} }) => {
  for (const [name, { condition }] of Object.entries(depends_on)) {
    const awaited = service(name);
    if (condition === 'service_completed_successfully') expect(isJob(awaited)).toBe(true);
    else {
      expect(condition).toBe('service_healthy');
      expect(awaited.healthcheck).toBeDefined();
    }
  }
});

test.each(services)('%s is pinned, and restarted and watched as its kind demands', (_, part) => {
  expect(part.image).toMatch(/:(\$\{ACCORD_VERSION:-)?\d+\.\d+(\.\d+)?\}?$/);
  if (isJob(part)) return expect(part.healthcheck).toBeUndefined();
  expect(part.restart).toBe('unless-stopped');
  expect(part.healthcheck?.test[0]).toBe('CMD');
});

test('the server, its tools and its schema have one version', () => {
  const tags = services.flatMap(([, { image }]) => /^temporalio\/(?:server|admin-tools):(.+)/.exec(image)?.[1] ?? []);
  expect(tags.length).toBeGreaterThan(2);
  expect(new Set(tags).size).toBe(1);
});

test('api, worker and migrations are one image, each with its own program', () => {
  const ours = ['api', 'worker', 'migrate'].map(service);
  expect(new Set(ours.map(({ image }) => image)).size).toBe(1);
  expect(ours.map(({ command }) => command?.join(' '))).toEqual([
    'node dist/api/main.js',
    'node dist/worker/main.js',
    'node dist/cli/accord.js migrate',
  ]);
});

test.each(['api', 'worker', 'migrate'])('%s runs in production mode with all it must be told', (name) => {
  const { environment } = service(name);
  expect(environment).toMatchObject({ ACCORD_MODE: 'production', TEMPORAL_ADDRESS: 'temporal:7233' });
  expect(environment.TEMPORAL_NAMESPACE).toBe(service('temporal-setup').environment.TEMPORAL_NAMESPACE);
  expect(environment.DATABASE_URL).toMatch(/^postgresql:\/\/accord_app:.*@postgres:5432\/accord$/);
  expect(service(name).volumes).toContain(`accord-home:${environment.ACCORD_HOME}`);
});

test('only migrations know the owner of the database, and nothing of ours a superuser', () => {
  expect(service('migrate').environment.DATABASE_ADMIN_URL).toMatch(/\/\/accord_owner:.*@postgres:5432\/accord$/);
  for (const name of ['api', 'worker']) expect(JSON.stringify(service(name))).not.toMatch(/owner|ADMIN/i);
  for (const name of ['api', 'worker', 'migrate']) expect(JSON.stringify(service(name))).not.toContain('{POSTGRES_');
});

test('every secret must be given: none has a default, none is written down', () => {
  const secret = /PASSWORD|PWD|SECRET|KEY/;
  for (const [, name, rest] of text.matchAll(/(?<!\$)\$\{(\w+)([^}]*)\}/g)) {
    // There need not be a former one; if there is, it is not written down either.
    if (secret.test(name!)) expect(rest).toMatch(name!.endsWith('_FORMER') ? /^:-$/ : /^:\?./);
  }
  for (const [, { environment }] of services) {
    for (const [name, value] of Object.entries(environment)) {
      if (secret.test(name)) expect(value).toMatch(/^\$\{\w+:(\?[^}]+|-)\}$/);
      expect(value).not.toMatch(/:\/\/\w+:(?!\$\{)/);
    }
  }
});

test('Temporal has a database cluster of its own', () => {
  expect(service('temporal').environment.POSTGRES_SEEDS).toBe('temporal-postgres');
  expect(service('temporal-schema').environment.SQL_HOST).toBe('temporal-postgres');
  expect(service('temporal-postgres').volumes).not.toEqual(service('postgres').volumes);
});

test('registers the very search attributes that the workflows set, before a worker starts', () => {
  const registered = [
    ...service('temporal-setup')
      .command!.join('\n')
      .matchAll(/^ *register (\w+) (\w+)$/gm),
  ];
  expect(Object.fromEntries(registered.map(([, type, name]) => [name, type]))).toEqual(searchAttributes);
  expect(service('worker').depends_on).toHaveProperty('temporal-setup');
});

test('nothing is published beyond loopback unasked', () => {
  const ports = services.flatMap(([, part]) => part.ports ?? []);
  expect(ports.length).toBeGreaterThan(0);
  for (const port of ports) expect(port).toMatch(/^(127\.0\.0\.1|\$\{ACCORD_BIND:-127\.0\.0\.1\}):/);
  expect(service('postgres').ports).toBeUndefined();
});

test('volumes and configs that are used are declared, and the other way round', () => {
  const used = services.flatMap(([, part]) => (part.volumes ?? []).map((volume) => volume.split(':')[0]!));
  expect(new Set(used)).toEqual(new Set(Object.keys(compose.volumes)));
  const configs = services.flatMap(([, part]) => (part.configs ?? []).map(({ source }) => source));
  expect(new Set(configs)).toEqual(new Set(Object.keys(compose.configs)));
});

test('in scripts, a dollar is the shell’s: doubled, so that Compose leaves it alone', () => {
  const scripts = [
    ...services.flatMap(([, { command }]) => command ?? []),
    ...Object.values(compose.configs).map(({ content }) => content),
  ];
  for (const script of scripts) expect(script.replaceAll('$$', '')).not.toContain('$');
});

test('the image runs as an ordinary user and holds no test, secret or local data', () => {
  const stages = readRootFile('Dockerfile').split(/^FROM /m);
  expect(stages.at(-1)).toMatch(/^USER node$/m);
  expect(stages.at(-1)).toMatch(/^ENV .*ACCORD_MODE=production/m);
  const admitted = readRootFile('.dockerignore').trim().split('\n');
  expect(admitted[0]).toBe('*');
  expect(admitted.slice(1)).toEqual(['!package.json', '!package-lock.json', '!.npmrc', '!scripts', '!src']);
});
