import { createHash } from 'node:crypto';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The id under which a caller's command is recorded once: nobody else's key can collide with it. */
export const commandIdOf = (
  caller: { issuer: string; user: string },
  method: string,
  path: string,
  key: string,
): string => sha256(JSON.stringify(['api', caller.issuer, caller.user, method, path, key]));

/** The engine's own ids live in a namespace that no caller reaches. */
export const engineCommandId = (...parts: string[]): string => sha256(JSON.stringify(['engine', ...parts]));

/** A UUID (version 8: made from a hash) that is the same for the same command: registering twice is one dispute. */
export const disputeIdOf = (commandId: string): string => {
  const hex = sha256(`dispute ${commandId}`);
  const variant = ((parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** 一案一码: region, year, running number and a check digit (ISO 7064 MOD 11,10), to be read out and typed in. */
export const caseCodeOf = (region: string, year: string, number: number): string => {
  const digits = `${region}${year}${String(number).padStart(7, '0')}`;
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return `${region}-${year}-${String(number).padStart(7, '0')}-${(11 - product) % 10}`;
};
