import { storeDatabase, type StoreDatabase } from '../store/database.js';
import { createTallyTables } from './tally.js';

/** A database with the tables of `tally`. */
export const tallyDatabase = async (name: string): Promise<StoreDatabase> => {
  const database = await storeDatabase(name);
  await createTallyTables(database);
  return database;
};

/** Takes everything away that tests have written: quicker than another database. Triggers are passed over. */
export const wipe = (database: StoreDatabase): Promise<void> =>
  database.asSuperuser(
    `SET session_replication_role = replica`,
    `TRUNCATE accord.events, accord.streams, accord.commands, accord.disputes, accord.dispute_clocks, accord.projections,
      accord.projection_copies, accord.projection_streams, accord.projection_parked, accord.test_tally, accord.test_tally_types`,
  );
