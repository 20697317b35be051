import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../contract.js';

/** Rows that accord.append writes with the events. Read only: nothing here is ever saved. */

@Entity({ schema: 'accord', name: 'disputes' })
export class DisputeEntry {
  @PrimaryColumn({ name: 'dispute_id', type: 'text' }) disputeId!: string;
  /** Order of registration; a bigint, so a string. */
  @Column({ type: 'bigint' }) ordinal!: string;
  @Column({ name: 'case_code', type: 'text' }) caseCode!: string;
  @Column({ type: 'text' }) type!: string;
  @Column({ type: 'text' }) region!: string;
  @Column({ type: 'text' }) status!: string;
  @Column({ name: 'owner_organisation', type: 'text', nullable: true }) ownerOrganisation!: string | null;
  @Column({ name: 'owner_person', type: 'text', nullable: true }) ownerPerson!: string | null;
  @Column({ name: 'registered_on', type: 'date' }) registeredOn!: string;
  @Column({ type: 'text', array: true }) procedures!: string[];
  @Column({ type: 'text', array: true }) steps!: string[];
  @Column({ type: 'text', array: true }) organisations!: string[];
  @Column({ type: 'text', array: true }) accounts!: string[];
}

@Entity({ schema: 'accord', name: 'open_deadlines' })
export class OpenDeadlineEntry {
  @PrimaryColumn({ name: 'dispute_id', type: 'text' }) disputeId!: string;
  @PrimaryColumn({ name: 'deadline_id', type: 'text' }) deadlineId!: string;
  @Column({ name: 'procedure_id', type: 'text', nullable: true }) procedureId!: string | null;
  @Column({ type: 'text' }) rule!: string;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'text' }) holder!: string;
  @Column({ type: 'text' }) status!: string;
  @Column({ type: 'date' }) due!: string;
  @Column({ name: 'due_at', type: 'timestamptz' }) dueAt!: Date;
}

@Entity({ schema: 'accord', name: 'handoffs' })
export class HandoffEntry {
  @PrimaryColumn({ name: 'handoff_id', type: 'text' }) handoffId!: string;
  @Column({ name: 'dispute_id', type: 'text' }) disputeId!: string;
  @Column({ name: 'procedure_id', type: 'text', nullable: true }) procedureId!: string | null;
  @Column({ name: 'from_organisation', type: 'text' }) fromOrganisation!: string;
  @Column({ name: 'to_organisation', type: 'text' }) toOrganisation!: string;
  @Column({ type: 'text' }) status!: string;
  @Column({ name: 'requested_at', type: 'timestamptz' }) requestedAt!: Date;
  @Column({ name: 'due_at', type: 'timestamptz', nullable: true }) dueAt!: Date | null;
  @Column({ type: 'jsonb' }) view!: JsonObject;
}

export const readModelEntities = [DisputeEntry, OpenDeadlineEntry, HandoffEntry] as const;
