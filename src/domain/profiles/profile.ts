import type { Unit } from '../rules/rule.js';

/** A service level of our own: no law, so its code begins with `SL-` and its deadline has no basis. */
export interface ServiceLevel {
  code: `SL-${string}`;
  version: number;
  title: { zh: string; en: string };
  amount: number;
  /** `S` (seconds) in the demonstration profile only. */
  unit: Unit;
  /** How often it may pass before the matter is escalated. */
  attempts: number;
}

export type ServiceLevelCode = 'SL-HANDOFF' | 'SL-DELIVERY' | 'SL-INVITATION' | 'SL-DESIGNATION' | 'SL-FOLLOW-UP';

/** What differs from place to place without being law. Pinned by a dispute at its registration. */
export interface Profile {
  code: string;
  version: number;
  title: { zh: string; en: string };
  /** GB/T 2260 codes covered; the narrowest profile that covers a dispute's region is pinned. */
  regions: readonly string[];
  /** Periods of local law (by rule code) that bodies here keep beside the country's; the rule says whether it is verified. */
  localRules: readonly string[];
  /** Court and union mediating jointly: at which level a union has its studio (null: nowhere of its own), and the advisers it sends. */
  jointMediation: {
    studios: 'county' | null;
    advisers: readonly ('coordinator' | 'legal-aid-lawyer' | 'health-engineer')[];
  };
  /** Documented attempts to reach a party after which its absence counts as a refusal of people's mediation (PM-18). */
  contactsBeforeAbsence: number;
  /** How 3/5/10 days of labour arbitration count, as long as that is unverified. */
  labourShortPeriods: 'WD' | 'D';
  serviceLevels: Readonly<Record<ServiceLevelCode, ServiceLevel>>;
  /** Civil days after which a dispute counts as stalled, by reason. */
  stallAfterDays: Readonly<
    Record<
      | 'no-owner'
      | 'awaiting-acceptance'
      | 'awaiting-party'
      | 'awaiting-body'
      | 'no-progress'
      | 'suspended-too-long'
      | 'handoff-returned',
      number
    >
  >;
  /** Deadline colours: yellow from this share of the period left, or this many working days; red from that many. */
  colours: { yellowShare: number; yellowWorkingDays: number; redWorkingDays: number };
}
