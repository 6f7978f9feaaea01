/** One step of provisioning, for a progress line: `done` of `total` are bytes while `step` is "download". */
export type ProvisionProgress = {
  step: "index" | "resolve" | "download" | "extract" | "verify" | "ready";
  done?: number;
  total?: number;
  detail: string;
};

/** A provisioned engine on disk. Paths are absolute; the folder itself may be moved between two provisionings. */
export type EngineFiles = {
  /** The folder that the packages were unpacked into. */
  root: string;
  /** `initdb` and `postgres`, started through the packages' own dynamic loader. */
  binDir: string;
  /** Version of the Debian package postgresql-18-documentdb. */
  version: string;
};

/**
 * "crash-safe" keeps an acknowledged write through a crash of the machine. "test" gives that up (fsync off) and keeps
 * it through a crash of the engine only.
 */
export type Durability = "test" | "crash-safe";

export type RunningEngine = {
  port: number;
  pid: number;
  /** True when a postmaster of this data directory was already alive and was taken over as it is. */
  reused: boolean;
  /** Ends whatever postmaster serves the data directory now, also one that the bridge restarted meanwhile. */
  stop(): Promise<void>;
};

/**
 * A failure that the person at the keyboard can do something about; `code` is for the chain that picks an engine.
 * `unreachable`: the unprivileged user cannot enter a folder on the way to `path`; choose another base folder.
 */
export class EngineError extends Error {
  constructor(
    readonly code: "unavailable" | "unreachable" | "foreign" | "provision" | "start" | "refused",
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = "EngineError";
  }
}
