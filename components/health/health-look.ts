import type { GlyphTone } from "@/components/ui/status-glyph";
import { formatCount, formatPlural } from "@/lib/format";
import type {
  CanaryHealth,
  Health,
  HealthState,
  StoreErrors,
  StoreHealth,
  WorkerHealth,
} from "@/lib/health/schema";

export const stateTone = {
  ok: "ok",
  failing: "fail",
  silent: "warn",
  off: "off",
} as const satisfies Record<HealthState, GlyphTone>;

/** One line of the strip: what it is about, what can be said, what more there is to say, and since when that is known. */
export interface HealthItem {
  name: string;
  state: HealthState;
  says: string;
  more: string;
  /** All there is to say while all is well. */
  brief: string;
  at: string | null;
}

export function healthItems({ canary, worker, stores, objectStoreErrors24h }: Health): HealthItem[] {
  return [
    canaryItem(canary),
    workerItem(worker),
    ...stores.map((store) => storeItem(store, objectStoreErrors24h)),
  ];
}

function canaryItem({ state, checked, cold, wrong, lastCheckedAt }: CanaryHealth): HealthItem {
  const found = [
    { lines: wrong.missing, word: "missing" },
    { lines: wrong.duplicate, word: "twice" },
    { lines: wrong.out_of_order, word: "out of order" },
    { lines: wrong.changed, word: "changed" },
  ].filter(({ lines }) => lines > 0);
  const says = {
    ok: `${formatPlural(checked, "line")} checked, 0 missing or changed`,
    failing: `failing: ${found.map(({ lines, word }) => `${formatCount(lines)} ${word}`).join(", ")} in 24 h`,
    silent: "silent: nothing was checked of late",
    off: "has not run yet",
  }[state];
  const more = state === "off" ? "the worker starts it" : `${formatCount(cold)} of them in the archive`;
  const brief = `${formatPlural(checked, "line")} checked`;
  return { name: "Canary", state, says, more, brief, at: lastCheckedAt };
}

function workerItem({ state, workers, seenAt }: WorkerHealth): HealthItem {
  const says = {
    ok: `${formatCount(workers)} alive`,
    failing: "failing",
    silent: "silent: nothing is archived meanwhile",
    off: "has not run yet",
  }[state];
  return { name: workers > 1 ? "Workers" : "Worker", state, says, more: "", brief: says, at: seenAt };
}

const storeNames = { mongodb: "MongoDB", objects: "Object store" } as const;

function storeItem(
  { store, state, durationMs, problem, checkedAt }: StoreHealth,
  errors: StoreErrors,
): HealthItem {
  const says = {
    ok: `answers in ${formatCount(durationMs)} ms`,
    failing: `failing: ${problem ?? "it does not answer"}`,
    silent: "silent: nobody has asked it of late",
    off: "not asked yet",
  }[state];
  const more = store === "objects" ? failedRequests(errors) : "";
  const brief = `${formatCount(durationMs)} ms`;
  return { name: storeNames[store], state, says, more, brief, at: checkedAt };
}

const failedRequests = ({ requests }: StoreErrors) =>
  requests === 0 ? "no failed request in 24 h" : `${formatPlural(requests, "failed request")} in 24 h`;

/** Kinds of failed requests to the object store (lib/objects/error-counts.ts) as a person says them. */
const kindWords: Record<string, string> = {
  throttled: "too many requests",
  server: "server error",
  timeout: "timeout",
  connection: "no connection",
  refused: "access refused",
  conflict: "conflict",
  damaged: "damaged answer",
  full: "disk full",
  misconfigured: "wrong settings",
};

export const storeErrorWords = (kind: string) => kindWords[kind] ?? kind;
