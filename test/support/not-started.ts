/** Periods that the rule book lists and that no event of a dispute starts, each with the reason. */
export const notStarted: Readonly<Record<string, string>> = {};
