import type { Goal } from "../goal";

/** In the order in which they run; the ones that share an episode stand together. */
export const logsSuite: Goal[] = [];
