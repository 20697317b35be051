import type { Pool } from 'pg';

/** One command of the operator. */
export interface CliCommand {
  /** What comes after `accord`, as the help shows it: `verify [dispute]`. */
  usage: string;
  /** One line a row of the help. */
  summary: readonly string[];
  /**
   * Answers the exit code: 0 done, 1 failed or damage found. Throws `Misunderstood` for arguments that it does not know,
   * `StoreUnavailable`, and an Error that says what is missing.
   */
  run(args: readonly string[], context: CliContext): Promise<number>;
}

export interface CliContext {
  env: NodeJS.ProcessEnv;
  /** `ACCORD_HOME`, default `.accord`. */
  home: string;
  print(line: string): void;
  /** Shows progress to whoever watches, never in a file or a pipe. */
  progress(line: string): void;
  /** As the application's role: `DATABASE_URL`, else the local mode that runs in the home. */
  databaseUrl(): string;
  /** As the owner: `DATABASE_ADMIN_URL`, else the local mode that runs in the home. */
  databaseAdminUrl(): string;
  /** Opens connections of the application's role, and closes them when the work is done. */
  withPool<T>(work: (pool: Pool) => Promise<T>): Promise<T>;
}

/** The arguments are not what the command takes: its usage is shown, and the exit code is 2. */
export class Misunderstood extends Error {
  override readonly name = 'Misunderstood';
}

/** Something that an operator can put right; the message says what, without any value of the record. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
