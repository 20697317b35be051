/** A source of choices that is the same for the same seed. */
export interface Random {
  /** From 0 up to, not including, `below`. */
  below(below: number): number;
  chance(share: number): boolean;
  of<T>(list: readonly T[]): T;
  /** Another source, independent of how much is taken from this one. */
  fork(name: number): Random;
}

/** Mulberry32. */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    chance: (share) => next() < share,
    of: (list) => list[below(list.length)]!,
    fork: (name) => randomFrom(Math.imul(seed ^ 0x9e3779b9, name + 0x85ebca6b)),
  };
};
