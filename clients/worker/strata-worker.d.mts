import type {
  ClaimedTask,
  ClaimInput,
  CompleteInput,
  HeartbeatAnswer,
  HeldInput,
  LogLine,
} from "../../lib/worker-api/schema";

export class TaskLost extends Error {}
export class RefusedCall extends Error {
  readonly status: number;
}

export interface NewArtifact {
  /** Tells it from the others of its task. */
  name: string;
  type?: string;
  title?: string;
  body: string | Uint8Array;
  contentType?: string;
}

export class WorkerClient {
  constructor(settings: { url: string; token: string });
  claim(input: ClaimInput, signal?: AbortSignal): Promise<ClaimedTask | null>;
  heartbeat(held: HeldInput, signal?: AbortSignal): Promise<HeartbeatAnswer>;
  log(held: HeldInput, batchId: string, lines: LogLine[]): Promise<{ accepted: number }>;
  artifact(held: HeldInput, artifact: NewArtifact): Promise<string>;
  complete(
    held: HeldInput,
    completion: Omit<CompleteInput, keyof HeldInput>,
  ): Promise<{ answer: "completed" }>;
  release(held: HeldInput): Promise<{ answer: "given_back" }>;
}

export interface Work extends ClaimedTask {
  /** Aborted when the run is cancelled, the lease is lost or the worker stops: end soon, by throwing. */
  signal: AbortSignal;
  log(message: string, about?: Pick<LogLine, "stream" | "level">): void;
  artifact(artifact: NewArtifact): Promise<string>;
}

export interface WorkerSettings {
  url: string;
  token: string;
  executors: string[];
  nodeTypes?: string[];
  slots?: number;
  version?: string;
  workerId?: string;
  work(work: Work): Promise<{ result?: Record<string, unknown>; assetIds?: string[] } | undefined>;
  signal: AbortSignal;
}

export function runWorker(settings: WorkerSettings): Promise<void>;
