import { daysBetween, type CivilDate } from '../domain/calendar/civil-date.js';
import { dateOf } from '../domain/dispute/occurred.js';
import type { EventType } from '../domain/dispute/event-types.js';
import {
  courseOutline,
  deadlineEvents,
  deadlineOutline,
  disputeStreams,
  followElapses,
  handoffEvents,
  handoffOutline,
  mayElapse,
  outlineEvents,
  outlines,
  procedureOutline,
  versionOver,
  type Course,
} from './course.js';
import type { Projection, Row, SumsTable } from './projection.js';

export const kpiMeasures = [
  'registered',
  'opened',
  'closed',
  'agreed',
  'closed_days',
  'closed_in_15_days',
  'closed_in_30_days',
  'closed_in_60_days',
  'elapsed',
  'done_late',
  'handoffs',
  'handoffs_accepted',
  'handoffs_returned',
] as const;
type Measure = (typeof kpiMeasures)[number];

const sums: SumsTable = {
  kind: 'sums',
  table: 'accord.projected_kpis',
  key: ['region', 'type', 'procedure', 'month'],
  sums: kpiMeasures,
};

/** The parties themselves settled it, in whatever procedure. */
const agreed: ReadonlySet<string> = new Set(['agreement', 'agreement-performed', 'mediated', 'settled']);

const closing = (openedOn: CivilDate, closedOn: CivilDate): Partial<Record<Measure, number>> => {
  // A fact may be dated before the registration: it took no time here.
  const days = Math.max(0, daysBetween(openedOn, closedOn));
  return {
    closed: 1,
    closed_days: days,
    closed_in_15_days: Number(days <= 15),
    closed_in_30_days: Number(days <= 30),
    closed_in_60_days: Number(days <= 60),
  };
};

const shares = (course: Course): Row[] => {
  const rows: Row[] = [];
  const add = (procedure: string, on: CivilDate, measures: Partial<Record<Measure, number>>) =>
    rows.push({ region: course.region, type: course.type, procedure, month: on.slice(0, 7), ...measures });
  const codeOf = (id: string | null) => (id === null ? '' : (course.procedures[id]?.procedure ?? ''));

  add('', course.registeredOn, { registered: 1 });
  if (course.status === 'closed' && course.closedOn !== null)
    add('', course.closedOn, closing(course.registeredOn, course.closedOn));
  for (const { procedure, openedOn, closedOn, outcome } of Object.values(course.procedures)) {
    add(procedure, openedOn, { opened: 1 });
    if (closedOn !== null)
      add(procedure, closedOn, { ...closing(openedOn, closedOn), agreed: Number(agreed.has(outcome ?? '')) });
  }
  for (const { kind, status, procedureId, due, doneLateOn } of Object.values(course.deadlines))
    if (kind === 'institution' && status === 'elapsed')
      add(codeOf(procedureId), due, { elapsed: 1, done_late: Number(doneLateOn !== null) });
  for (const { procedureId, requestedAt, acceptedOn, returned } of Object.values(course.handoffs)) {
    add(codeOf(procedureId), dateOf(requestedAt), { handoffs: 1 });
    if (acceptedOn !== null) add(codeOf(procedureId), acceptedOn, { handoffs_accepted: 1 });
    if (returned !== null) add(codeOf(procedureId), returned.on, { handoffs_returned: 1 });
  }
  return rows;
};

/**
 * What supervisors count, by region, type, procedure and month (of the legal date in Asia/Shanghai). `procedure` is
 * empty for the dispute as a whole. `elapsed`: periods of institutions that passed, counted in the month of their last
 * day. A correction or a late fact moves what it concerns into the month where it belongs.
 */
export const kpis: Projection<Course> = {
  name: 'kpis',
  version: versionOver(1),
  streams: disputeStreams,
  types: [...outlineEvents, ...deadlineEvents, ...handoffEvents, ...(['OverdueActDone'] satisfies EventType[])],
  tables: [sums],
  apply: followElapses,
  trim: (course) => ({
    ...courseOutline(course),
    procedures: outlines(course.procedures, procedureOutline),
    deadlines: outlines(course.deadlines, deadlineOutline, (one) => one.kind === 'institution' && mayElapse(one)),
    handoffs: outlines(course.handoffs, handoffOutline),
  }),
  rows: (course) => [shares(course)],
};
