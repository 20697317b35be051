import type { Calendar } from '../../domain/calendar/calendar.js';
import type { Anchors } from '../../commands/anchors.js';
import type { Calendars } from '../../commands/calendars.js';
import type { CommandService } from '../../commands/contract.js';
import type { BlobStore, EventStore, ReadRecord } from '../../store/contract.js';
import type { RecordedRead } from '../../store/reads.js';
import type { Page, PageRequest } from '../../store/read-models/page.js';
import type { handoffById } from '../../store/read-models/find.js';
import type { DisputeFilter, DisputeListOptions, listDisputes } from '../../store/read-models/list-disputes.js';
import type { RuleBook } from '../../domain/rules/rule-book.js';
import type { Identity } from '../identity/identity.js';

/** A read-model function with its data source already given. */
type Bound<F> = F extends (dataSource: infer _D, ...rest: infer R) => infer A ? (...rest: R) => A : never;

/** The lists that the API reads; `bindLists` makes them. */
export interface Lists {
  disputes: (
    filter: DisputeFilter,
    page?: PageRequest,
    search?: Omit<DisputeListOptions, 'sealing'>,
  ) => ReturnType<typeof listDisputes>;
  handoff: Bound<typeof handoffById>;
}

/** The record of who was shown personal data. */
export interface Reads {
  record(read: ReadRecord): Promise<void>;
  list(disputeId: string, page: PageRequest): Promise<Page<RecordedRead>>;
}

/** What a dispute's workflow looks like from Temporal; ids, states and instants only. */
export interface TemporalSide {
  workflowId: string;
  runId: string | null;
  /** `running`, `completed`, `failed`, … as Temporal has it, or `missing`. */
  status: string;
  /** Instant. */
  nextTimerAt: string | null;
  children: {
    workflowId: string;
    runId: string;
    status: string;
    type: string;
    step: string | null;
    waitingFor: string | null;
    nextDue: string | null;
  }[];
  /** `lastFailure` is a code. */
  pendingActivities: { type: string; attempt: number; lastFailure: string | null }[];
}

/** Everything that the API is given; it opens nothing itself. */
export interface ApiDependencies {
  commands: CommandService;
  store: EventStore;
  lists: Lists;
  reads: Reads;
  blobs: BlobStore;
  identity: Identity;
  config: {
    mode: 'local' | 'production';
    /** Under which the bytes of a command are fingerprinted; the same for all who serve the same database. */
    fingerprintSecret: Uint8Array;
    /** Requests an account (without a token: an address) may make in a minute. */
    requestsPerMinute: number;
    /** Whether `X-Forwarded-*` of the nearest proxy is believed. */
    trustProxy: boolean;
  };
  /** The calendar and rules in force; default those that are built in. */
  calendar?: () => Calendar;
  /** Where an operator's holiday schedules are kept; absent, none can be loaded here. */
  calendars?: Calendars;
  anchors?: Anchors;
  rules?: () => RuleBook;
  /** Answers null where there is no workflow; throws where Temporal is away. */
  temporalSide?: (disputeId: string) => Promise<TemporalSide | null>;
  /** Hears once a process of each organisation whose staff signs in here. */
  noteBody?: (organisation: string) => Promise<void>;
  /** Whether PostgreSQL and Temporal answer; for the health endpoints. */
  probes?: { database: () => Promise<boolean>; temporal: () => Promise<boolean> };
  clock: () => Date;
  /** Where the request log goes; absent: nowhere. */
  log?: { level: string; stream?: { write(line: string): void } };
}

/** Injects `ApiDependencies`. */
export const DEPENDENCIES = Symbol('ApiDependencies');
