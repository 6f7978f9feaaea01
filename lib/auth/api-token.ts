import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { apiTokens } from "@/drizzle/schema/api-tokens";
import { memberships } from "@/drizzle/schema/memberships";
import { users } from "@/drizzle/schema/users";
import { workspaces } from "@/drizzle/schema/workspaces";
import { database } from "@/lib/db/client";
import { hashOf } from "./secrets";

const bearerToken = /^Bearer (strata_[A-Za-z0-9_-]{43})$/i;

/** The live token of an Authorization header with its workspace and its creator's present role; null whatever is wrong with it. */
export async function readToken(bearer: string | null) {
  const token = bearer?.match(bearerToken)?.[1];
  if (!token) return null;
  const [row] = await database()
    .select({
      tokenId: apiTokens.id,
      scopes: apiTokens.scopes,
      userId: apiTokens.createdBy,
      role: memberships.role,
      workspaceId: workspaces.id,
      workspaceSlug: workspaces.slug,
      workspaceName: workspaces.name,
      usedLongAgo: sql<boolean>`${apiTokens.lastUsedAt} is null or ${apiTokens.lastUsedAt} < now() - interval '1 minute'`,
    })
    .from(apiTokens)
    .innerJoin(workspaces, and(eq(workspaces.id, apiTokens.workspaceId), eq(workspaces.status, "active")))
    .innerJoin(users, and(eq(users.id, apiTokens.createdBy), eq(users.status, "active")))
    .innerJoin(
      memberships,
      and(
        eq(memberships.workspaceId, apiTokens.workspaceId),
        eq(memberships.userId, apiTokens.createdBy),
        isNull(memberships.projectId),
        eq(memberships.status, "active"),
      ),
    )
    .where(
      and(
        eq(apiTokens.tokenHash, hashOf(token)),
        isNull(apiTokens.revokedAt),
        gt(apiTokens.expiresAt, sql`now()`),
      ),
    )
    .limit(1);
  if (!row) return null;
  // At most once a minute: an ingesting program sends many requests a second.
  if (row.usedLongAgo) {
    await database().update(apiTokens).set({ lastUsedAt: sql`now()` }).where(eq(apiTokens.id, row.tokenId));
  }
  return row;
}
