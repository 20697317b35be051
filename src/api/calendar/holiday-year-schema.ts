import { z } from 'zod';
import { civilDate, text } from '../schemas/from-fields.js';

const named = { name: text(40) };

/** The holiday schedule of one year, as the State Council's notice gives it. */
export const holidayYear = z.strictObject({
  year: z.int().min(2000).max(2199),
  version: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{0,39}$/)
    .meta({ examples: ['cn-2027.1'] }),
  notice: z.strictObject({ title: text(200), issuedOn: civilDate, number: text(60).optional() }),
  off: z
    .array(z.strictObject({ ...named, from: civilDate, to: civilDate }))
    .min(1)
    .max(40),
  work: z.array(z.strictObject({ ...named, date: civilDate })).max(40),
});
