import type { DriveStore } from '../store/contract.js';

/** Which bodies have an account here, so that what is sent to them lies in an inbox somebody opens. */
export interface Bodies {
  /**
   * Remembers a body whose staff have signed in. Written once a process and body; calling it with every request
   * costs nothing. Throws `StoreUnavailable`.
   */
  note(code: string): Promise<void>;
  /** Whether a body has been noted, by any process. */
  has(code: string): Promise<boolean>;
}

/** Noted in the settings under `body:<code>`, and never forgotten. */
export const createBodies = (drives: Pick<DriveStore, 'setting' | 'setSetting'>): Bodies => {
  const known = new Set<string>();
  const has: Bodies['has'] = async (code) => {
    if (known.has(code)) return true;
    const noted = (await drives.setting(`body:${code}`)) !== null;
    if (noted) known.add(code);
    return noted;
  };
  return {
    has,
    note: async (code) => {
      if (known.has(code) || (await has(code))) return;
      await drives.setSetting(`body:${code}`, true);
      known.add(code);
    },
  };
};

/** The `note` of `createBodies`, where nothing else is asked of it. */
export const createNoteBody = (drives: Pick<DriveStore, 'setting' | 'setSetting'>): Bodies['note'] =>
  createBodies(drives).note;
