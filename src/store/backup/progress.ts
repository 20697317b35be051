export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** Passes on at most four calls a second. */
export const seldom = <A extends unknown[]>(tell: (...args: A) => void): ((...args: A) => void) => {
  let last = 0;
  return (...args) => {
    const now = Date.now();
    if (now - last < 250) return;
    last = now;
    tell(...args);
  };
};
