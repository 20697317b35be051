import type { DataSource } from 'typeorm';
import { outcome } from './ask.js';
import { DisputeEntry, HandoffEntry, OpenDeadlineEntry } from './entities.js';

/** What a dispute is listed by, and who may see it; null if there is none. @throws StoreUnavailable */
export function disputeById(dataSource: DataSource, disputeId: string): Promise<DisputeEntry | null> {
  return outcome(dataSource.getRepository(DisputeEntry).findOneBy({ disputeId }));
}

/** The open deadlines of a dispute, the nearest first. @throws StoreUnavailable */
export function openDeadlines(dataSource: DataSource, disputeId: string): Promise<OpenDeadlineEntry[]> {
  return outcome(
    dataSource
      .getRepository(OpenDeadlineEntry)
      .find({ where: { disputeId }, order: { dueAt: 'ASC', deadlineId: 'ASC' } }),
  );
}

/** One handoff, or null. @throws StoreUnavailable */
export function handoffById(dataSource: DataSource, handoffId: string): Promise<HandoffEntry | null> {
  return outcome(dataSource.getRepository(HandoffEntry).findOneBy({ handoffId }));
}
