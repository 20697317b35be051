import {
  courseOutline,
  deadlineEvents,
  deadlineOutline,
  disputeStreams,
  followElapses,
  mayElapse,
  outlineEvents,
  outlines,
  procedureOutline,
  versionOver,
  type Course,
} from './course.js';
import type { Projection, RowsTable } from './projection.js';

/** What disputes can be found by, as words of the column `facets`. */
export const facetNames = ['type', 'status', 'procedure', 'outcome', 'result', 'body', 'elapsed'] as const;
export type FacetName = (typeof facetNames)[number];

/** `result` joins a procedure and how it ended: `result:mediation:agreement`. */
export const facet = (name: FacetName, ...values: string[]): string => [name, ...values].join(':');

const table: RowsTable = {
  kind: 'rows',
  table: 'accord.projected_search',
  owner: 'dispute_id',
  key: ['dispute_id'],
  columns: { dispute_id: 'text', region: 'text', registered_on: 'date', closed_on: 'date', facets: 'text[]' },
};

/** A period of law; a service level of our own has no basis in it. */
const isOfLaw = (rule: string): boolean => !rule.startsWith('SL-');

const facetsOf = ({ type, status, procedures, deadlines }: Course): string[] => {
  const facets = new Set([facet('type', type), facet('status', status)]);
  for (const { procedure, outcome, body } of Object.values(procedures)) {
    facets.add(facet('procedure', procedure));
    facets.add(facet('body', body.code));
    if (outcome === null) continue;
    facets.add(facet('outcome', outcome));
    facets.add(facet('result', procedure, outcome));
  }
  for (const { rule, status: state } of Object.values(deadlines))
    if (state === 'elapsed' && isOfLaw(rule)) facets.add(facet('elapsed', rule));
  return [...facets].sort();
};

/** What disputes are searched by beyond what they are listed by: how procedures ended and which periods elapsed. Codes and dates only. */
export const search: Projection<Course> = {
  name: 'search',
  version: versionOver(1),
  streams: disputeStreams,
  types: [...outlineEvents, ...deadlineEvents],
  tables: [table],
  apply: followElapses,
  trim: (course) => ({
    ...courseOutline(course),
    procedures: outlines(course.procedures, procedureOutline),
    deadlines: outlines(course.deadlines, deadlineOutline, (one) => isOfLaw(one.rule) && mayElapse(one)),
  }),
  rows: (course, id) => [
    [
      {
        dispute_id: id,
        region: course.region,
        registered_on: course.registeredOn,
        closed_on: course.closedOn,
        facets: facetsOf(course),
      },
    ],
  ],
};
