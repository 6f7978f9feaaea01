import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { workerPlatformScope } from "@/lib/auth/access";
import { testDatabase } from "@/lib/testing/database";
import { createWorkspace, memberScope } from "@/lib/testing/people";
import { database } from "./client";
import { inPlatform, inScope, type Transaction } from "./in-scope";

testDatabase();

const settings = async (on: Pick<Transaction, "execute">) => {
  const { rows } = await on.execute(sql`
    select coalesce(current_setting('app.workspace_id', true), '') as workspace,
           coalesce(current_setting('app.user_id', true), '') as person`);
  return rows[0];
};

test("PostgreSQL knows the workspace and the person for the length of one transaction, and not after it", async () => {
  const scope = await memberScope("viewer");
  expect(await inScope(scope, settings)).toEqual({ workspace: scope.workspaceId, person: scope.userId });
  // The pool hands the same connections out again: none may remember.
  const after = await Promise.all(Array.from({ length: 10 }, () => settings(database())));
  expect(new Set(after.map((row) => JSON.stringify(row)))).toEqual(
    new Set([JSON.stringify({ workspace: "", person: "" })]),
  );
});

test("scopes at the same time do not mix", async () => {
  const scopes = await Promise.all([1, 2, 3, 4].map(() => memberScope("viewer")));
  const seen = await Promise.all(scopes.map((scope) => inScope(scope, settings)));
  expect(seen).toEqual(scopes.map((scope) => ({ workspace: scope.workspaceId, person: scope.userId })));
});

test("work that fails leaves nothing behind", async () => {
  const scope = await memberScope("owner");
  const slug = `gone-${scope.workspaceId.slice(-8)}`;
  const failing = inScope(scope, async (tx) => {
    await tx.execute(
      sql`insert into workspaces (type, name, slug, owner_id) values ('team', 'x', ${slug}, ${scope.userId})`,
    );
    throw new Error("on purpose");
  });
  await expect(failing).rejects.toThrow("on purpose");
  const { rows } = await database().execute(sql`select 1 from workspaces where slug = ${slug}`);
  expect(rows).toEqual([]);
});

test("the platform's transaction names no workspace", async () => {
  await createWorkspace();
  expect(await inPlatform(workerPlatformScope(), settings)).toEqual({ workspace: "", person: "" });
});
