import type { Cursor } from '../store/contract.js';
import { InvalidCursor } from '../store/read-models/page.js';

const pattern = /^1\.(\d{1,9})\.(\d{1,18})\.(\d{1,18})$/;

/** A position of the feed as it is handed out: opaque, and valid for ever. */
export const encodePosition = ({ epoch, xid, position }: Cursor): string =>
  Buffer.from(`1.${epoch}.${xid}.${position}`).toString('base64url');

/** @throws InvalidCursor for what was not handed out */
export const decodePosition = (text: string): Cursor => {
  const match = pattern.exec(Buffer.from(text, 'base64url').toString('latin1'));
  const cursor = match && { epoch: Number(match[1]), xid: match[2]!, position: match[3]! };
  // Node passes over characters that are not of the alphabet.
  if (!cursor || encodePosition(cursor) !== text) throw new InvalidCursor('The cursor is not one of the feed.');
  return cursor;
};
