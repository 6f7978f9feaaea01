import { logLevels } from "@/lib/logs/level";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import { newObjectId } from "@/lib/mongo/object-id";

const start = Date.UTC(2026, 0, 1);

/**
 * Stored entries with everything an archived line can hold: all levels, other scripts, line separators, int64, `raw`, flags,
 * late timestamps. The same numbers give the same entries.
 */
export function storedEntries(from: number, to: number): LogEntry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => storedEntry(from + index));
}

function storedEntry(n: number): LogEntry {
  const metadata = {
    n: n % 4 === 0 ? 2n ** 60n + BigInt(n) : n,
    name: `worker-${n % 5}`,
    nested: { a: [1, null, true, "\0"] },
  };
  return {
    _id: newObjectId(),
    workspaceId: "w",
    episodeId: "e",
    sequenceNumber: BigInt(n),
    timestamp: new Date(n % 97 === 0 ? start - 86_400_000 * n : start + n * 250),
    createdAt: new Date(start + n * 1000),
    level: logLevels[n % 11 === 0 ? 3 : n % 5 === 0 ? 2 : n % 3 === 0 ? 0 : 1] ?? "info",
    message:
      n % 7 === 0
        ? `user ${n} logged in from 10.0.0.${n % 250} ü\n"x"\u2028`
        : `job ${n % 13} done in ${n * 3} ms`,
    ...(n % 2 === 0 && { metadata }),
    ...(n % 100 === 0 && { raw: `{"message":"half \\ud800 pair","metadata":{"a":1.0,"a":${n}}}` }),
    ...(n % 50 === 0 && { flags: ["timestamp_absurd"] }),
  };
}
