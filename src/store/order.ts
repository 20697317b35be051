/**
 * The order in which readers see all events: (epoch, xid, position). A serial alone would not do: a transaction may
 * commit after one that began later. So readers stop below the oldest transaction still open (`xmin` of their own
 * snapshot), and order by transaction first: no event can appear behind the cursor. Transaction ids of an earlier epoch
 * are another cluster's, and all ended.
 *
 * SQL over accord.events, under the alias `e`.
 */
export const inOrder = {
  /** Behind a cursor, given by the placeholders of its three parts. */
  after: (epoch: string, xid: string, position: string): string =>
    `(e.epoch, e.xid, e.position) > (${epoch}::integer, ${xid}::xid8, ${position}::bigint)`,
  /** Nothing can appear before it any more. */
  settled: `(e.epoch, e.xid) < ((SELECT epoch FROM accord.cluster), pg_snapshot_xmin(pg_current_snapshot()))`,
  by: `e.epoch, e.xid, e.position`,
};
