import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import type { SignedAnchor } from '../../commands/anchors.js';
import { openPublicKeys } from '../../commands/keys.js';
import { verifyAnchors, type AnchorProblem, type KeptElsewhere } from '../../commands/verify-anchors.js';
import { verifyInline } from '../../projections/verify-inline.js';
import { verify as verifyStream, verifyAll } from '../../store/verify.js';
import { Misunderstood, type CliCommand, type CliContext } from '../command.js';
import { readExported } from '../exported-anchors.js';

/** Most damages that are named; all are counted. */
const mostNamed = 1_000;

const said = ({ anchor, leaf, stream, version, problem, kept }: AnchorProblem): string => {
  if (stream !== undefined && leaf === undefined)
    return `${stream}: version ${version}: ${problem}: the log of anchored heads has passed it over`;
  if (stream !== undefined) return `${stream}: version ${version}: ${problem} since it was anchored (leaf ${leaf})`;
  if (anchor !== undefined) return `anchor ${anchor}: ${problem}${kept ? `: ${saidOfKept[kept]}` : ''}`;
  if (leaf !== undefined) return `anchors, leaf ${leaf}: ${problem}`;
  return `anchors kept elsewhere: ${problem}: a line that is no anchor`;
};

const saidOfKept: Record<KeptElsewhere, string> = {
  signed: 'a key of ours signed the one kept elsewhere: what it covered has been replaced or cut off',
  'signed-for-another-record':
    'a key of ours signed the one kept elsewhere, for a record of another id: this one was begun anew, or is another',
  'of-another-record': 'the one kept elsewhere is of another record, and no key of ours signed it',
  'not-signed': 'no key of ours signed the one kept elsewhere: it says nothing',
  'in-two-forms': 'two that differ were kept elsewhere under this number',
};

export const verify: CliCommand = {
  usage: 'verify [dispute] [--anchors FILE]',
  summary: [
    'check the hash chains, the views against the events, and without a dispute the anchors: their signatures, and',
    'that what they cover is still there; --anchors: also against anchors that were exported and kept elsewhere',
  ],
  run: async (args, context) => {
    const { positionals, values } = parse(args);
    const [disputeId, ...rest] = positionals;
    if (rest.length > 0) throw new Misunderstood();
    const elsewhere = values.anchors === undefined ? null : await readExported(values.anchors);
    return context.withPool((pool) =>
      disputeId === undefined ? verifyRecord(pool, context, elsewhere) : verifyDispute(pool, context, disputeId),
    );
  },
};

/** Compares what is shown with what was recorded; names the first difference. Answers whether there is none. */
async function verifyViews(pool: Pool, { print, progress }: CliContext, dispute?: string): Promise<boolean> {
  const shown = await verifyInline(pool, {
    ...(dispute === undefined ? {} : { dispute }),
    progress: (seen) => progress(`${seen} events folded`),
  });
  progress('');
  if (shown.ok)
    print(`views of ${shown.disputes} ${shown.disputes === 1 ? 'dispute' : 'disputes'} agree with their events`);
  else print(`views: ${shown.difference.in}: ${shown.difference.at} is not what its events say`);
  return shown.ok;
}

async function verifyDispute(pool: Pool, context: CliContext, disputeId: string): Promise<number> {
  const { print } = context;
  const stream = `dispute-${disputeId}`;
  const found = await verifyStream(pool, stream);
  if (found.ok && found.events === 0) {
    print(`no events of dispute ${disputeId}`);
    return 1;
  }
  if (!found.ok) print(`${stream}: version ${found.version}: ${found.problem}`);
  print(`1 stream, ${found.ok ? found.events : 0} events, ${found.ok ? 0 : 1} damaged`);
  const agree = await verifyViews(pool, context, disputeId);
  return found.ok && agree ? 0 : 1;
}

/** `elsewhere`: null where nothing was given to compare with. */
async function verifyRecord(pool: Pool, context: CliContext, elsewhere: SignedAnchor[] | null): Promise<number> {
  const { home, env, print, progress } = context;
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
  print(
    `${streams} ${streams === 1 ? 'stream' : 'streams'}, ${events} events, ${damaged} damaged (${Math.round(events / seconds)} events/s)`,
  );
  const checked = await verifyAnchors(pool, {
    keys: openPublicKeys(home, env),
    elsewhere: elsewhere ?? [],
    onProblem: (problem) => name(said(problem)),
  });
  if (elsewhere !== null) print(`${elsewhere.length} anchors kept elsewhere were compared`);
  if (events > 0 && checked.anchors === 0) {
    const line = `${events} events, and no anchor: nothing can be held against what was handed out`;
    if (elsewhere === null) print(line);
    else name(line);
  }
  print(`${checked.anchors} anchors over ${checked.leaves} heads, ${problems - damaged} problems`);
  const agree = await verifyViews(pool, context);
  return problems === 0 && agree ? 0 : 1;
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
