import { EngineError, type EngineFiles, type ProvisionProgress } from "./types";

/** Why this machine cannot run the document engine, or null when it can. */
export function unavailableReason(): string | null {
  return "the document engine is not written yet";
}

/** Fetches and unpacks the engine into `dir` from the machine's own Debian mirror; returns at once when it is there. */
export async function provisionEngine(
  dir: string,
  onProgress: (event: ProvisionProgress) => void,
): Promise<EngineFiles> {
  onProgress({ step: "index", detail: dir });
  throw new EngineError("provision", "the document engine is not written yet");
}
