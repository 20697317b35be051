import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { projections as all } from '../../projections/all.js';
import { buildCopies } from '../../projections/build.js';
import { beginBuilding, copiesOf, setPaused } from '../../projections/copies.js';
import { shown } from '../../projections/difference.js';
import type { AnyProjection } from '../../projections/projection.js';
import { parkedStreams, retryNow, statusOf, type CopyStatus, type ProjectionStatus } from '../../projections/status.js';
import { verifyProjection } from '../../projections/verify.js';
import { CannotRun, Misunderstood, type CliCommand, type CliContext } from '../command.js';

const named = (name: string | undefined): AnyProjection => {
  if (name === undefined) throw new Misunderstood();
  const found = all.find((projection) => projection.name === name);
  if (!found) throw new CannotRun(`no projection ${name}: there are ${all.map((one) => one.name).join(', ')}`);
  return found;
};

const count = (n: number, one: string): string => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;

const behind = ({ lag }: CopyStatus): string =>
  lag.events === 0 ? 'up to date' : `${count(lag.events, 'event')} behind (${Math.ceil(lag.seconds)} s)`;

const waitingFor = (streams: number): string => `waiting: ${count(streams, 'parked stream')}`;

const stateOf = ({ version, paused, live, building, waitingFor: streams }: ProjectionStatus): string => {
  if (live === null) return building === null ? 'not begun' : 'being built for the first time';
  const parts = [paused ? 'paused' : live.isHeld ? 'running' : 'no process follows it', behind(live)];
  if (live.version !== version) parts.push(`made by code of version ${live.version}, this is ${version}`);
  if (live.parked > 0) parts.push(`${count(live.parked, 'stream')} parked`);
  if (building) parts.push(`being rebuilt: ${count(building.events, 'event')} read, ${behind(building)}`);
  if (streams > 0) parts.push(waitingFor(streams));
  return parts.join(', ');
};

/** Parked streams that are named of one projection. */
const mostNamed = 20;

const showAll = async (pool: Pool, { print }: CliContext): Promise<number> => {
  for (const projection of all) {
    const status = await statusOf(pool, projection);
    print(`${projection.name.padEnd(12)}${stateOf(status)}`);
    if (!status.live || status.live.parked === 0) continue;
    const parked = await parkedStreams(pool, status.live.generation, mostNamed);
    for (const { stream, fromVersion, reason, events, attempts, retryAt } of parked)
      print(
        `  ${stream} from version ${fromVersion}: ${reason}; ${count(events, 'event')} wait, tried ${count(attempts, 'time')}, next ${retryAt.toISOString()}`,
      );
    if (status.live.parked > parked.length) print(`  and ${status.live.parked - parked.length} more`);
  }
  return 0;
};

const duration = (seconds: number): string => {
  const whole = Math.ceil(seconds);
  return whole < 90 ? `${whole} s` : `${Math.ceil(whole / 60)} min`;
};

const forced = ({ name }: AnyProjection): string => `accord projections rebuild ${name} --force`;

/** Milliseconds between two lines of progress. */
const progressMs = 1_000;

/**
 * Builds here, or watches where a worker has taken it on; if that one falls silent, takes over. Interrupted, it is gone
 * on with by the next worker, or by the same command.
 */
