import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { formatBytes } from "@/lib/format";
import { ingestSettings } from "./ingest-settings";
import { TokenBucket } from "./token-bucket";

/** Text of uploads that one process holds at a time. An entry under way costs about five times its text. */
export const mostBytesInFlight = 128 * 1024 * 1024;
/** An upload is stored as it comes, so however long it is, it holds a batch and the beginning of the next. */
export const mostBytesOfOne = 8 * 1024 * 1024;
export const mostUploadsAtOnce = 64;
/** Log text packs 5 to 30 times. A body that unpacks to more than that is held back by mostBytesOfOne all the same. */
const unpackedFactor = 16;
export const burstSeconds = 4;

/** A place among the uploads under way. */
export interface Admission {
  /** Counts what arrived against the rate of the workspace. */
  spend(bytes: number, rows: number): void;
  /** Of a body that is held as a whole: how much it is by now. Throws when there is no room for more. */
  hold(bytes: number): void;
}

interface Buckets {
  bytes: TokenBucket;
  rows: TokenBucket;
}

interface State {
  bytesInFlight: number;
  uploads: number;
  buckets: Map<string, Buckets>;
}

/** On globalThis: every bundle of this process must count together. */
const holder = globalThis as typeof globalThis & { strataAdmission?: State };
const newState = (): State => ({ bytesInFlight: 0, uploads: 0, buckets: new Map() });

/**
 * Runs `work` when there is room for one more upload, and otherwise throws an AppError that says when to come back. Both
 * refusals, of the rate and of the room, are spoken before a byte is read: of a refused upload nothing was stored.
 * The rate is counted per process: with several web processes a workspace may send that many times as much.
 */
export async function admitted<T>(
  scope: WorkspaceScope,
  request: Pick<Request, "headers">,
  work: (admission: Admission) => Promise<T>,
  firstHeld = heldBytes(request),
): Promise<T> {
  holder.strataAdmission ??= newState();
  const state = holder.strataAdmission;
  const buckets = await bucketsOf(scope, state);
  const waitMs = Math.max(buckets.bytes.waitMs(), buckets.rows.waitMs());
  if (waitMs > 0) throw tooFast(buckets, waitMs);
  let held = firstHeld;
  if (state.uploads >= mostUploadsAtOnce || state.bytesInFlight + held > mostBytesInFlight) throw noRoom();
  state.uploads++;
  state.bytesInFlight += held;
  try {
    return await work({
      spend(bytes, rows) {
        buckets.bytes.take(bytes);
        buckets.rows.take(rows);
      },
      hold(bytes) {
        const more = Math.max(0, bytes - held);
        if (state.bytesInFlight + more > mostBytesInFlight) throw noRoom();
        state.bytesInFlight += more;
        held += more;
      },
    });
  } finally {
    state.uploads--;
    state.bytesInFlight -= held;
  }
}

/** The upload's share of memory, told from what it announces. */
function heldBytes({ headers }: Pick<Request, "headers">): number {
  const announced = headers.get("content-length");
  if (announced === null || !/^\d+$/.test(announced)) return mostBytesOfOne;
  const packed = (headers.get("content-encoding") ?? "identity") !== "identity";
  return Math.min(mostBytesOfOne, Number(announced) * (packed ? unpackedFactor : 1));
}

/** Made anew when the limits change; then the burst is full again. */
async function bucketsOf(scope: WorkspaceScope, state: State): Promise<Buckets> {
  const { bytesPerSecond, rowsPerSecond } = await ingestSettings(scope);
  const present = state.buckets.get(scope.workspaceId);
  if (present?.bytes.perSecond === bytesPerSecond && present.rows.perSecond === rowsPerSecond) return present;
  const bucket = (perSecond: number) =>
    new TokenBucket(perSecond, perSecond * burstSeconds, () => performance.now());
  const buckets = { bytes: bucket(bytesPerSecond), rows: bucket(rowsPerSecond) };
  state.buckets.set(scope.workspaceId, buckets);
  return buckets;
}

function tooFast({ bytes, rows }: Buckets, waitMs: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  const limit = `${formatBytes(bytes.perSecond)} or ${rows.perSecond.toLocaleString("en")} rows a second`;
  return new AppError(
    "rate_limited",
    `This workspace sends more than ${limit}. Nothing of this upload was stored; send it again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  );
}

function noRoom(): AppError {
  return new AppError(
    "unavailable",
    "The server takes as many uploads as it can hold at the moment. Nothing of this one was stored; send it again in a second.",
    { retryAfterSeconds: 1 },
  );
}
