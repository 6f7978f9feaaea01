import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { apiTokens } from "@/drizzle/schema/api-tokens";
import { inScope } from "@/lib/db/in-scope";
import type { WorkspaceScope } from "./access";
import { can, type Permission } from "./roles";
import { hashOf, newSecret } from "./secrets";

type Issued = { ok: true; tokenId: string; token: string } | { ok: false; code: "forbidden" | "bad_input" };
type NewToken = { name: string; scopes: readonly Permission[]; days: number };

/** Makes a token and returns it this once. Nobody can hand out more than they hold, and a token cannot make tokens. */
export async function issueApiToken(
  scope: WorkspaceScope,
  { name, scopes, days }: NewToken,
): Promise<Issued> {
  const { userId } = scope;
  if (userId === null || scope.actor !== "user" || !can(scope, "tokens:write"))
    return { ok: false, code: "forbidden" };
  if (scopes.length === 0 || days < 1 || days > 366) return { ok: false, code: "bad_input" };
  if (!scopes.every((permission) => can(scope, permission))) return { ok: false, code: "forbidden" };
  const token = `strata_${newSecret()}`;
  const tokenId = await inScope(scope, async (tx) => {
    const [row] = await tx
      .insert(apiTokens)
      .values({
        workspaceId: scope.workspaceId,
        name,
        prefix: token.slice(0, 13),
        tokenHash: hashOf(token),
        scopes: [...scopes],
        createdBy: userId,
        expiresAt: sql`now() + make_interval(days => ${days})`,
      })
      .returning({ id: apiTokens.id });
    if (!row) throw new Error("An insert returned no row");
    return row.id;
  });
  return { ok: true, tokenId, token };
}

/** Ends a token at once. Also a token that is over already is answered with ok: the wish is fulfilled. */
export async function revokeApiToken(scope: WorkspaceScope, tokenId: string): Promise<{ ok: boolean }> {
  if (!can(scope, "tokens:write")) return { ok: false };
  await inScope(scope, (tx) =>
    tx
      .update(apiTokens)
      .set({ revokedAt: sql`now()` })
      .where(
        and(
          eq(apiTokens.id, tokenId),
          eq(apiTokens.workspaceId, scope.workspaceId),
          isNull(apiTokens.revokedAt),
        ),
      ),
  );
  return { ok: true };
}
