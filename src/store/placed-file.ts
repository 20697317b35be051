import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Small files of a home, keys above all: whoever reads one meanwhile reads it whole. They throw what the file system throws. */

/** Makes a file of its owner only. A link never replaces: of two who make one at once, the first one's stands. */
export const makeOnce = (file: string, content: string | Buffer): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = writeDraft(file, content, 0o600);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
};

export const replaceFile = (file: string, content: string | Buffer, mode: number): void =>
  renameSync(writeDraft(file, content, mode), file);

/** By no process id: in two containers that share a home it is the same. */
const writeDraft = (file: string, content: string | Buffer, mode: number): string => {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, content, { mode, flag: 'wx', flush: true });
  return draft;
};
