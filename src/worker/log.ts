/** Where the worker writes: a fixed sentence, and codes and numbers beside it. Never personal data or free text. */
export type WorkerLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  detail?: Record<string, string | number | boolean | null>,
) => void;
