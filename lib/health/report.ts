import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { lt, sql } from "drizzle-orm";
import { objectStoreErrors } from "@/drizzle/schema/object-store-errors";
import { type probedStores, storeProbes } from "@/drizzle/schema/store-probes";
import { workerHeartbeats } from "@/drizzle/schema/worker-heartbeats";
import type { PlatformScope } from "@/lib/auth/access";
import { inPlatform, type Transaction } from "@/lib/db/in-scope";
import { AppError } from "@/lib/errors";
import { pingMongo } from "@/lib/mongo/ping";
import { giveBackStoreErrors, takeStoreErrors } from "@/lib/objects/error-counts";
import { objectStore } from "@/lib/objects/store";
import { hourOf } from "./judge";

const keptDays = 30;

/** Says that a worker is alive, and forgets those that have been silent for a day. */
export async function reportAlive(scope: PlatformScope, worker: string, startedAt: Date): Promise<void> {
  await inPlatform(scope, async (tx) => {
    const seenAt = sql`now()`;
    await tx
      .insert(workerHeartbeats)
      .values({ worker, startedAt, seenAt })
      .onConflictDoUpdate({ target: workerHeartbeats.worker, set: { seenAt } });
    await tx.delete(workerHeartbeats).where(lt(workerHeartbeats.seenAt, sql`now() - interval '1 day'`));
  });
}

type Store = (typeof probedStores)[number];

/** The cheapest request that shows whether the store serves us: rights and bucket included. */
const questions = {
  mongodb: pingMongo,
  objects: () => objectStore().list("probe=1/")[Symbol.asyncIterator]().next(),
} satisfies Record<Store, () => Promise<unknown>>;

/** Questions without an answer yet: a store that hangs is not asked again and again. */
const pending = new Map<Store, Promise<string | null>>();

/** Asks both stores and puts on record what came of it. */
export async function probeStores(scope: PlatformScope, patienceMs = 10_000): Promise<void> {
  await Promise.all([probe(scope, "mongodb", patienceMs), probe(scope, "objects", patienceMs)]);
}

async function probe(scope: PlatformScope, store: Store, patienceMs: number): Promise<void> {
  const started = performance.now();
  const problem = await Promise.race([ask(store), noAnswer(store, patienceMs)]);
  const found = {
    reachable: problem === null,
    durationMs: Math.round(performance.now() - started),
    problem,
    checkedAt: sql`now()`,
  };
  await inPlatform(scope, (tx) =>
    tx
      .insert(storeProbes)
      .values({ store, ...found })
      .onConflictDoUpdate({ target: storeProbes.store, set: found }),
  );
}

function ask(store: Store): Promise<string | null> {
  const asked =
    pending.get(store) ??
    questions[store]()
      .then(() => null, problemOf(store))
      .finally(() => pending.delete(store));
  pending.set(store, asked);
  return asked;
}

const names = { mongodb: "MongoDB", objects: "The object store" } satisfies Record<Store, string>;

const noAnswer = (store: Store, patienceMs: number) =>
  sleep(patienceMs, `${names[store]} did not answer within ${patienceMs / 1000} s.`, { ref: false });

const problemOf = (store: Store) => (error: unknown) =>
  error instanceof AppError ? error.message : `${names[store]} cannot be reached.`;

/** Puts on record what this process counted since the last time; given back when that fails, so that none is lost. */
export async function recordStoreErrors(
  inTransaction: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
  now = new Date(),
): Promise<void> {
  const taken = takeStoreErrors();
  if (taken.size === 0) return;
  const hour = hourOf(now);
  const rows = [...taken].map(([kind, { requests, lastAt }]) => ({ hour, kind, requests, lastAt }));
  try {
    await inTransaction(async (tx) => {
      await tx
        .insert(objectStoreErrors)
        .values(rows)
        .onConflictDoUpdate({
          target: [objectStoreErrors.hour, objectStoreErrors.kind],
          set: {
            requests: sql`${objectStoreErrors.requests} + excluded.requests`,
            lastAt: sql`greatest(${objectStoreErrors.lastAt}, excluded.last_at)`,
          },
        });
      const before = sql`now() - make_interval(days => ${keptDays})`;
      await tx.delete(objectStoreErrors).where(lt(objectStoreErrors.hour, before));
    });
  } catch (error) {
    giveBackStoreErrors(taken);
    throw error;
  }
}
