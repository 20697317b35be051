import type { Anchors } from '../commands/anchors.js';
import { codesOnly } from './activities.js';

export interface AnchorActivities {
  /** Anchors what is new; null: nothing is recorded yet. Answers the last anchor's number. */
  makeAnchor(): Promise<{ made: boolean; number: number } | null>;
}

export const createAnchorActivities = (anchors: Pick<Anchors, 'make'>): AnchorActivities => ({
  makeAnchor: async () => {
    const result = await codesOnly(anchors.make());
    return result && { made: result.made, number: result.anchor.number };
  },
});
