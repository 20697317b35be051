import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { Plan } from '../domain/plan/plan.js';

/** Typed keys of the attributes in `search-attributes.ts`. */
export const attributeKeys = {
  type: defineSearchAttributeKey('AccordType', 'KEYWORD'),
  region: defineSearchAttributeKey('AccordRegion', 'KEYWORD'),
  procedure: defineSearchAttributeKey('AccordProcedure', 'KEYWORD'),
  step: defineSearchAttributeKey('AccordStep', 'KEYWORD'),
  waitingFor: defineSearchAttributeKey('AccordWaitingFor', 'KEYWORD'),
  nextDue: defineSearchAttributeKey('AccordNextDue', 'DATETIME'),
  stalled: defineSearchAttributeKey('AccordStalled', 'BOOL'),
};

/** Those that a workflow is started with, so that it can be listed before its first task. */
export const startAttributes = ({ type, region }: Plan): SearchAttributePair[] => [
  { key: attributeKeys.type, value: type },
  { key: attributeKeys.region, value: region },
];
