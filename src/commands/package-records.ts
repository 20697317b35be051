import { dateOf } from '../domain/dispute/occurred.js';
import type { Body, Sealed } from '../domain/dispute/fields.js';
import type { DisputeState, Handoff, ProcedureState } from '../domain/dispute/state.js';
import { documentsOf, partEvents, type PackagePart } from '../domain/handoff/parts.js';
import { procedureDefinition } from '../domain/procedures/procedures.js';
import type { Json, RecordedEvent } from '../store/contract.js';

/**
 * The records of a handoff package: what the parts asked for say, out of a dispute's state and events. Texts are
 * fetched by reference, and only those that are named here: an admission made for compromise, a note or minutes have
 * no way in.
 */

/** Kinds of values that may travel; a reference to any other is shown as absent. */
const travelling = new Set([
  'title',
  'party-name',
  'organisation-name',
  'phone',
  'id-number',
  'address',
  'claim-text',
  'body-name',
  'term',
  'undisputed-fact',
  'delivery-address',
  'document-name',
]);

/** A dispute as it stood, with its events up to there. */
export interface History {
  state: DisputeState;
  events: readonly RecordedEvent[];
  /** References of parties whose personal data have been erased by now, be it later than the state. */
  erased: readonly string[];
}

export type Values = Readonly<Record<string, { kind: string; value: Json }>>;

export interface PackagedDocument {
  documentId: string;
  kind: string;
  /** Within the package; null: its bytes are not there. */
  path: string | null;
  name: Json;
  sha256: string;
  size: number;
  mediaType: string;
  procedureId: string | null;
  addedOn: string;
}

/** Of each part its record, in the order of the parts; a part with nothing to say is an empty list. */
export type PackageRecords = Partial<Record<PackagePart, Record<string, unknown>[]>>;

/** References of the values that these parts show. */
export const refsOf = (history: History, handoff: Handoff): string[] => {
  const refs = new Set<string>();
  const note = (sealed: Sealed | null): null => {
    if (sealed) refs.add(sealed.ref);
    return null;
  };
  recordsWith(history, handoff, note, () => null);
  for (const sealed of [history.state.title, handoff.from.name, handoff.to.name]) note(sealed);
  return [...refs];
};

/** The records, with the values of `refsOf`. `pathOf` answers where a document's bytes lie, or null. */
export const recordsOf = (
  history: History,
  handoff: Handoff,
  values: Values,
  pathOf: (documentId: string) => string | null,
): PackageRecords => recordsWith(history, handoff, textsOf(values), pathOf);

/** The text behind a reference; null where it was erased, or may not travel. */
export const textsOf =
  (values: Values) =>
  (sealed: Sealed | null): Json => {
    const found = sealed === null ? undefined : values[sealed.ref];
    return found && travelling.has(found.kind) ? found.value : null;
  };

type TextOf = (sealed: Sealed | null) => Json;

const recordsWith = (
  history: History,
  handoff: Handoff,
  text: TextOf,
  pathOf: (documentId: string) => string | null,
): PackageRecords => {
  const has = (part: PackagePart) => handoff.parts.includes(part);
  const documents = documentsOf(history.state, handoff.parts);
  return {
    ...(has('parties') ? { parties: partiesOf(history.state, text, history.erased) } : {}),
    ...(has('claims') ? { claims: claimsOf(history.state, text) } : {}),
    ...(has('agreement') ? { agreement: agreementsOf(history, text) } : {}),
    ...(has('undisputed-facts') ? { 'undisputed-facts': factsOf(history, text) } : {}),
    ...(has('delivery-addresses') ? { 'delivery-addresses': addressesOf(history, text) } : {}),
    ...(has('failure-record') ? { 'failure-record': failuresOf(history, text) } : {}),
    ...(has('award') ? { award: awardsOf(history, text) } : {}),
    ...(has('procedures') ? { procedures: proceduresOf(history, text) } : {}),
    ...(has('documents') || documents.length > 0
      ? {
          documents: documentRecords(history, documents, text, pathOf) as unknown as Record<string, unknown>[],
        }
      : {}),
  };
};

// Event data is typed by its writer; here it is read as recorded.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Data = any;

const ofType = ({ events }: History, type: string | undefined, procedureId?: string): RecordedEvent[] =>
  events.filter((event) => event.type === type && (procedureId === undefined || event.procedureId === procedureId));
const dataOf = ({ data }: RecordedEvent): Data => data;

const bodyOf = (body: Body, text: TextOf) => ({ code: body.code, name: text(body.name) });

const partiesOf = ({ parties }: DisputeState, text: TextOf, erased: readonly string[]) =>
  parties.map(({ ref, role, capacity, kind, name, phone, idNumber, address }) => ({
    ref,
    role,
    capacity,
    kind,
    ...(erased.includes(ref) ? { erased: true } : {}),
    name: text(name),
    phone: text(phone),
    idNumber: text(idNumber),
    address: text(address),
  }));

const claimsOf = ({ claims }: DisputeState, text: TextOf) =>
  claims.map(({ kind, amount, text: claim }) => ({ kind, amount, text: text(claim) }));

