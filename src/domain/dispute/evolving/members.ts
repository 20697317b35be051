import type { DisputeState, Member } from '../state.js';
import type { Data, Evolver } from './evolver.js';

const newMember: Member = { status: 'represented', consent: null, disputeId: null };

const withMembers = (state: DisputeState, refs: readonly string[], patch: Partial<Member>): DisputeState => {
  if (!state.collective) return state;
  const members = { ...state.collective.members };
  for (const ref of refs) if (members[ref]) members[ref] = { ...members[ref], ...patch };
  return { ...state, collective: { ...state.collective, members } };
};

/** Changes the members whom a batch reached. */
const patchMembers =
  (patch: (state: DisputeState, data: Data) => Partial<Member>): Evolver =>
  (state, event) => {
    const results = event.data['results'] as { member: string; result: string }[];
    const reached = results.filter(({ result }) => result === 'recorded').map(({ member }) => member);
    return withMembers(state, reached, patch(state, event.data));
  };

/** What events make of the members of a collective dispute. */
export const memberEvolvers: Record<string, Evolver> = {
  MembersAdded: (state, event) => {
    const added = (event.data as Data).members.map(({ ref }: { ref: string }) => [ref, newMember]);
    const { representatives = [], members = {} } = state.collective ?? {};
    return {
      ...state,
      collective: { representatives, members: { ...members, ...Object.fromEntries(added) } },
    };
  },
  RepresentativesElected: (state, event) =>
    state.collective
      ? {
          ...state,
          collective: { ...state.collective, representatives: (event.data as Data).representatives },
        }
      : state,
  MemberConsentRecorded: patchMembers((_, data) => ({ consent: data.consent })),
  MembersLeft: patchMembers(() => ({ status: 'opted-out' })),
  MemberSplitOff: (state, event) =>
    withMembers(state, [event.data['member'] as string], {
      status: 'split-off',
      disputeId: event.data['disputeId'] as string,
    }),
};
