import type { DisputeType } from './codes.js';

/** Civil disputes that go to a court without another procedure first (arbitration clause apart). */
export const directSuitTypes: readonly DisputeType[] = [
  'neighbour',
  'property-service',
  'school-injury',
  'medical',
  'traffic',
  'consumer',
  'family',
  'land-tort',
  'rural-land',
  'commercial',
  'contract',
  'patent',
  'public-order',
  'noise',
  'debt',
  'other-civil',
];

/** All disputes with a civil side: those above, labour (arbitration first) and land title (adjudication first). */
export const civilTypes: readonly DisputeType[] = [...directSuitTypes, 'labour', 'land-title'];

const without = (types: readonly DisputeType[], ...left: DisputeType[]) => types.filter((type) => !left.includes(type));

export const civilExceptLabour = without(civilTypes, 'labour');

/** Agreements in these may be confirmed by a court; title to land may not (民诉解释 355). */
export const confirmableExceptLabour = without(civilTypes, 'labour', 'land-title');

export const confirmableTypes = without(civilTypes, 'land-title');

/** Personal status, rural land and public order: no arbitration clause can cover them (仲裁法 3, 93). */
export const notArbitrableTypes: readonly DisputeType[] = ['family', 'rural-land', 'public-order'];

/** Disputes over contracts and property rights between equals, which an arbitration clause can cover (仲裁法 3). */
export const arbitrableTypes = without(directSuitTypes, ...notArbitrableTypes);
