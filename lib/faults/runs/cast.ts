import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { Random } from "@/lib/seeded-random";
import type { Watch } from "./watch";

/** Who takes part in a seed, and what they are still to do. */
export interface Cast {
  readonly scope: WorkspaceScope;
  readonly random: Random;
  readonly watch: Watch;
  /** What people still want, and how often they try at most. */
  wishes: Wishes;
  /** Somebody may still make the first run. */
  starting: boolean;
  /** People whose wish is being carried out. */
  asking: number;
  /** Some workers go on although they are told to stop. */
  readonly mayHang: boolean;
  /** Nobody starts anything new. */
  over: boolean;
}

export interface Wishes {
  retries: number;
  cancels: number;
  /** New runs like an old one. */
  runs: number;
  tries: number;
}

/** One whose tasks are for workers outside of the console, so nothing but the model works on them. */
export const executor = "external";

/** What a delivery makes has this name, whoever's it is. */
export const artifactName = "result";

export function nothingLeft({ wishes, asking, starting, watch }: Cast): boolean {
  const { retries, cancels, runs, tries } = wishes;
  if (starting || asking > 0) return false;
  // There is nothing to wish anything of.
  if (watch.knownRuns.length === 0) return true;
  return tries <= 0 || (retries <= 0 && cancels <= 0 && runs <= 0);
}

/** A person's own business with the server: until it is over, the seed is not. */
export async function asking(cast: Cast, ask: () => Promise<void>): Promise<void> {
  cast.asking++;
  try {
    await ask();
  } finally {
    cast.asking--;
  }
}
