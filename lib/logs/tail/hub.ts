import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { onShutdown } from "@/lib/http/shutdown";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { findRecord } from "../read/page";
import { smaller } from "../spans";
import { RecentRows } from "./recent-rows";
import { readSettled, settledEnd } from "./settled";

/** Between two looks at an episode to which rows come, and at one that is quiet. */
const busyMs = 100;
const quietMs = 250;
const rowsPerRead = 500n;
/** More than that at once is history, and read by each listener for itself. */
const rowsShared = 5_000n;

const hubs = new Map<string, EpisodeHub>();
let stopping = false;

/**
 * One look at an episode for all its listeners in this process. Not every engine offers a stream of changes, so somebody must
 * ask; the record's counter says in one indexed read whether there is anything new.
 */
export class EpisodeHub {
  recent: RecentRows;
  private readonly listeners = new Map<symbol, WorkspaceScope>();
  private readonly waiting = new Set<() => void>();
  private failure: unknown = null;
  private watching = false;

  constructor(
    public record: LogMetadata,
    settled: bigint,
  ) {
    this.recent = new RecentRows(settled);
  }

  /** Looks until the last listener has left again. */
  join(scope: WorkspaceScope): () => void {
    const listener = Symbol("listener");
    this.listeners.set(listener, scope);
    if (!this.watching) void this.watch();
    return () => {
      this.listeners.delete(listener);
    };
  }

  get failed(): boolean {
    return this.failure !== null;
  }

  /** Nobody listens, so nobody looks, and what it knows is old. */
  get idle(): boolean {
    return this.listeners.size === 0;
  }

  /** Throws when this hub can tell nothing any more. */
  check(): void {
    if (stopping) throw new AppError("unavailable", "The server is stopping. Come again in a moment.");
    if (this.failure !== null) throw this.failure;
  }

  /** Until something has changed, the signal is aborted, or the time is up. */
  changed(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal.addEventListener("abort", wake);
      this.waiting.add(wake);
      if (signal.aborted || stopping || this.failed) wake();
    });
  }

  wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }

  private async watch(): Promise<void> {
    this.watching = true;
    try {
      while (this.listeners.size > 0 && !stopping) {
        const grown = await this.look();
        await pause(grown ? busyMs : quietMs);
      }
    } catch (error) {
      // Every listener is told and may come again where it stood; the next one starts a fresh hub.
      this.failure = error;
      this.wakeAll();
    } finally {
      this.watching = false;
    }
  }

  /** Takes in what has settled since the last look. */
  private async look(): Promise<boolean> {
    const [scope] = this.listeners.values();
    if (!scope) return false;
    const before = this.record;
    const record = await findRecord(scope, before.episodeId);
    if (!record) throw new AppError("not_found", "This episode was deleted.");
    this.record = record;
    const start = this.recent.end;
    if (record.nextSequenceNumber > start) await this.takeIn(scope, record);
    const moved = record.archivedThrough !== before.archivedThrough || record.ended !== before.ended;
    if (moved) this.wakeAll();
    return this.recent.end > start;
  }

  private async takeIn(scope: WorkspaceScope, record: LogMetadata): Promise<void> {
    const end = await settledEnd(scope, record, this.recent.end);
    if (end - this.recent.end > rowsShared) this.recent = new RecentRows(end);
    while (this.recent.end < end && this.listeners.size > 0) {
      const from = this.recent.end;
      const to = smaller(from + rowsPerRead, end) - 1n;
      this.recent.add(await readSettled(scope, record, { from, to }), to + 1n);
      this.wakeAll();
    }
    this.wakeAll();
  }
}

/** The hub of an episode in this process; null when there is no such episode. */
export async function hubOf(scope: WorkspaceScope, episodeId: string): Promise<EpisodeHub | null> {
  onShutdown(stopAll);
  const key = `${scope.workspaceId}/${episodeId}`;
  const known = working(key);
  if (known) return known;
  const record = await findRecord(scope, episodeId);
  if (!record) return null;
  const settled = await settledEnd(scope, record, record.archivedThrough + 1n);
  // Somebody else may have made it meanwhile; from here on nothing waits.
  const hub = working(key) ?? new EpisodeHub(record, settled);
  for (const [other, { idle }] of hubs) if (idle) hubs.delete(other);
  hubs.set(key, hub);
  return hub;
}

function working(key: string): EpisodeHub | null {
  const hub = hubs.get(key);
  return hub && !hub.failed && !hub.idle ? hub : null;
}

/** Ends every tail of this process. */
function stopAll(): void {
  stopping = true;
  for (const hub of hubs.values()) hub.wakeAll();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
