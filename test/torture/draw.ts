import { publicActions } from '../../src/commands/action-fields.js';
import { addDays, civilDateOf, instantOf } from '../../src/domain/calendar/civil-date.js';
import { disputeActions } from '../../src/domain/dispute/dispute-actions.js';
import type { Field, Fields } from '../../src/domain/dispute/fields.js';
import { dateOf } from '../../src/domain/dispute/occurred.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { disputeTypeCodes } from '../../src/domain/routes/codes.js';
import { arbitraryAction, arbitraryBody } from '../support/arbitrary-commands.js';
import type { Random } from './random.js';

/** Random commands as a counter, a mediator or a court would send them: most are legal, some are not. */

/** The bodies at which everything is opened, each with one account that has every role. */
export const organisations = ['BODY-0', 'BODY-1', 'BODY-2'] as const;
export const userOf = (organisation: string): string => `staff-${organisation}`;

export interface Drawn {
  organisation: string;
  /** Below `/v1/`. */
  path: string;
  body: Record<string, unknown>;
}

const today = (): string => civilDateOf(instantOf(Date.now()));

export const drawRegistration = (random: Random): Record<string, unknown> => ({
  type: random.of(disputeTypeCodes),
  region: '360121',
  source: random.of(['counter', 'online', '12345', 'court']),
  title: `测试纠纷 ${random.below(1_000)}`,
  receivedOn: addDays(today(), -random.below(60)),
  // In seconds, so that periods pass while everything is being killed.
  ...(random.chance(0.6) ? { profile: 'demonstration' } : {}),
  parties: [
    { ref: 'a', role: 'claimant', kind: 'person', name: '甲', phone: '13800000000' },
    { ref: 'b', role: 'respondent', kind: 'organisation', name: '乙公司' },
  ],
  claims: [{ kind: 'payment', amount: { amount: '1000.00', currency: 'CNY' }, text: '请求给付' }],
  ...(random.chance(0.3) ? { facts: { wageIou: true } } : {}),
});

const open = new Set(publicActions());
const pathOf = (state: DisputeState, action: string) => `disputes/${state.id}/actions/${action}`;

export const drawCommand = (state: DisputeState, random: Random): Drawn => {
  const quick = random.chance(0.3) ? drawQuick(state, random) : null;
  if (quick) return quick;
  for (;;) {
    const found = arbitraryAction(state, { action: random.below(1_000_000), days: 0, seed: 0 });
    const { action, fields, procedureId } = found;
    if (!open.has(action)) continue;
    const on = dayOf(state, random);
    const given = arbitraryBody(fields, state, on, random.below(1_000_000_000));
    const handoff = state.handoffs[given['handoffId'] as string];
    const own = handoff?.to.code ?? (procedureId ? state.procedures[procedureId]!.body.code : null);
    return {
      path: pathOf(state, action),
      organisation: known(own) && random.chance(0.95) ? own : random.of(organisations),
      body: {
        ...onWire(fields, given),
        ...(procedureId ? { procedureId } : {}),
        ...(on === today() ? {} : { occurredAt: on }),
      },
    };
  }
};

/** What starts a service level of seconds, or ends one. */
const drawQuick = (state: DisputeState, random: Random): Drawn | null => {
  const procedures = Object.values(state.procedures).filter(({ status }) => status === 'open');
  if (state.status === 'closed' || procedures.length === 0) return null;
  const procedure = random.of(procedures);
  const organisation = known(procedure.body.code) ? procedure.body.code : organisations[0];
  const waiting = Object.values(state.handoffs).filter(
    ({ status }) => !['accepted', 'returned', 'cancelled'].includes(status),
  );
  if (waiting.length > 0 && random.chance(0.4)) {
    const { handoffId, to } = random.of(waiting);
    const answer = random.chance(0.8)
      ? { path: 'accept', body: { receivedOn: today() } }
      : { path: 'return', body: { reason: 'incomplete', detail: '文字' } };
    return { ...answer, path: `handoffs/${handoffId}/${answer.path}`, organisation: to.code };
  }
  if (random.chance(0.5)) {
    const to = random.of(organisations.filter((one) => one !== organisation));
    return {
      path: pathOf(state, 'request-handoff'),
      organisation,
      body: { to: { code: to }, procedureId: procedure.id },
    };
  }
  const person = { account: `person-${random.below(6)}` };
  return {
    path: pathOf(state, 'designate-neutral'),
    organisation,
    body: { person, seat: 'mediator', procedureId: procedure.id },
  };
};

const known = (code: string | null): code is string => (organisations as readonly (string | null)[]).includes(code);

/** Mostly the day of the last fact or soon after, never after today; seldom before it. */
const dayOf = (state: DisputeState, random: Random): string => {
  const last = dateOf(state.lastFact);
  const days = random.chance(0.05) ? -random.below(10) : random.below(3) * random.below(8);
  const day = addDays(last, days);
  return day < today() && random.chance(0.7) ? day : today();
};

/** A body as it is sent: with texts where the domain has references. */
const onWire = (fields: Fields, body: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, valueOnWire(fields[name]!, value)]));

const valueOnWire = (field: Field, value: unknown): unknown => {
  switch (field.type) {
    case 'text':
      return '文字';
    case 'texts':
      return { one: '文字' };
    case 'body':
      return { code: (value as { code: string }).code };
    case 'person':
      return { account: (value as { account: string }).account };
    case 'list':
      return (value as unknown[]).map((item) => valueOnWire(field.of, item));
    case 'object':
      return onWire(field.fields, value as Record<string, unknown>);
    default:
      return value;
  }
};

/** Opens something at once, so that there is something to do. */
export const firstOpening = (state: DisputeState, random: Random): Drawn => {
  const { fields } = disputeActions['open-procedure']!;
  const body = onWire(fields, arbitraryBody(fields, state, dateOf(state.lastFact), 7 + random.below(1_000)));
  return { path: pathOf(state, 'open-procedure'), organisation: organisations[0], body };
};
