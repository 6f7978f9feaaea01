import "server-only";
import { eq } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";
import { type FailureMark, failureMarks } from "@/lib/mongo/collections/failure-marks";
import { scoped } from "@/lib/mongo/scoped";
import type { Mark } from "./schema";

/** Decisions about these things, by key; the names of who decided come from PostgreSQL. */
export async function marksOf(
  scope: WorkspaceScope,
  subject: FailureMark["subject"],
  keys: string[],
): Promise<Map<string, Mark>> {
  if (keys.length === 0) return new Map();
  const found = await scoped(scope)
    .collection(failureMarks)
    .find({ subject, key: { $in: keys } }, { sort: { key: 1 }, maxTimeMS: 5_000 })
    .toArray();
  const names = new Map<string, string>();
  for (const decidedBy of new Set(found.map((each) => each.decidedBy)))
    names.set(decidedBy, await nameOf(scope, decidedBy));
  return new Map(
    found.map(({ key, decision, reason, decidedBy, decidedAt }) => [
      key,
      { decision, reason, by: names.get(decidedBy) ?? decidedBy, at: decidedAt.toISOString() },
    ]),
  );
}

async function nameOf(scope: WorkspaceScope, userId: string): Promise<string> {
  if (!/^[0-9a-f-]{36}$/.test(userId)) return userId;
  const [user] = await inScope(scope, (tx) =>
    tx.select({ name: users.displayName }).from(users).where(eq(users.id, userId)).limit(1),
  );
  return user?.name ?? userId;
}

/** What is ignored stays so; what is resolved does until it happens again. */
export function holds(mark: Mark | undefined, lastAt: Date): mark is Mark {
  if (!mark) return false;
  return mark.decision === "ignored" || lastAt.getTime() <= Date.parse(mark.at);
}
