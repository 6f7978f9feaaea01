import type { SeedResult } from "./fault-case";
import type { EngineControl } from "./world";

export type ToLane =
  | { type: "seed"; seed: number; case: string }
  | { type: "engine"; id: number; error: string | null };

export type FromLane =
  | { type: "ready" }
  | { type: "result"; result: SeedResult }
  | { type: "engine"; id: number; act: keyof EngineControl };
