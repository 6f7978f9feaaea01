import "server-only";
import { count, desc, gte, max, sql, sum } from "drizzle-orm";
import { canaryProblems } from "@/drizzle/schema/canary-problems";
import { canaryState } from "@/drizzle/schema/canary-state";
import { objectStoreErrors } from "@/drizzle/schema/object-store-errors";
import { probedStores, storeProbes } from "@/drizzle/schema/store-probes";
import { workerHeartbeats } from "@/drizzle/schema/worker-heartbeats";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope, type Transaction } from "@/lib/db/in-scope";
import { judgeHealth, silentAfterMs, storeErrorHours } from "./judge";
import { recordStoreErrors } from "./report";
import type { CanaryHealth, Health, StoreErrors, StoreHealth, WorkerHealth } from "./schema";

/**
 * How the platform is, from what the workers put on record: no store is asked while a page waits. Nothing in it belongs to a
 * workspace; any member may see it.
 */
export async function getHealth(scope: WorkspaceScope, now = new Date()): Promise<Health> {
  // What this very process met belongs into the figure; workers put theirs on record by themselves.
  await recordStoreErrors((work) => inScope(scope, work), now);
  return inScope(scope, async (tx) => ({
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
  const kinds = await tx
    .select({ kind: objectStoreErrors.kind, requests })
    .from(objectStoreErrors)
    .where(gte(objectStoreErrors.hour, sql`now() - make_interval(hours => ${storeErrorHours})`))
    .groupBy(objectStoreErrors.kind)
    .orderBy(desc(requests));
  return { requests: kinds.reduce((total, kind) => total + kind.requests, 0), kinds };
}
