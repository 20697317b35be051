// What a test runs as a process of its own: local services until a signal comes. argv[2]: the home folder.
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { asAdmin } from '../../src/local/database.js';
import { startLocalServices } from '../../src/local/services.js';
import { onShutdown } from '../../src/local/supervise.js';

const log = (line: string) => console.error(line);
try {
  const services = await startLocalServices({
    home: process.argv[2]!,
    env: process.env,
    searchAttributes: { AccordType: 'Keyword' },
    log,
  });
  // The worker of a real run ends its work on the database and Temporal before they end.
  const client = {
    name: 'client',
    stop: async () => {
      await sleep(300);
      await asAdmin(services.databaseAdminUrl, (database) => database.query('SELECT 1'));
      const temporal = await Connection.connect({ address: services.temporalAddress, connectTimeout: 1000 });
      await temporal.close();
      console.log('both still answer');
    },
  };
  onShutdown(() => [client, { name: 'services', ...services }], { log });
  console.log(JSON.stringify(services));
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
