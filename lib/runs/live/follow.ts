import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LongAnswer } from "@/lib/auth/long-answer";
import { AppError } from "@/lib/errors";
import type { RunEvent } from "./events";
import { hubOf, type RunHub } from "./hub";
import { type Position, positionText } from "./position";

export interface FollowOptions {
  answer: LongAnswer;
  signal: AbortSignal;
  /** How old a proof of access may be when something is told. */
  trustMs?: number;
  /** How often a reader learns that nothing changed. */
  stillMs?: number;
}

/**
 * A run as it goes on, from a position: first what the reader missed, then every change as it is seen. Whoever missed more
 * than is told here, or whose position nobody knows, is told to read the run anew. Null when there is no such run.
 */
export async function followRun(
  scope: WorkspaceScope,
  runId: string,
  from: Position | null,
  options: FollowOptions,
): Promise<AsyncGenerator<RunEvent> | null> {
  const hub = await hubOf(scope, runId);
  return hub && follow(scope, hub, from, options);
}

async function* follow(
  scope: WorkspaceScope,
  hub: RunHub,
  from: Position | null,
  options: FollowOptions,
): AsyncGenerator<RunEvent> {
  const leave = hub.join(scope);
  try {
    yield* eventsOf(scope, hub, from, options);
  } catch (error) {
    if (options.signal.aborted) return;
    const { code, message } = options.answer.failureOf(error, `live run ${hub.runId}`);
    yield { kind: "end", code, message };
  } finally {
    leave();
  }
}

/** Events are made as they are taken: whatever the reader's pace, one is held for it and nothing piles up. */
async function* eventsOf(
  scope: WorkspaceScope,
  hub: RunHub,
  from: Position | null,
  { answer, signal, trustMs = 10_000, stillMs = 5_000 }: FollowOptions,
): AsyncGenerator<RunEvent> {
  const { runId } = hub;
  const resync = (): RunEvent => ({ kind: "resync", runId, seq: positionText(hub.position) });
  // The place is taken before what was missed is read: what falls between is told twice, which does no harm.
  let place = hub.recent.end;
  let provenAt = Date.now();
  const missed = await hub.missedSince(scope, from);
  yield missed ? { kind: "changes", changes: missed } : resync();
  let saidAt = Date.now();
  while (!signal.aborted) {
    hub.check();
    const now = Date.now();
    if (now - provenAt >= trustMs) {
      if (!(await answer.stillAllowed()))
        throw new AppError("forbidden", "Your access to this workspace has ended.");
      provenAt = now;
    }
    const news = hub.recent.since(place);
    place = hub.recent.end;
    if (news === null) yield resync();
    else for (const changes of news) yield { kind: "changes", changes };
    if (news === null || news.length > 0) saidAt = Date.now();
    if (place < hub.recent.end) continue;
    if (hub.over) {
      yield { kind: "end", code: "over", message: "The run has come to its end." };
      return;
    }
    if (Date.now() - saidAt >= stillMs) {
      saidAt = Date.now();
      yield { kind: "still", runId, asOf: hub.asOf };
    }
    await hub.changed(Math.max(1, Math.min(saidAt + stillMs - Date.now(), trustMs)), signal);
  }
}
