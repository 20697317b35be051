import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeFile } from '../store/backup/files.js';
import type { BackupRequest } from '../store/backup/make-backup.js';
import type { Manifest } from '../store/backup/manifest.js';

/** Key files of a home that nobody else may have. */
const secretFiles = ['keys/master.key', 'keys/package-signing.pem', 'secret'];
const masterKeys = 'keys/master.key';

/** The key files of a home: the public ones, with which signatures are checked, and on demand the secret ones. */
export const keyFiles = (home: string, withSecrets: boolean): NonNullable<BackupRequest['keys']> => {
  const folder = join(home, 'keys');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^[\w.-]+\.(pem|json)$/.test(name)) : [];
  const open = names.map((name) => `keys/${name}`).filter((file) => !secretFiles.includes(file));
  const secret = withSecrets ? secretKeyFiles(home) : [];
  const entry = (file: string, isSecret: boolean) => ({ file, path: join(home, file), secret: isSecret });
  return [...open.sort().map((file) => entry(file, false)), ...secret.map((file) => entry(file, true))];
};

/** Those that there are; where keys come by the environment there are none. */
export const secretKeyFiles = (home: string): string[] => secretFiles.filter((file) => existsSync(join(home, file)));

/**
 * Puts the keys of a backup into a home whose database is empty. What the home's own start has made signs and seals
 * nothing yet, so the backup's keys take its place; a master key that is there already stays behind the backup's.
 */
export const placeKeyFiles =
  (source: string, home: string) =>
  async (keys: Manifest['keys']): Promise<void> => {
    for (const { file, secret } of keys) {
      const target = join(home, file);
      const before = file === masterKeys && existsSync(target) ? linesOf(target) : [];
      await placeFile(join(source, file), target, secret ? 0o600 : 0o644);
      const lines = file === masterKeys ? linesOf(target) : [];
      const others = before.filter((line) => !lines.includes(line));
      if (others.length > 0)
        writeFileSync(target, `${[...lines, ...others].join('\n')}\n`, { mode: 0o600, flush: true });
    }
  };

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);
