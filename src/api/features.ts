import { disputesFeature } from './disputes/disputes.module.js';
import { documentsFeature } from './documents/documents.module.js';
import { handoffsFeature } from './handoffs/handoffs.module.js';
import type { Feature } from './http/feature.js';
import { identityFeature } from './identity/identity.module.js';
import { operationsFeature } from './operations/operations.module.js';
import { rulesFeature } from './rules/rules.module.js';
import { supervisionFeature } from './supervision/supervision.module.js';

/** Everything the API can do, by what users do. A new part is a folder and a line here. */
export const features: readonly Feature[] = [
  disputesFeature,
  documentsFeature,
  handoffsFeature,
  supervisionFeature,
  rulesFeature,
  identityFeature,
  operationsFeature,
];
