import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabase, ensureRoles } from '../src/local/database.js';
import { startPostgres } from '../src/local/postgres.js';
import { benchCommands } from './commands.js';
import { benchDomain } from './domain.js';
import { benchStore } from './store.js';
import { benchStory } from './story.js';

/** Prints rates and, above all, ratios, measured in one run on one embedded database. Asserts nothing. */

const home = mkdtempSync(join(tmpdir(), 'accord-bench-'));
chmodSync(home, 0o711);
const server = await startPostgres({ home, log: () => undefined });
const line = (what: string, rate: number, ratio?: string) =>
  console.log(
    `${what.padEnd(58)}${Math.round(rate).toLocaleString('en').padStart(9)}/s${ratio ? `   ${ratio}` : ''}`,
  );

try {
  await ensureRoles({ adminUrl: server.adminUrl, home });
  const urls = await ensureDatabase({ adminUrl: server.adminUrl, home });
  console.log('8 clients, one machine for database, server and load; medians of 3 rounds by turns\n');
  const store = await benchStore(urls);
  line('raw one-row INSERT', store.rawInserts);
  line(
    'append(): dedup, chain, snapshot, views, plan',
    store.appends,
    `${store.ratio.toFixed(2)} of a raw insert`,
  );
  const commands = await benchCommands(urls);
  line(
    'whole command in process',
    commands.inProcess,
    `${(commands.inProcess / store.rawInserts).toFixed(2)} of a raw insert`,
  );
  line('bare node:http with one INSERT', commands.bareHttp);
  line(
    'whole command over HTTP',
    commands.overHttp,
    `${commands.ratio.toFixed(2)} of the bare server (aim: 0.30)`,
  );
  const domain = benchDomain();
  console.log(
    `\nfolding ${domain.events} events ${domain.foldMs.toFixed(2)} ms (aim: 5); decide on them ${domain.decideMs.toFixed(3)} ms (aim: 1)`,
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
