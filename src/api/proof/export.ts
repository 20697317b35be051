import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { exportProof } from '../../commands/proof/export.js';
import { publishedCalendar } from '../../domain/calendar/calendar.js';
import { sightOf } from '../../domain/dispute/access.js';
import type { Requester, Role } from '../../domain/dispute/context.js';
import type { DisputeState } from '../../domain/dispute/state.js';
import { readDispute } from '../disputes/read.js';
import { maySeeKind } from '../documents/download.js';
import type { Language } from '../http/language.js';
import { Problem } from '../http/problem.js';
import { readQuery } from '../http/read.js';
import { recordShown, type Reader } from '../http/reads.js';
import { sendZip } from '../http/send-zip.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { fromOutside, visibleValues } from '../views/masking.js';

const truth = z.enum(['true', 'false']).optional();

export const exportQuery = z.strictObject({
  masked: truth.meta({ description: 'As an auditor sees it, though the reader may see more' }),
  documents: truth.meta({ description: 'With the bytes of the documents that the reader may open' }),
});

/** Those who answer for the course of a matter, and those who watch over it. */
const exporting: readonly Role[] = [
  'mediator',
  'arbitrator',
  'case-officer',
  'court-clerk',
  'judge',
  'supervisor',
  'auditor',
];

/** Staff of these roles with a part in the dispute, its supervisors, and auditors, whom everything personal is masked for. */
export const mayExport = (by: Requester, state: DisputeState): boolean =>
  by.roles.some((role) => exporting.includes(role)) && ['acts', 'supervises', 'outside'].includes(sightOf(by, state));

/** Sends the proof of a dispute as this reader may see it. */
export const sendProof = async (
  deps: Dependencies,
  id: string,
  query: unknown,
  reader: Reader,
  language: Language,
  reply: FastifyReply,
): Promise<void> => {
  const { masked, documents } = readQuery(exportQuery, query, language);
  const { requester } = reader;
  const { state } = await readDispute(deps, id, requester);
  if (!mayExport(requester, state)) throw new Problem('not-your-role');
  const { store, blobs, anchors, keys, clock } = deps;
  if (!anchors) throw new Problem('not-found');
  const by = masked === 'true' ? fromOutside : requester;
  const calendar = deps.calendar?.() ?? publishedCalendar;
  const built = await exportProof(
    { store, blobs, anchors, keys, calendar, now: clock().toISOString() },
    {
      disputeId: state.id,
      visible: (now, values) => visibleValues(by, now, values),
      includes: ({ kind }) => documents === 'true' && maySeeKind(by, state, kind),
    },
  );
  if (!built) throw new Problem('not-found');
  await sendZip(reply, built, async () => {
    if (masked !== 'true') await recordShown(deps, reader, 'export', [state]);
  });
};
