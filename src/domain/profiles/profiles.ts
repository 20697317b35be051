import { covers } from '../dispute/context.js';
import type { Profile, ServiceLevel, ServiceLevelCode } from './profile.js';

const level = (
  code: ServiceLevelCode,
  zh: string,
  en: string,
  amount: number,
  unit: ServiceLevel['unit'],
  attempts: number,
): ServiceLevel => ({ code, version: 1, title: { zh, en }, amount, unit, attempts });

/** The country-wide default. */
export const defaultProfile: Profile = {
  code: 'default',
  version: 1,
  title: { zh: '通用', en: 'Default' },
  regions: ['100000'],
  localRules: [],
  jointMediation: { studios: null, advisers: ['coordinator', 'legal-aid-lawyer', 'health-engineer'] },
  contactsBeforeAbsence: 2,
  labourShortPeriods: 'WD',
  serviceLevels: {
    'SL-HANDOFF': level('SL-HANDOFF', '移送签收', 'receipt of a handoff', 3, 'WD', 2),
    'SL-DELIVERY': level('SL-DELIVERY', '移送投递', 'delivery of a handoff', 1, 'WD', 3),
    'SL-INVITATION': level('SL-INVITATION', '三师应邀答复', 'answer to an invitation', 2, 'WD', 1),
    'SL-DESIGNATION': level('SL-DESIGNATION', '指派答复', 'answer to a designation', 2, 'WD', 1),
    'SL-FOLLOW-UP': level('SL-FOLLOW-UP', '履行回访', 'follow-up after performance falls due', 10, 'WD', 1),
  },
  stallAfterDays: {
    'no-owner': 3,
    'awaiting-acceptance': 7,
    'awaiting-party': 10,
    'awaiting-body': 10,
    'no-progress': 30,
    'suspended-too-long': 60,
    'handoff-returned': 3,
  },
  colours: { yellowShare: 0.3, yellowWorkingDays: 3, redWorkingDays: 1 },
};

/**
 * Nanchang: county-level studios of union and court with the three advisers 三师一室 (CM-27, CM-28), and the sixty days of
 * the union's papers (CM-26, unverified). No threshold of its own for colours and stalls was found: the default's.
 */
export const nanchangProfile: Profile = {
  ...defaultProfile,
  code: 'nanchang',
  title: { zh: '南昌市', en: 'Nanchang' },
  regions: ['360100'],
  localRules: ['CM-26', 'CM-26.agency'],
  jointMediation: {
    studios: 'county',
    advisers: ['coordinator', 'legal-aid-lawyer', 'health-engineer'],
  },
};

/** Service levels of seconds, so that a demonstration or a test can watch the engine act. Never a region's own. */
export const demonstrationProfile: Profile = {
  ...defaultProfile,
  code: 'demonstration',
  title: { zh: '演示（以秒计）', en: 'Demonstration (in seconds)' },
  regions: [],
  serviceLevels: {
    'SL-HANDOFF': level('SL-HANDOFF', '移送签收', 'receipt of a handoff', 3, 'S', 2),
    'SL-DELIVERY': level('SL-DELIVERY', '移送投递', 'delivery of a handoff', 5, 'S', 3),
    'SL-INVITATION': level('SL-INVITATION', '三师应邀答复', 'answer to an invitation', 3, 'S', 1),
    'SL-DESIGNATION': level('SL-DESIGNATION', '指派答复', 'answer to a designation', 5, 'S', 1),
    'SL-FOLLOW-UP': level('SL-FOLLOW-UP', '履行回访', 'follow-up after performance falls due', 5, 'S', 1),
  },
};

export const profiles: readonly Profile[] = [defaultProfile, nanchangProfile, demonstrationProfile];

/** The profile by its code; undefined if there is none. */
export const profileOf = (code: string): Profile | undefined => profiles.find((profile) => profile.code === code);

/** The narrowest profile that covers a region. */
export const profileForRegion = (region: string): Profile =>
  profiles
    .flatMap((profile) => profile.regions.map((own) => ({ profile, own })))
    .filter(({ own }) => covers(own, region))
    .sort((a, b) => breadth(a.own) - breadth(b.own))[0]?.profile ?? defaultProfile;

const breadth = (region: string): number => (region === '100000' ? 7 : (/(00)*$/.exec(region)?.[0].length ?? 0));
