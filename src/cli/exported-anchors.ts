import { readFile } from 'node:fs/promises';
import { readStatement, type SignedAnchor } from '../commands/anchors.js';
import { CannotRun } from './command.js';

/** Anchors that `accord anchor --export` has written, at least one. Throws `CannotRun`. */
export const readExported = async (file: string): Promise<SignedAnchor[]> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new CannotRun(`${file} cannot be read`);
  }
  const anchors = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const anchor = anchorIn(line);
    if (!anchor) throw new CannotRun(`${file}, line ${index + 1}: not an anchor as accord anchor --export writes it`);
    return [anchor];
  });
  if (anchors.length === 0) throw new CannotRun(`${file} holds no anchor`);
  return anchors;
};

const anchorIn = (line: string): SignedAnchor | null => {
  try {
    const { statement, signature } = JSON.parse(line) as Partial<SignedAnchor>;
    if (typeof statement !== 'string' || typeof signature !== 'string' || !readStatement(statement)) return null;
    return { statement, signature };
  } catch {
    return null;
  }
};
