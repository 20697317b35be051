import { subjectErased } from '../domain/dispute/erase-subject.js';
import type { DecidedEvent } from '../domain/dispute/event.js';

/** Subjects, as values name them, that these events erase. */
export const erasedBy = (events: readonly DecidedEvent[]): string[] =>
  events.filter(({ type }) => type === subjectErased).map(({ data }) => subjectOf(data['subject'] as string));

/** Whom a value is about: the reference of a party, or of a member of a collective dispute. */
export const subjectOf = (ref: string): string => `party:${ref}`;
