import { anchorsFeature } from './anchors/anchors.module.js';
import { calendarFeature } from './calendar/calendar.module.js';
import { collectiveFeature } from './collective/collective.module.js';
import { disputesFeature } from './disputes/disputes.module.js';
import { documentsFeature } from './documents/documents.module.js';
import { feedFeature } from './feed/feed.module.js';
import { handoffsFeature } from './handoffs/handoffs.module.js';
import type { Feature } from './http/feature.js';
import { identityFeature } from './identity/identity.module.js';
import { operationsFeature } from './operations/operations.module.js';
import { projectionsFeature } from './projections/projections.module.js';
import { proofFeature } from './proof/proof.module.js';
import { rulesFeature } from './rules/rules.module.js';
import { supervisionFeature } from './supervision/supervision.module.js';
import { webhooksFeature } from './webhooks/webhooks.module.js';
import { whatIfFeature } from './what-if/what-if.module.js';

/** Everything the API can do, by what users do. A new part is a folder and a line here. */
export const features: readonly Feature[] = [
  disputesFeature,
  collectiveFeature,
  whatIfFeature,
  documentsFeature,
  handoffsFeature,
  proofFeature,
  supervisionFeature,
  projectionsFeature,
  feedFeature,
  webhooksFeature,
  rulesFeature,
  calendarFeature,
  anchorsFeature,
  identityFeature,
  operationsFeature,
];
