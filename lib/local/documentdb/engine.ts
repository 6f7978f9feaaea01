import { type Durability, EngineError, type EngineFiles, type RunningEngine } from "./types";

export type EngineOptions = { files: EngineFiles; dataDir: string; port: number; durability: Durability };

/** Starts the engine's PostgreSQL on `dataDir`, or takes over the one that already serves it. */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  throw new EngineError("start", `the document engine is not written yet (${options.dataDir})`);
}
