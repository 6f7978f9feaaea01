import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { onShutdown } from "@/lib/http/shutdown";
import { getRun } from "../queries";
import type { RunDetail } from "../schema";
import { runStatus } from "../status";
import { markOfRun, marksSince, newestChange, type RunMark, taskChanges } from "./changed-tasks";
import type { RunChanges, RunPatch } from "./events";
import { paceAfter } from "./pace";
import { type Position, positionText } from "./position";
import { RecentChanges } from "./recent-changes";

/**
 * A change is dated when its write begins and is seen when it ends, so each look goes back a little behind the newest change
 * it knows. What it finds there again it tells by its fence.
 */
const overlapMs = 2_000;
/** A reader that comes again may come to another process, whose last look nobody knows. */
const resumeOverlapMs = 5_000;
/** Of so many tasks at once everybody reads the run anew: that is one answer and not hundreds of events. */
const mostAtOnce = 500;

const hubs = new Map<string, Promise<RunHub | null>>();
const working = new Set<RunHub>();
let stopping = false;

/**
 * One look at a run for all who watch it in this process: not every engine offers a stream of changes, so somebody must ask.
 * It looks quickly while things happen and slowly while they do not, and not at all once nobody watches or the run is over.
 */
export class RunHub {
  readonly recent = new RecentChanges();
  /** When the run was last looked at. */
  asOf = new Date().toISOString();
  /** The run is over, and everything up to its end stands in `recent`. */
  over = false;
  private readonly readers = new Map<symbol, WorkspaceScope>();
  private readonly waiting = new Set<() => void>();
  private failure: unknown = null;
  private watching = false;
  private movedAt = Date.now();
  private throughSince = Date.now();
  private forget: () => void = () => {};

  constructor(
    readonly runId: string,
    private mark: RunMark,
    private run: RunDetail,
    private throughMs: number,
    private seen: Map<string, number>,
  ) {}

  /** Looks until the last reader has left again. */
  join(scope: WorkspaceScope): () => void {
    const reader = Symbol("reader");
    this.readers.set(reader, scope);
    // Whoever comes has most often just done something.
    this.movedAt = Date.now();
    if (!this.watching) void this.watch();
    return () => {
      this.readers.delete(reader);
    };
  }

  /** Called once nobody watches any more, or there is nothing more to tell. */
  onEnd(forget: () => void): void {
    this.forget = forget;
  }

  get position(): Position {
    return { changedAtMs: this.throughMs, aggSeq: this.run.aggSeq };
  }

  /** Throws when this hub can tell nothing any more. */
  check(): void {
    if (stopping) throw new AppError("unavailable", "The server is stopping. Come again in a moment.");
    if (this.failure !== null) throw this.failure;
  }

