import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import type { SignedAnchor } from '../../commands/anchors.js';
import { openPublicKeys } from '../../commands/keys.js';
import { verifyAnchors, type AnchorProblem } from '../../commands/verify-anchors.js';
import { verify as verifyStream, verifyAll } from '../../store/verify.js';
import { Misunderstood, type CliCommand, type CliContext } from '../command.js';
import { readExported } from '../exported-anchors.js';

/** Most damages that are named; all are counted. */
const mostNamed = 1_000;

const said = ({ anchor, leaf, stream, version, problem }: AnchorProblem): string => {
  if (stream !== undefined) return `${stream}: version ${version}: ${problem} since it was anchored (leaf ${leaf})`;
  return anchor !== undefined ? `anchor ${anchor}: ${problem}` : `anchors, leaf ${leaf}: ${problem}`;
}; // prettier-ignore

export const verify: CliCommand = {
  usage: 'verify [dispute] [--anchors FILE]',
  summary: [
    'check the hash chains, and without a dispute the anchors: their signatures, and that what they cover is',
    'still there; --anchors: also against anchors that were exported and kept elsewhere',
  ],
  run: async (args, context) => {
    const { positionals, values } = parse(args);
    const [disputeId, ...rest] = positionals;
    if (rest.length > 0) throw new Misunderstood();
    const elsewhere = values.anchors === undefined ? [] : await readExported(values.anchors);
    return context.withPool((pool) =>
      disputeId === undefined ? verifyRecord(pool, context, elsewhere) : verifyDispute(pool, context, disputeId),
    );
  }, // prettier-ignore
};

async function verifyDispute(pool: Pool, { print }: CliContext, disputeId: string): Promise<number> {
  const stream = `dispute-${disputeId}`;
  const found = await verifyStream(pool, stream);
  if (found.ok && found.events === 0) {
    print(`no events of dispute ${disputeId}`);
    return 1;
  }
  if (!found.ok) print(`${stream}: version ${found.version}: ${found.problem}`);
  print(`1 stream, ${found.ok ? found.events : 0} events, ${found.ok ? 0 : 1} damaged`);
  return found.ok ? 0 : 1;
}

async function verifyRecord(
  pool: Pool,
  { home, env, print, progress }: CliContext,
  elsewhere: SignedAnchor[],
): Promise<number> {
  let problems = 0;
  const name = (line: string) => {
    problems += 1;
    if (problems <= mostNamed) print(line);
    else if (problems === mostNamed + 1) print('… and more');
  };
  const since = Date.now();
  const { streams, events, damaged } = await verifyAll(
    pool,
    ({ stream, version, problem }) => name(`${stream}: version ${version}: ${problem}`),
    (seen) => progress(`${seen} events`),
  );
  progress('');
  const seconds = Math.max((Date.now() - since) / 1000, 0.001);
  print(`${streams} ${streams === 1 ? 'stream' : 'streams'}, ${events} events, ${damaged} damaged (${Math.round(events / seconds)} events/s)`); // prettier-ignore
  const checked = await verifyAnchors(pool, {
    keys: openPublicKeys(home, env),
    elsewhere,
    onProblem: (problem) => name(said(problem)),
  });
  print(`${checked.anchors} anchors over ${checked.leaves} heads, ${problems - damaged} problems`);
  return problems === 0 ? 0 : 1;
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { anchors: { type: 'string' } },
    });
  } catch (error) {
    throw new Misunderstood((error as Error).message);
  }
};
