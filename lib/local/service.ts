import type { ProcessId } from "./state";

/** A server on this machine that a command uses, whoever started it. */
export type RunningService = {
  name: string;
  /** Host and port, as printed. */
  where: string;
  /** It was running already, for example because the supervisor before was killed. */
  reused: boolean;
  id: ProcessId;
  stop(): Promise<void>;
};
