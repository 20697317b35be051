import { createHash } from 'node:crypto';
import { actionFields } from '../../../src/commands/action-fields.js';
import { sealBody } from '../../../src/commands/seal.js';
import { withPapers, type CastMember, type Step } from '../../../src/demo/story.js';
import { publishedCalendar } from '../../../src/domain/calendar/calendar.js';
import type { DecideContext } from '../../../src/domain/dispute/context.js';
import { decide, type Decision, type Request } from '../../../src/domain/dispute/decide.js';
import type { DecidedEvent, HistoricEvent } from '../../../src/domain/dispute/event.js';
import { register, registrationFields, type Registration } from '../../../src/domain/dispute/register.js';
import type { Refusal } from '../../../src/domain/dispute/refusal.js';
import { routesNow, type RoutesNow } from '../../../src/domain/dispute/routes.js';
import type { DisputeState } from '../../../src/domain/dispute/state.js';
import { profileForRegion } from '../../../src/domain/profiles/profiles.js';
import { ruleBook } from '../../../src/domain/rules/rule-book.js';
import { sawDecision, sawEvents } from '../../support/seen.js';

/** How the matter stands after one step. */
export interface Told {
  step: Step;
  events: DecidedEvent[];
  state: DisputeState;
  routes: RoutesNow;
  refusal: Refusal | null;
}

export const contextOf = ({ userId, roles, organisation, region }: CastMember): DecideContext => ({
  now: '2026-11-23T10:00:00+08:00',
  by: { account: userId, roles, organisation, region },
  calendar: publishedCalendar,
  rules: ruleBook,
  profile: profileForRegion('360121'),
});

const requestOf = (state: DisputeState, step: Step, papers: Record<string, string>): Request => {
  const { does, on } = step;
  if ('register' in does) throw new Error('registered already');
  if ('acceptHandoff' in does) {
    const handoffId = `${state.id}-h${does.acceptHandoff}`;
    const externalId = does.externalId ? { externalId: does.externalId } : {};
    return { action: 'accept-handoff', body: { handoffId, receivedOn: on, ...externalId } };
  }
  const { procedureId } = does;
  if ('upload' in does) {
    const { key, kind, lines } = does.upload;
    papers[key] = `doc-${key}`;
    const body = {
      documentId: papers[key],
      kind,
      sha256: createHash('sha256').update(lines.join('\n')).digest('hex'),
      size: Buffer.byteLength(lines.join('\n')),
      mediaType: 'application/pdf',
    };
    return { action: 'add-document', body, procedureId, occurredAt: on };
  }
  const fields = actionFields(state, does.action, procedureId);
  const { body } = sealBody(fields, withPapers(does.body ?? {}, papers));
  const aside = does.action === 'finish-backfill';
  return { action: does.action, body, procedureId, ...(aside ? {} : { occurredAt: on }) };
};

/** Runs a story through the pure domain, step by step; whatever is refused without being told so fails. */
export const tell = (story: readonly Step[]): Told[] => {
  const told: Told[] = [];
  const papers: Record<string, string> = {};
  let state: DisputeState | null = null;
  for (const step of story) {
    if ('register' in step.does) {
      const { body } = sealBody(registrationFields, { ...step.does.register });
      const identity = { disputeId: 'd1', caseCode: '360121-2026-0000001-0' };
      const registered = register(identity, body as Registration, contextOf(step.who));
      if ('code' in registered) throw new Error(`${step.key}: ${registered.code}`);
      sawEvents(registered.events, registered.state);
      state = registered.state;
      told.push({ step, events: registered.events, state, routes: routesNow(state), refusal: null });
      continue;
    }
    const decision: Decision = sawDecision(decide(state!, requestOf(state!, step, papers), contextOf(step.who)));
    if (decision.late) throw new Error(`${step.key}: out of order`);
    if (decision.refusal?.code !== step.refused)
      throw new Error(`${step.key}: ${JSON.stringify(decision.refusal)}, expected ${step.refused ?? 'none'}`);
    state = decision.state;
    const { events, refusal } = decision;
    told.push({ step, events, state, routes: routesNow(state), refusal });
  }
  return told;
};

/** Gives decided events the versions, ids and causes that the store would give them. */
export const asHistory = (decisions: readonly (readonly DecidedEvent[])[]): HistoricEvent[] => {
  const history: HistoricEvent[] = [];
  for (const events of decisions) {
    const before = history.length;
    events.forEach(({ cause, ...event }, index) =>
      history.push({
        ...event,
        version: before + index + 1,
        eventId: `e${before + index + 1}`,
        causationId: cause === null ? null : `e${before + cause + 1}`,
      }),
    );
  }
  return history;
};
