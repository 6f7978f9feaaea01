import type { canaryProblemKinds } from "@/drizzle/schema/canary-problems";
import type { probedStores } from "@/drizzle/schema/store-probes";

/** ok; failing: something is wrong now; silent: nothing was heard for too long; off: it has never run. */
export type HealthState = "ok" | "failing" | "silent" | "off";

export interface CanaryHealth {
  state: HealthState;
  /** Rows that were compared with what was sent, ever; those that came from the archive among them. */
  checked: number;
  cold: number;
  /** Lines that were found wrong in the last 24 hours, by how. */
  wrong: Record<(typeof canaryProblemKinds)[number], number>;
  lastCheckedAt: string | null;
}

export interface WorkerHealth {
  state: HealthState;
  /** Processes that are alive. */
  workers: number;
  seenAt: string | null;
}

/** One worker process, as it last reported. */
export interface WorkerProcess {
  worker: string;
  state: HealthState;
  startedAt: string;
  seenAt: string;
}

export interface StoreHealth {
  store: (typeof probedStores)[number];
  state: HealthState;
  durationMs: number;
  problem: string | null;
  checkedAt: string | null;
}

export interface StoreErrors {
  requests: number;
  /** Most frequent first. */
  kinds: { kind: string; requests: number }[];
  /** The last of them. */
  last: { kind: string; at: string } | null;
}

export interface Health {
  asOf: string;
  canary: CanaryHealth;
  worker: WorkerHealth;
  stores: StoreHealth[];
  objectStoreErrors24h: StoreErrors;
}
