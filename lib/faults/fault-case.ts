import type { World } from "./world";

/** A way in which things go wrong, played out with parameters that the world's dice choose. */
export interface FaultCase {
  /** As `--only` names it: "F9", or "F3 after" where one fault has several cases. */
  id: string;
  title: string;
  /** It stops or spoils what every seed uses, so no other seed runs meanwhile. */
  alone?: boolean;
  needs?: "engine" | "s3";
  /**
   * So many seeds at once in one process: for a case that touches nothing but documents of its own workspace and whose choices
   * all come from its seed. Its seeds are told by their sum, not one by one.
   */
  atOnce?: number;
  /** Cheap enough to be run at every test. */
  quick?: boolean;
  /** Causes the fault. What must hold afterwards is checked for every case alike, see `check/`. */
  run(world: World): Promise<void>;
}

/** Something that must never be, and was. */
export interface Violation {
  /** I1 … I14, or what else was assumed. */
  invariant: string;
  evidence: string;
}

export interface SeedResult {
  seed: number;
  case: string;
  /** What the dice chose, as far as it tells one run from another. */
  parameters: Record<string, string | number | boolean>;
  violations: Violation[];
  milliseconds: number;
}