  /** What a reader missed up to now; null when it is too much to be told, or nobody knows. */
  async missedSince(scope: WorkspaceScope, from: Position | null): Promise<RunChanges | null> {
    if (from === null) return null;
    let marks = await marksSince(scope, this.runId, from.changedAtMs - resumeOverlapMs);
    // A run whose tasks were all made at once: what is certainly known already is left out.
    if (marks.length > mostAtOnce)
      marks = marks.filter(({ changedAt }) => (changedAt?.getTime() ?? 0) > from.changedAtMs);
    if (marks.length > mostAtOnce) return null;
    const tasks = await taskChanges(
      scope,
      this.runId,
      marks.map(({ _id }) => _id),
    );
    const { id: _, ...run } = this.run;
    return { runId: this.runId, seq: positionText(this.position), asOf: this.asOf, run, tasks };
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
      if (signal.aborted || stopping || this.over || this.failure !== null) wake();
    });
  }

  wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }

  private async watch(): Promise<void> {
    this.watching = true;
    working.add(this);
    try {
      while (this.readers.size > 0 && !stopping && !this.over) {
        if (await this.look()) this.movedAt = Date.now();
        if (!this.over) await pause(paceAfter(Date.now() - this.movedAt));
      }
    } catch (error) {
      // Every reader is told and may come again where it stood; the next one starts a fresh hub.
      this.failure = error;
    } finally {
      this.watching = false;
      working.delete(this);
      this.forget();
      this.wakeAll();
    }
  }

  /** Takes in what has changed since the last look. The run is read first: all that made it final is then there to be seen. */
  private async look(): Promise<boolean> {
    const [scope] = this.readers.values();
    if (!scope) return false;
    const mark = await markOfRun(scope, this.runId);
    if (!mark) throw new AppError("not_found", "This run was deleted.");
    const marks = await marksSince(scope, this.runId, this.lookFrom());
    const news = marks.filter(({ _id, fence }) => fence > (this.seen.get(_id) ?? -1));
    const tooMany = news.length > mostAtOnce;
    const tasks = tooMany
      ? []
      : await taskChanges(
          scope,
          this.runId,
          news.map(({ _id }) => _id),
        );
    const run = mark.text === this.mark.text ? null : await this.readRun(scope);
    this.mark = mark;
    this.seen = new Map(marks.map(({ _id, fence }) => [_id, fence]));
    this.goThrough(marks.at(-1)?.changedAt?.getTime() ?? 0);
    this.asOf = new Date().toISOString();
    this.over = runStatus[mark.status].final;
    const moved = news.length > 0 || run !== null;
    if (tooMany) this.recent.skip();
    else if (moved)
      this.recent.add({
        runId: this.runId,
        seq: positionText(this.position),
        asOf: this.asOf,
        ...(run && { run }),
        tasks,
      });
    if (moved || this.over) this.wakeAll();
    return moved;
  }

  /** Long after the newest change nothing older can still appear; looking back then would find the same tasks each time. */
  private lookFrom(): number {
    return Date.now() - this.throughSince < overlapMs ? this.throughMs - overlapMs : this.throughMs;
  }

  private goThrough(changedAtMs: number): void {
    if (changedAtMs <= this.throughMs) return;
    this.throughMs = changedAtMs;
    this.throughSince = Date.now();
  }

  /** The fields of the run that are no longer what they were. */
  private async readRun(scope: WorkspaceScope): Promise<RunPatch> {
    const now = await getRun(scope, this.runId);
    if (!now) throw new AppError("not_found", "This run was deleted.");
    const patch = changedFields(this.run, now);
    this.run = now;
    return patch;
  }
}

/** The hub of a run in this process; null when there is no such run. Of many who ask at once the first one makes it. */
export function hubOf(scope: WorkspaceScope, runId: string): Promise<RunHub | null> {
  onShutdown(stopAll);
  const key = `${scope.workspaceId}/${runId}`;
  const known = hubs.get(key);
  if (known) return known;
  const making = makeHub(scope, runId);
  const forget = () => {
    if (hubs.get(key) === making) hubs.delete(key);
  };
  hubs.set(key, making);
  making.then((hub) => (hub ? hub.onEnd(forget) : forget()), forget);
  return making;
}

async function makeHub(scope: WorkspaceScope, runId: string): Promise<RunHub | null> {
  // In this order: whatever changes between two of the reads is found again by the first look.
  const throughMs = await newestChange(scope, runId);
  const marks = await marksSince(scope, runId, throughMs - overlapMs);
  const [mark, run] = await Promise.all([markOfRun(scope, runId), getRun(scope, runId)]);
  if (!mark || !run) return null;
  return new RunHub(runId, mark, run, throughMs, new Map(marks.map(({ _id, fence }) => [_id, fence])));
}

function changedFields(before: RunDetail, now: RunDetail): RunPatch {
  const { id: _, asOf: __, ...fields } = now;
  const old: Record<string, unknown> = before;
  const changed = Object.entries(fields).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field]),
  );
  return Object.fromEntries(changed);
}

/** Ends every live run of this process. */
function stopAll(): void {
  stopping = true;
  for (const hub of working) hub.wakeAll();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