const agreementsOf = (history: History, text: TextOf) =>
  Object.values(history.state.procedures).flatMap(({ id, procedure, body, agreement }) => {
    if (!agreement) return [];
    const reached = dataOf(ofType(history, 'AgreementReached', id).at(-1)!);
    const signed = ofType(history, 'AgreementSigned', id).map(dataOf).at(-1);
    return [
      {
        procedureId: id,
        procedure,
        body: bodyOf(body, text),
        agreedOn: agreement.recordedOn,
        kind: agreement.kind,
        oral: reached.oral ?? false,
        terms: agreement.terms.map((term) => ({ ...term, text: text(reached.terms[term.index - 1]?.text ?? null) })),
        signedOn: agreement.signedOn,
        signedBy: signed ? { parties: signed.parties, mediator: signed.mediator, body: signed.body } : null,
        confirmed: agreement.confirmed,
      },
    ];
  });

const factsOf = (history: History, text: TextOf) =>
  ofType(history, partEvents['undisputed-facts']).map((event) => ({
    procedureId: event.procedureId,
    text: text(dataOf(event).text),
    confirmedBy: dataOf(event).confirmedBy,
    confirmedOn: dataOf(event).confirmedOn,
  }));

const addressesOf = (history: History, text: TextOf) =>
  ofType(history, partEvents['delivery-addresses']).map((event) => ({
    procedureId: event.procedureId,
    party: dataOf(event).party,
    address: text(dataOf(event).address),
    electronic: dataOf(event).electronic ?? false,
    confirmedOn: dataOf(event).confirmedOn,
  }));

/** Mediations that ended without an agreement: when, how, and what the parties were told. Never why, nor who refused. */
const failuresOf = (history: History, text: TextOf) =>
  Object.values(history.state.procedures)
    .filter((one) => one.status === 'closed' && one.outcome !== 'agreement' && one.outcome !== 'performed')
    .filter(({ procedure }) => procedureDefinition(procedure).nature === 'consensual')
    .map((one) => ({
      procedureId: one.id,
      procedure: one.procedure,
      track: one.track,
      body: bodyOf(one.body, text),
      openedOn: one.openedOn,
      closedOn: one.closedOn,
      outcome: one.outcome,
      sessionsHeldOn: one.sessions.flatMap(({ heldOn }) => (heldOn === null ? [] : [heldOn])),
      notices: ofType(history, 'NoticeGiven', one.id)
        .map(dataOf)
        .map(({ notice, parties, givenOn }) => ({ notice, parties, givenOn })),
      recordsFiled: ofType(history, 'RecordFiled', one.id)
        .map(dataOf)
        .map(({ kind, filedOn }) => ({ kind, filedOn })),
    }));

const awardsOf = (history: History, text: TextOf) =>
  Object.values(history.state.procedures).flatMap(({ id, procedure, body, award }) =>
    award
      ? [
          {
            procedureId: id,
            procedure,
            body: bodyOf(body, text),
            ...award,
            served: ofType(history, 'DocumentServed', id)
              .map(dataOf)
              .filter(({ paper }) => paper === 'award')
              .map(({ paper, party, servedOn }) => ({ paper, party, servedOn })),
          },
        ]
      : [],
  );

const proceduresOf = (history: History, text: TextOf) =>
  Object.values(history.state.procedures).map((one) => ({
    procedureId: one.id,
    procedure: one.procedure,
    track: one.track,
    joint: one.joint,
    status: one.status,
    body: bodyOf(one.body, text),
    openedOn: one.openedOn,
    closedOn: one.closedOn,
    outcome: one.outcome,
    openedFrom: one.from,
    steps: stepsOf(history, one),
    periods: Object.values(history.state.deadlines)
      .filter(({ procedureId, basis }) => procedureId === one.id && basis !== null)
      .map(({ rule, basis, holder, trigger, due, status, endedOn }) => ({
        rule,
        basis,
        holder,
        from: trigger.on,
        due,
        status,
        endedOn,
      })),
  }));

const stepsOf = (history: History, { id, procedure }: ProcedureState) =>
  history.events
    .filter(({ procedureId, data }) => procedureId === id && typeof data['step'] === 'string')
    .filter(({ type }) => ['ProcedureOpened', 'StepEntered', 'ProcedureReopened'].includes(type))
    .map((event) => ({
      step: dataOf(event).step,
      title: procedureDefinition(procedure).steps[dataOf(event).step as string]?.title.zh ?? null,
      on: dateOf(event.occurredAt),
    }));

const documentRecords = (
  history: History,
  documentIds: readonly string[],
  text: TextOf,
  pathOf: (documentId: string) => string | null,
): PackagedDocument[] => {
  const names = new Map(
    ofType(history, 'DocumentAdded').map((event) => [dataOf(event).documentId, dataOf(event).name]),
  );
  return documentIds.map((documentId) => {
    const { kind, sha256, size, mediaType, procedureId, addedAt } = history.state.documents[documentId]!;
    return {
      documentId,
      kind,
      path: pathOf(documentId),
      name: text(names.get(documentId) ?? null),
      sha256,
      size,
      mediaType,
      procedureId,
      addedOn: dateOf(addedAt),
    };
  });
};
