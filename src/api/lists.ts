import type { DataSource } from 'typeorm';
import { handoffById } from '../store/read-models/find.js';
import { listDisputes } from '../store/read-models/list-disputes.js';
import type { Sealing } from '../store/sealing/sealing.js';
import type { Lists } from './http/dependencies.js';

/** The API's lists over the connections of the application's role. */
export const bindLists = (dataSource: DataSource, sealing: Sealing): Lists => ({
  disputes: (filter, page, search = {}) => listDisputes(dataSource, filter, page, { sealing, ...search }),
  handoff: (...rest) => handoffById(dataSource, ...rest),
});
