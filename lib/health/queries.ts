import "server-only";
import { count, desc, gte, max, sql, sum } from "drizzle-orm";
import { canaryProblems } from "@/drizzle/schema/canary-problems";
import { canaryState } from "@/drizzle/schema/canary-state";
import { objectStoreErrors } from "@/drizzle/schema/object-store-errors";
import { probedStores, storeProbes } from "@/drizzle/schema/store-probes";
import { workerHeartbeats } from "@/drizzle/schema/worker-heartbeats";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { inPlatform, inScope, type Transaction } from "@/lib/db/in-scope";
import { judgeHealth, silentAfterMs, storeErrorHours } from "./judge";
import { recordStoreErrors } from "./report";
import type { CanaryHealth, Health, StoreErrors, StoreHealth, WorkerHealth, WorkerProcess } from "./schema";

/**
 * How the platform is, from what the workers put on record: no store is asked while a page waits. Nothing in it belongs to a
 * workspace; any member may see it.
 */
export function getHealth(scope: WorkspaceScope, now = new Date()): Promise<Health> {
  return readHealth((work) => inScope(scope, work), now);
}

/** The same for the platform's own pages. */
export function getPlatformHealth(scope: PlatformScope, now = new Date()): Promise<Health> {
  return readHealth((work) => inPlatform(scope, work), now);
}

/** Failed requests to the object store in the last 24 hours, of all processes. */
export async function getStoreErrors(scope: WorkspaceScope, now = new Date()): Promise<StoreErrors> {
  await recordStoreErrors((work) => inScope(scope, work), now);
  return inScope(scope, storeErrors);
}

/** Worker processes that were alive within the day, the last heard first. */
export async function listWorkers(scope: PlatformScope, now = new Date()): Promise<WorkerProcess[]> {
  const found = await inPlatform(scope, (tx) =>
    tx.select().from(workerHeartbeats).orderBy(desc(workerHeartbeats.seenAt)).limit(50),
  );
  return found.map(({ worker, startedAt, seenAt }) => ({
    worker,
    state: judgeHealth("worker", { heardAt: seenAt, failing: false }, now),
    startedAt: startedAt.toISOString(),
    seenAt: seenAt.toISOString(),
  }));
}

async function readHealth(
  inTransaction: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
  now: Date,
): Promise<Health> {
  // What this very process met belongs into the figure; workers put theirs on record by themselves.
  await recordStoreErrors(inTransaction, now);
  return inTransaction(async (tx) => ({
    asOf: now.toISOString(),
    canary: await canaryHealth(tx, now),
    worker: await workerHealth(tx, now),
    stores: await storesHealth(tx, now),
    objectStoreErrors24h: await storeErrors(tx),
  }));
}

async function canaryHealth(tx: Transaction, now: Date): Promise<CanaryHealth> {
  const [state] = await tx.select().from(canaryState);
  const found = await tx
    .select({ kind: canaryProblems.kind, lines: count() })
    .from(canaryProblems)
    .where(gte(canaryProblems.lastSeenAt, sql`now() - interval '24 hours'`))
    .groupBy(canaryProblems.kind);
  const wrong = { missing: 0, duplicate: 0, out_of_order: 0, changed: 0 };
  for (const { kind, lines } of found) wrong[kind] = lines;
  const heardAt = state?.lastCheckedAt ?? null;
  return {
    state: judgeHealth("canary", { heardAt, failing: found.length > 0 }, now),
    checked: state?.linesChecked ?? 0,
    cold: state?.coldChecked ?? 0,
    wrong,
    lastCheckedAt: heardAt?.toISOString() ?? null,
  };
}

async function workerHealth(tx: Transaction, now: Date): Promise<WorkerHealth> {
  const alive = sql<number>`count(*) filter (where ${workerHeartbeats.seenAt} > now() - make_interval(secs => ${silentAfterMs.worker / 1000}))::int`;
  const [found] = await tx.select({ seenAt: max(workerHeartbeats.seenAt), alive }).from(workerHeartbeats);
  const heardAt = found?.seenAt ?? null;
  return {
    state: judgeHealth("worker", { heardAt, failing: false }, now),
    workers: found?.alive ?? 0,
    seenAt: heardAt?.toISOString() ?? null,
  };
}

async function storesHealth(tx: Transaction, now: Date): Promise<StoreHealth[]> {
  const found = await tx.select().from(storeProbes);
  return probedStores.map((store) => {
    const probe = found.find((one) => one.store === store);
    return {
      store,
      state: judgeHealth(
        "probe",
        { heardAt: probe?.checkedAt ?? null, failing: probe?.reachable === false },
        now,
      ),
      durationMs: probe?.durationMs ?? 0,
      problem: probe?.problem ?? null,
      checkedAt: probe?.checkedAt.toISOString() ?? null,
    };
  });
}

async function storeErrors(tx: Transaction): Promise<StoreErrors> {
  const requests = sum(objectStoreErrors.requests).mapWith(Number);
  // Rows from before there was a moment have their hour.
  const lastAt = max(sql`coalesce(${objectStoreErrors.lastAt}, ${objectStoreErrors.hour})`).mapWith(
    objectStoreErrors.hour,
  );
  const found = await tx
    .select({ kind: objectStoreErrors.kind, requests, lastAt })
    .from(objectStoreErrors)
    .where(gte(objectStoreErrors.hour, sql`now() - make_interval(hours => ${storeErrorHours})`))
    .groupBy(objectStoreErrors.kind)
    .orderBy(desc(requests));
  const [last] = found.toSorted((a, b) => Number(b.lastAt) - Number(a.lastAt));
  return {
    requests: found.reduce((total, kind) => total + kind.requests, 0),
    kinds: found.map(({ kind, requests: count }) => ({ kind, requests: count })),
    last: last?.lastAt ? { kind: last.kind, at: last.lastAt.toISOString() } : null,
  };
}
