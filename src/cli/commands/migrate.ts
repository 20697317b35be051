import { migrate } from '../../store/migrate.js';
import { Misunderstood, type CliCommand } from '../command.js';

export const migrateSchema: CliCommand = {
  usage: 'migrate',
  summary: ['bring the schema up to date (DATABASE_ADMIN_URL: the owner of the database)'],
  run: async (args, { env, print, databaseAdminUrl }) => {
    if (args.length > 0) throw new Misunderstood();
    await migrate(databaseAdminUrl(), print, { production: env['ACCORD_MODE'] !== 'local' });
    print('the schema is up to date');
    return 0;
  },
};
