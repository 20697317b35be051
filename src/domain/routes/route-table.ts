import { administrativeRows } from './rows/administrative.js';
import { civilRows } from './rows/civil.js';
import { commercialRows } from './rows/commercial.js';
import { generalRows } from './rows/general.js';
import { labourRows } from './rows/labour.js';
import { landRows } from './rows/land.js';
import { petitionRows } from './rows/petition.js';
import { policeRows } from './rows/police.js';
import { sectorRows } from './rows/sector.js';
import type { RouteRow } from './types.js';

const all = [
  ...generalRows,
  ...civilRows,
  ...labourRows,
  ...commercialRows,
  ...administrativeRows,
  ...landRows,
  ...sectorRows,
  ...policeRows,
  ...petitionRows,
];

/** Orders row numbers as the decision table does: 10, 10b, 11. */
export function compareRows(a: string, b: string): number {
  return parseInt(a, 10) - parseInt(b, 10) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The whole decision table in the order of its rows. A new route is a row in one of the files above. */
export const routeTable: readonly RouteRow[] = all.toSorted((a, b) => compareRows(a.row, b.row));
