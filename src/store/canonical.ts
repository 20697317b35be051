import { UnstorableText } from './contract.js';

/**
 * RFC 8785 text of a JSON value: keys in the order of their UTF-16 code units, numbers and strings as ECMAScript writes
 * them. Members that are undefined are left out.
 *
 * @throws UnstorableText where a string holds U+0000 or a lone surrogate: PostgreSQL could not give it back unchanged.
 * @throws TypeError where the value is not JSON. Neither names any content.
 */
export function canonical(value: unknown): string {
  const text = write(value);
  // JSON.stringify escapes exactly these two, so only then a closer look is needed.
  if (text.includes('\\u0000') || text.includes('\\ud')) assertStorable(value);
  return text;
}

function write(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value)) break;
      return String(value === 0 ? 0 : value); // −0 is written 0
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value)) return writeArray(value);
      return writeObject(value as Record<string, unknown>);
    }
    default:
      break;
  }
  throw new TypeError(`Not JSON: ${typeof value}.`);
}

/** Anything that JSON.stringify would escape: all but printable characters without quote, backslash and surrogates. */
const escaped = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** A string as JSON.stringify writes it: twice as fast for most, which need no escape. */
function quoted(text: string): string {
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function writeArray(items: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < items.length; index += 1) {
    if (index > 0) text += ',';
    text += write(items[index]);
  }
  return `${text}]`;
}

function writeObject(members: Record<string, unknown>): string {
  let text = '';
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined) text += `${text === '' ? '{' : ','}${quoted(key)}:${write(member)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

/** Throws `UnstorableText` if a string in `value`, or a key, could not be stored unchanged. Names no content. */
export function assertStorable(value: unknown): void {
  if (typeof value === 'string') {
    if (!isStorable(value)) throw new UnstorableText('A text holds U+0000 or a lone surrogate.');
  } else if (Array.isArray(value)) {
    for (const item of value) assertStorable(item);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      assertStorable(key);
      assertStorable(item);
    }
  }
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}