const rebuild = async (pool: Pool, projection: AnyProjection, force: boolean, { print, progress }: CliContext) => {
  const before = (await copiesOf(pool, projection.name)).filter(({ role }) => role === 'live');
  await beginBuilding(pool, projection);
  const holder = `cli-${process.pid}-${randomUUID().slice(0, 8)}`;
  const builder = buildCopies(pool, projection, { holder, force });
  const begun = Date.now();
  const start = (await statusOf(pool, projection)).building?.events ?? 0;
  const total = await eventsUpTo(pool);
  let looked = 0;
  let said = '';
  try {
    for (;;) {
      const step = await builder.step();
      if (step.did === 'done') break;
      if (step.did === 'nothing' && (await statusOf(pool, projection)).building === null) break;
      if (step.did === 'held' || step.did === 'waiting') await sleep(200);
      if (step.did !== 'waiting' && Date.now() - looked < progressMs) continue;
      looked = Date.now();
      const { building, waitingFor: streams } = await statusOf(pool, projection);
      if (!building) continue;
      // Said once, until it is another number.
      const waits = streams > 0 ? waitingFor(streams) : `waits: ${count(building.parked, 'stream')} cannot be applied`;
      const isWaiting = step.did === 'waiting' || (step.did === 'held' && streams > 0 && building.lag.events === 0);
      if (isWaiting && waits !== said) {
        print(waits);
        if (streams > 0) print(`that the copy in use has not; swap nevertheless: ${forced(projection)}`);
        said = waits;
      }
      const rate = ((building.events - start) * 1_000) / Math.max(1, Date.now() - begun);
      const left = Math.max(0, total - building.events);
      const by = step.did === 'held' ? ' (by a worker)' : '';
      progress(
        `${projection.name}: ${building.events.toLocaleString('en')} of about ${total.toLocaleString('en')} events, ${Math.round(rate).toLocaleString('en')}/s, about ${rate === 0 ? '…' : duration(left / rate)} left${by}`,
      );
    }
  } finally {
    await builder.release().catch(() => undefined);
  }
  progress('');
  const { live } = await statusOf(pool, projection);
  const seconds = (Date.now() - begun) / 1_000;
  if (!live || live.generation === before[0]?.generation)
    throw new CannotRun(`the rebuild of ${projection.name} was given up: another one took its place`);
  const rate = Math.round((live.events - start) / Math.max(seconds, 0.001));
  print(
    `${projection.name} rebuilt: ${count(live.events, 'event')} in ${duration(seconds)} (${rate.toLocaleString('en')}/s), ${behind(live)}`,
  );
  if (live.parked > 0) print(`${count(live.parked, 'stream')} parked: see accord projections list`);
  return live.parked === 0 ? 0 : 1;
};

/** About how many events there are: the serial number of the last. */
const eventsUpTo = async (pool: Pool): Promise<number> => {
  const { rows } = await pool.query<{ last: number }>(
    `SELECT e.position::float8 AS last FROM accord.events e ORDER BY e.epoch DESC, e.xid DESC, e.position DESC LIMIT 1`,
  );
  return rows[0]?.last ?? 0;
};

const verify = async (pool: Pool, projection: AnyProjection, { print, progress }: CliContext) => {
  const verified = await verifyProjection(pool, projection, (events) =>
    progress(`${projection.name}: ${events.toLocaleString('en')} events compared`),
  );
  progress('');
  switch (verified.status) {
    case 'sound': {
      const parked = verified.parked === 0 ? '' : `, ${count(verified.parked, 'stream')} parked`;
      print(
        `${projection.name}: ${count(verified.streams, 'stream')} and ${count(verified.events, 'event')} compared, no difference${parked}`,
      );
      return 0;
    }
    case 'different': {
      const { in: where, at, expected, found } = verified.difference;
      print(
        `${projection.name}: ${where}${at === '' ? '' : `, ${at}`}: by the events ${shown(expected)}, found ${shown(found)}`,
      );
      print(`rebuild it: accord projections rebuild ${projection.name}`);
      return 1;
    }
    case 'not-comparable':
      print(
        verified.why === 'no-live-copy'
          ? `${projection.name} has not been built yet`
          : `${projection.name} was made by code of another version: rebuild it first`,
      );
      return 1;
  }
};

const pause = async (pool: Pool, projection: AnyProjection, paused: boolean, { print }: CliContext) => {
  await setPaused(pool, projection.name, paused);
  if (!paused) await retryNow(pool, projection.name);
  print(`${projection.name} is ${paused ? 'paused' : 'followed again; parked streams are tried at once'}`);
  return 0;
};

export const projections: CliCommand = {
  usage: 'projections list|rebuild NAME [--force]|verify NAME|pause NAME|resume NAME',
  summary: [
    'how the asynchronous views stand; build one anew beside the one that is read, and put it in its place;',
    'compare one with the events; stop one and let it go on (resume also tries parked streams at once). --force: also',
    'where streams are parked in the new copy that are not in the one it replaces',
  ],
  run: ([action, name, ...rest], context) => {
    const force = action === 'rebuild' && rest.length === 1 && rest[0] === '--force';
    if ((rest.length > 0 && !force) || (action === 'list' && name !== undefined)) throw new Misunderstood();
    return context.withPool((pool) => {
      switch (action) {
        case 'list':
          return showAll(pool, context);
        case 'rebuild':
          return rebuild(pool, named(name), force, context);
        case 'verify':
          return verify(pool, named(name), context);
        case 'pause':
        case 'resume':
          return pause(pool, named(name), action === 'pause', context);
        default:
          throw new Misunderstood();
      }
    });
  },
};
