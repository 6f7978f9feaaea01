import "server-only";
import { eq } from "drizzle-orm";
import { workspaces } from "@/drizzle/schema/workspaces";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { Transaction } from "@/lib/db/in-scope";
import { AppError } from "@/lib/errors";

/** One change to the rules of a workspace at a time: what a form has seen is compared with what is there, row or no row. */
export async function lockWorkspace(tx: Transaction, scope: WorkspaceScope): Promise<void> {
  const workspace = eq(workspaces.id, scope.workspaceId);
  await tx.select({ id: workspaces.id }).from(workspaces).where(workspace).for("no key update");
}

/** To whoever saves what he saw, after somebody else has saved something else. */
export function changedMeanwhile(): AppError {
  return new AppError(
    "conflict",
    "Somebody has changed this since you opened it. Close this, look at what holds now, and change it again.",
  );
}
