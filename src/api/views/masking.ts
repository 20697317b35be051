import { mediates, partyOf, sightOf, type Sight } from '../../domain/dispute/access.js';
import type { Requester } from '../../domain/dispute/context.js';
import type { DisputeState } from '../../domain/dispute/state.js';
import type { Json, ShownValue } from '../../store/contract.js';

/** What a reader gets of a value: itself, a mask of it, or nothing at all. */
type Shown = 'plain' | 'masked' | 'left-out';

/** How a value is masked: enough of it to tell two apart, not enough to reach somebody. */
type Mask = 'name' | 'number' | 'text';

type Row = { mask: Mask } & Record<Sight | 'own', Shown>;

const row = (
  mask: Mask,
  acts: Shown,
  own: Shown,
  party: Shown,
  supervises: Shown,
  staff: Shown,
  outside: Shown,
): Row => ({ mask, acts, own, party, supervises, staff, outside });

/**
 * What is shown of each kind of value, and to whom. `acts`: who deals with the dispute as staff of a body with a part
 * in it, at its counter, or sits in it. `own`: the party that the value is about; `party`: the other ones. `supervises`:
 * supervisors of its region. `staff`: staff of its region without a part in it. `outside`: auditors, administrators and
 * all others.
 *
 *   kind                    mask      acts     own      party       supervises  staff       outside
 */
const table: Readonly<Record<string, Row>> = {
  'organisation-name': row('text', 'plain', 'plain', 'plain', 'plain', 'plain', 'plain'),
  'body-name': row('text', 'plain', 'plain', 'plain', 'plain', 'plain', 'plain'),
  'party-name': row('name', 'plain', 'plain', 'plain', 'plain', 'plain', 'masked'),
  'person-name': row('name', 'plain', 'plain', 'plain', 'plain', 'plain', 'masked'),
  'member-name': row('name', 'plain', 'plain', 'left-out', 'plain', 'left-out', 'masked'),
  title: row('text', 'plain', 'plain', 'plain', 'plain', 'plain', 'masked'),
  'claim-text': row('text', 'plain', 'plain', 'plain', 'plain', 'plain', 'masked'),
  'external-ids': row('text', 'plain', 'plain', 'plain', 'plain', 'plain', 'masked'),
  'external-id': row('text', 'plain', 'plain', 'plain', 'plain', 'plain', 'masked'),
  'return-reason': row('text', 'plain', 'plain', 'plain', 'plain', 'plain', 'masked'),
  phone: row('number', 'plain', 'plain', 'left-out', 'masked', 'left-out', 'masked'),
  'id-number': row('number', 'plain', 'plain', 'left-out', 'masked', 'left-out', 'masked'),
  'member-id-number': row('number', 'plain', 'plain', 'left-out', 'masked', 'left-out', 'masked'),
  address: row('text', 'plain', 'plain', 'left-out', 'masked', 'left-out', 'masked'),
  'delivery-address': row('text', 'plain', 'plain', 'left-out', 'masked', 'left-out', 'masked'),
};

/** Every other text: notes, minutes, places, purposes. For those who keep the course of the matter. */
const narrative: Row = row('text', 'plain', 'plain', 'left-out', 'plain', 'left-out', 'left-out');

/** What belongs to a mediation alone, whoever else keeps the course of the matter (民诉解释107; 人民调解法23). */
const ofMediation: readonly string[] = ['compromise-admission', 'mediation-minutes'];

/** Kinds that the table names. */
export const maskedKinds: readonly string[] = Object.keys(table);

export const maskedText = '（已遮蔽）';

const stars = (count: number): string => '*'.repeat(count);

const masks: Readonly<Record<Mask, (text: string) => string>> = {
  // 张*, 欧阳**: the first character, and as many stars as there are others, three at most.
  name: (text) => {
    const [first = '', ...rest] = [...text];
    return `${first}${stars(Math.min(3, Math.max(1, rest.length)))}`;
  },
  // 138****1234, 3601**********1234: the last four, and three or four before; of a short one nothing but its length.
  number: (text) => {
    const all = [...text];
    const before = all.length >= 15 ? 4 : 3;
    if (all.length < 11) return stars(Math.max(4, all.length));
    return `${all.slice(0, before).join('')}${stars(all.length - before - 4)}${all.slice(-4).join('')}`;
  },
  text: () => maskedText,
};

/** The value with every text in it masked, in the shape that it has. */
const masked = (mask: Mask, value: Json): Json => {
  if (typeof value === 'string') return masks[mask](value);
  if (Array.isArray(value)) return value.map((item) => masked(mask, item));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(mask, item)]));
  return value === null ? null : maskedText;
};

/** What this reader gets of a value. */
export const shownTo = (
  by: Requester,
  state: DisputeState,
): ((value: Pick<ShownValue, 'kind' | 'subject'>) => Shown) => {
  const sight = sightOf(by, state);
  const own = partyOf(by, state)?.ref;
  const keepsMediation = mediates(by, state);
  return ({ kind, subject }) => {
    if (ofMediation.includes(kind)) return keepsMediation ? 'plain' : 'left-out';
    const shown = Object.hasOwn(table, kind) ? table[kind]! : narrative;
    return own !== undefined && subject === `party:${own}` && shown[sight] !== 'plain' ? shown.own : shown[sight];
  };
};

/** Values as one reader may see them. */
export interface VisibleValues {
  /** By reference; what is left out, and what was erased, is not among them. */
  values: Record<string, Json>;
  /** References of those that are masked. */
  masked: ReadonlySet<string>;
  /** From where the reader looks, and as which party, if as one. */
  sight: Sight;
  own: string | undefined;
}

/** A reader who sees the course of every matter, and of the people in it masks only: for an export that is masked for all. */
export const fromOutside: Requester = { account: '', roles: ['auditor'], organisation: null, region: null };

export const visibleValues = (
  by: Requester,
  state: DisputeState,
  values: Readonly<Record<string, ShownValue>>,
): VisibleValues => {
  const sight = sightOf(by, state);
  const own = partyOf(by, state)?.ref;
  const of = shownTo(by, state);
  const visible: Record<string, Json> = {};
  const hidden = new Set<string>();
  for (const [ref, value] of Object.entries(values)) {
    const shown = of(value);
    if (shown === 'plain') visible[ref] = value.value;
    else if (shown === 'masked') {
      const { mask } = Object.hasOwn(table, value.kind) ? table[value.kind]! : narrative;
      visible[ref] = masked(mask, value.value);
      hidden.add(ref);
    }
  }
  return { values: visible, masked: hidden, sight, own };
};

/** Kinds that are shown in the clear to who looks from outside wherever he looks: by the others he finds nothing. */
export const findableKinds = ({ roles }: Requester): { kinds?: readonly string[] } =>
  roles.every((role) => role === 'auditor' || role === 'administrator')
    ? { kinds: Object.keys(table).filter((kind) => table[kind]!.outside === 'plain') }
    : {};

/** Whether the roles of this reader let it see, in a list of handoffs, why one was returned. */
export const seesReasons = (by: Requester): boolean =>
  by.roles.some((role) => role !== 'auditor' && role !== 'administrator' && role !== 'party');

/** Whether this reader is shown anything personal in the clear: then the reading is recorded. */
export const seesPersonalData = (by: Requester, state: DisputeState): boolean => sightOf(by, state) !== 'outside';
