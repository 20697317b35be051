import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabase, ensureRoles } from '../src/local/database.js';
import { startPostgres } from '../src/local/postgres.js';
import { benchCommands } from './commands.js';
import { benchDomain } from './domain.js';
import { benchFeed, printFeed } from './feed.js';
import { benchImport } from './import.js';
import { benchProjections } from './projections.js';
import { benchStore } from './store.js';
import { benchStory } from './story.js';

/** Prints rates and, above all, ratios, measured in one run on one embedded database. Asserts nothing. */

const home = mkdtempSync(join(tmpdir(), 'accord-bench-'));
chmodSync(home, 0o711);
const server = await startPostgres({ home, log: () => undefined });
const line = (what: string, rate: number, ratio?: string) =>
  console.log(`${what.padEnd(58)}${Math.round(rate).toLocaleString('en').padStart(9)}/s${ratio ? `   ${ratio}` : ''}`);

try {
  await ensureRoles({ adminUrl: server.adminUrl, home });
  const urls = await ensureDatabase({ adminUrl: server.adminUrl, home });
  console.log('8 clients, one machine for database, server and load; medians of 3 rounds by turns\n');
  const store = await benchStore(urls);
  line('raw one-row INSERT', store.rawInserts);
  line(
    'raw INSERT of an event’s own row and indexes',
    store.eventRows,
    `${(store.eventRows / store.rawInserts).toFixed(2)} of a raw insert`,
  );
  line(
    'append(): dedup, chain, snapshot, views, plan',
    store.appends,
    `${store.ratio.toFixed(2)} of a raw insert (aim: 0.50), ${(store.appends / store.eventRows).toFixed(2)} of an event’s own row`,
  );
  const commands = await benchCommands(urls);
  line(
    'whole command in process',
    commands.inProcess,
    `${(commands.inProcess / store.rawInserts).toFixed(2)} of a raw insert`,
  );
  line('bare node:http with one INSERT', commands.bareHttp);
  line('whole command over HTTP', commands.overHttp, `${commands.ratio.toFixed(2)} of the bare server (aim: 0.30)`);
  const built = await benchProjections(
    await ensureDatabase({ adminUrl: server.adminUrl, home, database: 'bench_projections' }),
  );
  line(`\nreading all of ${built.events.toLocaleString('en')} events in order`, built.reading);
  for (const [name, rate] of Object.entries(built.rates))
    line(`rebuild of the projection ${name}`, rate, `${(rate / built.reading).toFixed(2)} of reading (aim: 20,000/s)`);
  for (const [name, rate] of Object.entries(built.verifying)) line(`verify of the projection ${name}`, rate);
  const domain = benchDomain();
  console.log(
    `\nfolding ${domain.events} events ${domain.foldMs.toFixed(2)} ms (aim: 5); decide on them ${domain.decideMs.toFixed(3)} ms (aim: 1)`,
  );
  const few = await ensureDatabase({ adminUrl: server.adminUrl, home, database: 'feed_few' });
  const many = await ensureDatabase({ adminUrl: server.adminUrl, home, database: 'feed_many' });
  printFeed(await benchFeed({ few, many }), (text) => console.log(text));
  const imported = await benchImport(
    await ensureDatabase({ adminUrl: server.adminUrl, home, database: 'bench_import' }),
  );
  line(
    'import of past disputes, facts',
    imported.factsPerSecond,
    `${(imported.factsPerSecond / store.rawInserts).toFixed(2)} of raw inserts (aim: 2,000/s); ${Math.round(imported.memory / 1e6)} MB at most`,
  );
  line(
    'verify of the chains of these, events',
    imported.verifiedPerSecond,
    `${(imported.verifiedPerSecond / built.reading).toFixed(2)} of reading (aim: 50,000/s)`,
  );
  const story = await benchStory(join(home, 'story'));
  console.log(
    `the story and the live part: ${story.events} events in their streams; in Temporal ${story.workflows} workflows, ` +
      `${story.historyEvents} history events, ${story.actions} actions`,
  );
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
