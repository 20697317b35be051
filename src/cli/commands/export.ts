import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import { fromOutside, visibleValues } from '../../api/views/masking.js';
import { createAnchors } from '../../commands/anchors.js';
import { loadedCalendar } from '../../commands/calendars.js';
import { openSigningKeys } from '../../commands/keys.js';
import { exportProof, type ProofPackage } from '../../commands/proof/export.js';
import { engineRequester } from '../../commands/recording.js';
import { createFolderBlobStore } from '../../store/blob-store.js';
import { createDriveStore } from '../../store/drive-store.js';
import { createEventStore } from '../../store/event-store.js';
import { recordRead } from '../../store/reads.js';
import { openMasterKeys } from '../../store/sealing/open-master-keys.js';
import { createSealing } from '../../store/sealing/sealing.js';
import { CannotRun, Misunderstood, type CliCommand, type CliContext } from '../command.js';

export const exportDispute: CliCommand = {
  usage: 'export DISPUTE [--out FILE] [--masked] [--with-documents]',
  summary: [
    'write one package by which anybody can check the course of a dispute, without us (verify-package): events, values',
    'with their salts, rules, calendars, proof to an anchor, a PDF in Chinese. --masked: without personal data.',
    'What is shown in the clear is recorded as read by the account that runs this',
  ],
  run: async (args, context) => {
    const { disputeId, out, masked, documents } = parse(args);
    return context.withPool(async (pool) => {
      const built = await build(pool, context, { disputeId, masked, documents });
      if (!built) throw new CannotRun('there is no dispute of this id');
      if (!masked)
        await recordRead(pool, readOf(disputeId)).catch((error: unknown) => {
          built.stream.destroy();
          throw error;
        });
      const file = out ?? built.fileName;
      await write(built, file);
      const { head, files, caseCode } = built.manifest;
      context.print(
        `${caseCode} up to version ${head.version}: ${files.length + 2} files, ${built.size} bytes, written to ${file}`,
      );
      return 0;
    });
  },
};

interface Wanted {
  disputeId: string;
  masked: boolean;
  documents: boolean;
}

const build = async (
  pool: Pool,
  { home, env }: CliContext,
  { disputeId, masked, documents }: Wanted,
): Promise<ProofPackage | null> => {
  const sealing = createSealing(pool, openMasterKeys(home, env));
  const keys = openSigningKeys(home, env);
  const blobs = createFolderBlobStore(join(home, 'documents'), { key: () => sealing.systemKey('documents') });
  return exportProof(
    {
      store: createEventStore(pool, { sealing }),
      blobs,
      anchors: createAnchors({ pool, keys }),
      keys,
      calendar: await loadedCalendar(createDriveStore(pool)),
      now: new Date().toISOString(),
    },
    {
      disputeId,
      visible: (state, values) => visibleValues(masked ? fromOutside : engineRequester, state, values),
      includes: () => documents && !masked,
    },
  );
};

const readOf = (disputeId: string) => ({
  account: `operator:${userInfo().username}`,
  kind: 'person' as const,
  roles: ['administrator'],
  organisation: null,
  what: 'export' as const,
  disputeIds: [disputeId],
  requestId: randomUUID(),
});

/** It may hold personal data: only its owner may read it, and a part of it is never taken for the whole. */
const write = async ({ stream }: ProofPackage, file: string): Promise<void> => {
  const draft = `${file}.${process.pid}`;
  try {
    await pipeline(stream, createWriteStream(draft, { mode: 0o600, flush: true }));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    throw code === undefined ? error : new CannotRun(`${file} cannot be written (${code})`);
  }
};

const parse = (args: readonly string[]): Wanted & { out: string | undefined } => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        masked: { type: 'boolean', default: false },
        'with-documents': { type: 'boolean', default: false },
      },
    });
    const [disputeId, ...rest] = positionals;
    if (disputeId === undefined || rest.length > 0) throw new Misunderstood();
    return { disputeId, out: values.out, masked: values.masked, documents: values['with-documents'] };
  } catch (error) {
    throw new Misunderstood((error as Error).message);
  }
};
