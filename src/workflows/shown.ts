import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { Plan } from '../domain/plan/plan.js';
import { attributeKeys as keys, startAttributes } from './attribute-keys.js';
import type { Reading } from './reading.js';
import { details } from './words.js';

/** Shows where the workflow stands in its details and search attributes; of these only what has changed is written. */
export function show(plan: Plan, reading: Reading): void {
  setCurrentDetails(details(reading));
  const { typedSearchAttributes } = workflowInfo();
  const wanted: SearchAttributeUpdatePair[] = [
    ...startAttributes(plan),
    { key: keys.procedure, value: reading.procedure },
    { key: keys.step, value: reading.step },
    { key: keys.waitingFor, value: reading.waitingFor },
    { key: keys.nextDue, value: reading.until === null ? null : new Date(reading.until) },
    { key: keys.stalled, value: reading.stalled },
  ];
  const changed = wanted.filter(({ key, value }) => comparable(typedSearchAttributes.get(key)) !== comparable(value));
  if (changed.length > 0) upsertSearchAttributes(changed);
}

const comparable = (value: unknown): unknown => (value instanceof Date ? value.getTime() : (value ?? null));
