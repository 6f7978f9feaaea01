import { expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { writeAudit } from "@/lib/db/audit";
import { testDatabase } from "@/lib/testing/database";
import { memberScope } from "@/lib/testing/people";
import { type AuditFilter, listAudit } from "./queries";

testDatabase();

async function write(
  scope: WorkspaceScope,
  action: string,
  resourceId: string,
  count: number,
  worker = false,
) {
  for (let n = 0; n < count; n++) {
    const entry = { action, resourceType: "log_episode", resourceId, key: `${action} ${resourceId} ${n}` };
    // All at one time, as acts of one transaction are.
    const by = {
      actor: worker ? "worker" : "user",
      actorId: worker ? null : scope.userId,
      at: new Date(0),
    } as const;
    await writeAudit(scope, entry, by);
  }
}

async function all(scope: WorkspaceScope, filter: AuditFilter): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listAudit(scope, { ...filter, limit: 4, cursor });
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== null);
  return ids;
}

test("the trail is paged without a gap, by area, by thing and by who acted", async () => {
  const scope = await memberScope("owner");
  await write(scope, "archive.retry", "one", 6);
  await write(scope, "archive.expire_chunk", "two", 5, true);
  await write(scope, "redaction.create_rule", "three", 3);
  for (const [filter, count] of [
    [{}, 14],
    [{ area: "archive" }, 11],
    [{ area: "redaction" }, 3],
    [{ on: "one" }, 6],
    [{ area: "archive", by: "worker" }, 5],
    [{ by: "people" }, 9],
    [{ area: "redaction", by: "worker" }, 0],
  ] as const) {
    const ids = await all(scope, filter);
    expect(new Set(ids).size, JSON.stringify(filter)).toBe(count);
    expect(ids).toHaveLength(count);
  }
});

test("an entry says who acted by name, and another workspace sees none of it", async () => {
  const scope = await memberScope("owner");
  await write(scope, "archive.retry", "one", 1);
  await write(scope, "archive.expire_chunk", "one", 1, true);
  const { rows, next } = await listAudit(scope, { on: "one" });
  expect(next).toBeNull();
  expect(rows.map(({ action, actor, person }) => ({ action, actor, person }))).toEqual(
    expect.arrayContaining([
      { action: "archive.retry", actor: "user", person: "Some Body" },
      { action: "archive.expire_chunk", actor: "worker", person: null },
    ]),
  );
  expect((await listAudit(await memberScope("owner"), {})).rows).toEqual([]);
});
