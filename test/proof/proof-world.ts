import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fromOutside, visibleValues } from '../../src/api/views/masking.js';
import { createAnchors } from '../../src/commands/anchors.js';
import { openSigningKeys } from '../../src/commands/keys.js';
import { exportProof, type ProofOptions, type ProofRequest } from '../../src/commands/proof/export.js';
import { Broken } from '../../src/commands/proof/verify/archive.js';
import { verifyProof, type Against } from '../../src/commands/proof/verify/verify-proof.js';
import { engineRequester } from '../../src/commands/recording.js';
import { cast, wageArrears } from '../../src/demo/wage-arrears.js';
import { publishedCalendar } from '../../src/domain/calendar/calendar.js';
import { createFolderBlobStore } from '../../src/store/blob-store.js';
import { openCommands, type CommandsWorld } from '../commands/commands-world.js';
import { unzip } from '../api/handoffs-world.js';
import { allReadable } from '../store/watermark.js';
import { testFolder } from '../support/services.js';

/** A dispute of the wage-arrears story, and packages of it. */
export interface ProofWorld extends CommandsWorld {
  dispute: string;
  home: string;
  options: ProofOptions;
  /** Adds a document with its bytes. */
  addDocument(kind: string, bytes: string): Promise<{ documentId: string; sha256: string }>;
  /** Writes a package; answers its file. */
  pack(request?: Partial<ProofRequest> & { masked?: boolean }): Promise<string>;
}

export const openProofWorld = async (name: string, upTo: string): Promise<ProofWorld> => {
  const world = await openCommands(name, '2026-11-23T10:00:00+08:00');
  const home = testFolder(`${name}-home`);
  const keys = openSigningKeys(home, {});
  const blobs = createFolderBlobStore(join(home, 'documents'));
  const anchors = createAnchors({ pool: world.db.pool, keys, clock: world.clock });
  const options = {
    store: world.store,
    blobs,
    anchors,
    keys,
    calendar: publishedCalendar,
    now: '2026-11-23T02:00:00.000Z',
  };
  const until = wageArrears.findIndex(({ key }) => key === upTo) + 1;
  const dispute = await world.tell(wageArrears.slice(0, until));
  return {
    ...world,
    dispute,
    home,
    options,
    addDocument: async (kind, text) => {
      const bytes = Buffer.from(text);
      const stored = await blobs.put(chunk(bytes), bytes.length);
      const documentId = `${kind}-1`;
      await world.act(dispute, cast.union, 'add-document', { documentId, kind, ...stored, mediaType: 'text/plain' });
      return { documentId, sha256: stored.sha256 };
    },
    pack: async ({ masked = false, ...request } = {}) => {
      await allReadable(world.db.pool);
      const built = await exportProof(options, {
        disputeId: dispute,
        visible: (state, values) => visibleValues(masked ? fromOutside : engineRequester, state, values),
        includes: () => true,
        ...request,
      });
      const file = join(testFolder('proof'), built!.fileName);
      await pipeline(built!.stream, createWriteStream(file));
      if (readFileSync(file).length !== built!.size) throw new Error('not the size that was said');
      return file;
    },
  };
};

async function* chunk(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export const membersOf = (file: string): Promise<Map<string, Buffer>> => unzip(readFileSync(file));

/** What a verification says: its lines, and what is wrong. */
export const verdictOn = async (
  file: string,
  against: Against = {},
): Promise<{ lines: string[]; wrong: string | null }> => {
  const lines: string[] = [];
  try {
    await verifyProof(file, against, (line) => lines.push(line));
    return { lines, wrong: null };
  } catch (error) {
    if (error instanceof Broken) return { lines, wrong: error.message };
    throw error;
  }
};

export const written = (name: string, bytes: Uint8Array): string => {
  const file = join(testFolder('proof'), name);
  writeFileSync(file, bytes);
  return file;
};
