import "server-only";
import { sql } from "drizzle-orm";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { database, type Transaction } from "./client";

export type { Transaction };

/**
 * One transaction in the name of a workspace. The settings are what row-level security compares with: they end with the
 * transaction, so that a pooled connection carries nobody's workspace into the next one.
 */
export function inScope<T>(scope: WorkspaceScope, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database().transaction(async (tx) => {
    await tx.execute(sql`
      select set_config('app.workspace_id', ${scope.workspaceId}, true),
             set_config('app.user_id', ${scope.userId ?? ""}, true),
             set_config('app.actor', ${scope.actor}, true)`);
    return work(tx);
  });
}

/** One transaction across workspaces. */
export function inPlatform<T>(scope: PlatformScope, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database().transaction(async (tx) => {
    await tx.execute(sql`
      select set_config('app.workspace_id', '', true),
             set_config('app.user_id', ${scope.userId ?? ""}, true),
             set_config('app.actor', ${scope.actor}, true)`);
    return work(tx);
  });
}
