import { readFile } from 'node:fs/promises';
import type { SignedAnchor } from '../commands/anchors.js';
import { CannotRun } from './command.js';

/** Anchors that `accord anchor --export` has written. Throws `CannotRun`. */
export const readExported = async (file: string): Promise<SignedAnchor[]> => {
  try {
    const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as SignedAnchor).filter(({ statement }) => statement);
  } catch {
    throw new CannotRun(`${file} cannot be read as exported anchors`);
  }
};
