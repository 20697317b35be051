import { chronicle, opens } from '../procedures/chronicle.js';

const text = { ref: 't', commitment: '00' };
const to = { code: 'CENTRE', name: null };
const named = { handoffId: 'd-h1' };

/** A court hands its suit's papers to a centre. */
const requested = () => {
  const matter = chronicle('debt', '2026-03-02');
  matter.tell([
    ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
    ['2026-03-03', 'COURT', 'request-handoff', { to, parts: ['parties', 'claims'] }],
  ]);
  return matter;
};

describe('a handoff', () => {
  it('is delivered, and requested of the same body once only while it is under way', () => {
    const matter = requested();
    expect(matter.refused('2026-03-03', 'COURT', 'request-handoff', { to })).toBe('handoff-pending');
    matter.tell([['2026-03-03', 'COURT', 'record-delivery', named]]);
    expect(matter.state.handoffs['d-h1']).toMatchObject({
      status: 'delivered',
      to,
      parts: ['parties', 'claims'],
    });
    expect(matter.refused('2026-03-03', 'COURT', 'record-delivery', named)).toBe('already-done');
    expect(matter.refused('2026-03-03', 'COURT', 'request-handoff', { to })).toBe('handoff-pending');
  });

  it('is the receiver’s to accept or return, and no more once it has', () => {
    const matter = requested();
    expect(matter.refused('2026-03-04', 'COURT', 'accept-handoff', named)).toBe('not-your-organisation');
    matter.tell([['2026-03-04', 'CENTRE', 'accept-handoff', named]]);
    expect(matter.state.handoffs['d-h1']).toMatchObject({ status: 'accepted', acceptedOn: '2026-03-04' });
    for (const action of ['accept-handoff', 'return-handoff'])
      expect(matter.refused('2026-03-05', 'CENTRE', action, { ...named, reason: text, detail: text })).toBe(
        'handoff-ended',
      );
    expect(matter.refused('2026-03-05', 'COURT', 'resend-handoff', named)).toBe('handoff-not-returned');
  });

  it('returned with its reason, is resent with more, and then accepted', () => {
    const matter = requested();
    expect(matter.refused('2026-03-04', 'COURT', 'resend-handoff', named)).toBe('handoff-not-returned');
    matter.tell([['2026-03-05', 'CENTRE', 'return-handoff', { ...named, reason: text, detail: text }]]);
    expect(matter.state.handoffs['d-h1']).toMatchObject({
      status: 'returned',
      returned: { on: '2026-03-05' },
    });
    matter.tell([['2026-03-06', 'COURT', 'resend-handoff', { ...named, parts: ['parties', 'claims', 'documents'] }]]);
    expect(matter.state.handoffs['d-h1']).toMatchObject({
      status: 'requested',
      attempt: 2,
      parts: ['parties', 'claims', 'documents'],
    });
    matter.tell([['2026-03-09', 'CENTRE', 'accept-handoff', named]]);
    expect(matter.state.handoffs['d-h1']?.status).toBe('accepted');
  });
});
