/**
 * The prefix by which a GB/T 2260 code covers others: 360000 (province) → `36`, 360100 (city) → `3601`, 360121
 * (county) → `360121`; twelve digits reach to township and village. A prefix is its own prefix.
 */
export function regionPrefix(code: string): string {
  if (!/^\d{0,12}$/.test(code)) throw new TypeError('A region is a code of up to twelve digits.');
  let prefix = code;
  if (prefix.length === 12) prefix = prefix.replace(/000$/, '');
  if (prefix.length === 9) prefix = prefix.replace(/000$/, '');
  if (prefix.length === 6) prefix = prefix.replace(/(00){1,3}$/, '');
  return prefix;
}
