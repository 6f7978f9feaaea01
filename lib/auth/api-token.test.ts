import { eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { apiTokens } from "@/drizzle/schema/api-tokens";
import { memberships } from "@/drizzle/schema/memberships";
import { users } from "@/drizzle/schema/users";
import { database } from "@/lib/db/client";
import { testDatabase } from "@/lib/testing/database";
import {
  createPerson,
  createWorkspace,
  join,
  memberScope,
  signedIn,
  signedInCookie,
} from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import { scopeForToken, workspaceFor, workspaceForApi } from "./access";
import { issueApiToken, revokeApiToken } from "./issue-token";
import type { Permission, Role } from "./roles";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();

async function withToken(scopes: readonly Permission[] = ["logs:write"], role: Role = "admin") {
  const workspace = await createWorkspace();
  const person = await createPerson();
  await join(workspace, person, role);
  const access = await workspaceFor(await signedIn(person), workspace.slug, "workspace:read");
  if (!access.ok) throw new Error("a member was refused");
  const issued = await issueApiToken(access.scope, { name: "ingest", scopes, days: 30 });
  if (!issued.ok) throw new Error(`no token: ${issued.code}`);
  return { workspace, person, scope: access.scope, ...issued, bearer: `Bearer ${issued.token}` };
}

const invalid = { ok: false, code: "unauthorized", message: "This API token is not valid here." };

test("a token opens its workspace in its creator's name, for what it was made for and no more", async () => {
  const { bearer, workspace, person } = await withToken(["logs:write", "logs:read"]);
  const access = await scopeForToken(bearer, "logs:write");
  expect(access).toMatchObject({
    ok: true,
    scope: { workspaceId: workspace.id, userId: person.id, actor: "token" },
  });
  expect(access.ok && [...access.scope.permissions].sort()).toEqual(["logs:read", "logs:write"]);
  expect(await scopeForToken(bearer, "members:write")).toMatchObject({ ok: false, code: "forbidden" });
});

test("unknown, malformed, expired, revoked and another workspace's tokens are answered alike", async () => {
  const other = await createWorkspace();
  const expired = await withToken();
  await database()
    .update(apiTokens)
    .set({ createdAt: sql`now() - interval '2 days'`, expiresAt: sql`now() - interval '1 day'` })
    .where(eq(apiTokens.id, expired.tokenId));
  const revoked = await withToken();
  await revokeApiToken(revoked.scope, revoked.tokenId);
  const live = await withToken();
  const answers = [
    await scopeForToken(null, "logs:write"),
    await scopeForToken("", "logs:write"),
    await scopeForToken(live.token, "logs:write"),
    await scopeForToken(`Basic ${live.token}`, "logs:write"),
    await scopeForToken(`Bearer strata_${"A".repeat(43)}`, "logs:write"),
    await scopeForToken(`${live.bearer}A`, "logs:write"),
    await scopeForToken(expired.bearer, "logs:write"),
    await scopeForToken(revoked.bearer, "logs:write"),
    await scopeForToken(live.bearer, "logs:write", other.slug),
    await scopeForToken(live.bearer, "logs:write", "no-such-workspace"),
  ];
  for (const answer of answers) expect(answer).toEqual(invalid);
  expect(await scopeForToken(live.bearer, "logs:write", live.workspace.slug)).toMatchObject({ ok: true });
});

test("a token shrinks with its creator's role and ends with their membership or account", async () => {
  const { bearer, person } = await withToken(["logs:write", "logs:read"]);
  const setMember = (set: Partial<typeof memberships.$inferInsert>) =>
    database().update(memberships).set(set).where(eq(memberships.userId, person.id));
  await setMember({ role: "viewer" });
  expect(await scopeForToken(bearer, "logs:write")).toMatchObject({ code: "forbidden" });
  expect(await scopeForToken(bearer, "logs:read")).toMatchObject({ ok: true });
  await setMember({ status: "suspended" });
  expect(await scopeForToken(bearer, "logs:read")).toEqual(invalid);
  await setMember({ status: "active" });
  await database().update(users).set({ status: "suspended" }).where(eq(users.id, person.id));
  expect(await scopeForToken(bearer, "logs:read")).toEqual(invalid);
});

test("a request that carries a token is judged by the token, not by the cookie beside it", async () => {
  const { workspace, person } = await withToken();
  arrive(await signedInCookie(person), { authorization: "Bearer nonsense" });
  expect(await workspaceForApi(workspace.slug, "logs:read")).toEqual(invalid);
});

test("the token itself is stored nowhere, and its use is noted", async () => {
  const { bearer, token, tokenId } = await withToken();
  await scopeForToken(bearer, "logs:write");
  const [row] = await database().select().from(apiTokens).where(eq(apiTokens.id, tokenId));
  expect(JSON.stringify(row)).not.toContain(token);
  expect(row?.lastUsedAt).toBeInstanceOf(Date);
});

test("nobody hands out more than they hold, and a token cannot make tokens", async () => {
  const editor = await memberScope("editor");
  expect(await issueApiToken(editor, { name: "x", scopes: ["logs:read"], days: 1 })).toEqual({
    ok: false,
    code: "forbidden",
  });
  const admin = await memberScope("admin");
  expect(await issueApiToken(admin, { name: "x", scopes: ["workspace:write"], days: 1 })).toMatchObject({
    ok: false,
  });
  expect(await issueApiToken(admin, { name: "x", scopes: [], days: 1 })).toMatchObject({ code: "bad_input" });
  const { bearer } = await withToken(["tokens:write", "logs:read"]);
  const access = await scopeForToken(bearer, "tokens:write");
  if (!access.ok) throw new Error("the token was refused");
  expect(await issueApiToken(access.scope, { name: "x", scopes: ["logs:read"], days: 1 })).toMatchObject({
    code: "forbidden",
  });
});

test("a token of another workspace cannot be revoked from here", async () => {
  const { bearer, tokenId } = await withToken();
  await revokeApiToken(await memberScope("owner"), tokenId);
  expect(await scopeForToken(bearer, "logs:write")).toMatchObject({ ok: true });
});
