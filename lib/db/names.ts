import "server-only";
import { inArray } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "./in-scope";

/** What people are called whose ids stand in documents of this workspace; somebody who left it keeps the name. */
export async function namesOf(
  scope: WorkspaceScope,
  userIds: Iterable<string | null>,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(userIds)].filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const found = await inScope(scope, (tx) =>
    tx.select({ id: users.id, name: users.displayName }).from(users).where(inArray(users.id, ids)),
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}
