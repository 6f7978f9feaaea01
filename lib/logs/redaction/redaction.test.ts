import { gunzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { listAuditOf } from "@/lib/db/audit";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { expectSound } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { logLines, newEpisodeId, parsedLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { type Batch, ingestBatch } from "../ingest";
import { getEpisode, getLogEntry } from "../queries";
import { deleteRedactionRule, moveRedactionRule, saveRedactionRule, switchRedactionRule } from "./mutations";
import { listRedactionRules } from "./queries";
import { tryLine } from "./try-line";

testDatabase();
testMongo();
testObjects();

let scope: WorkspaceScope;
beforeEach(async () => {
  scope = await memberScope("admin");
});

const rule = (name: string, pattern: string, mask = "[hidden]") => ({
  name,
  pattern,
  mask,
  appliesTo: "both" as const,
});

const batchOf = (episodeId: string, batchId: string, lines: string[]): Batch => ({
  episodeId,
  batchId,
  entries: parsedLines(lines),
  final: true,
});

describe("what is stored", () => {
  const secrets = [
    '{"message":"password is hunter2","level":"info","user":{"password":"hunter2"}}',
    '{"message":"odd hunter2","level":"warn","n":1.0,"again":"\\u0068unter2"}',
    '{"level":"error","a":"hunter2"}',
  ];

  test("holds nothing of what a rule masks: not in the database, not in the archive, not for a reader", async () => {
    await saveRedactionRule(scope, rule("passwords", "hunter\\d"));
    const episodeId = newEpisodeId();
    await ingestBatch(scope, batchOf(episodeId, "b", secrets));
    const documents = await scoped(scope)
      .collection(logEntries)
      .find({ episodeId })
      .sort({ _id: 1 })
      .toArray();
    expect(documents).toHaveLength(3);
    for (const { message, metadata, raw, flags } of documents) {
      expect(JSON.stringify([message, metadata, raw])).toContain("[hidden]");
      expect(JSON.stringify([message, metadata, raw])).not.toContain("hunter2");
      expect(flags).toContain("redacted");
    }
    expect(await getLogEntry(scope, episodeId, 1n)).toMatchObject({
      message: "odd [hidden]",
      metadataText: '{"n":1.0,"again":"[hidden]"}',
    });
    await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: true });
    const [chunk] = await scoped(scope).collection(logChunks).find({ episodeId }).toArray();
    const object = await objectStore().get(chunk?.src ?? "");
    const archived = gunzipSync(object ?? Buffer.alloc(0)).toString();
    expect(archived.match(/\[hidden\]/g)?.length).toBeGreaterThan(5);
    expect(archived).not.toContain("hunter2");
    await expectSound(scope, episodeId);
  });

  test("is unmasked in another workspace, whose rules are its own", async () => {
    await saveRedactionRule(scope, rule("passwords", "hunter\\d"));
    const other = await memberScope("admin");
    const episodeId = newEpisodeId();
    await ingestBatch(other, batchOf(episodeId, "b", secrets));
    expect(await getLogEntry(other, episodeId, 0n)).toMatchObject({ message: "password is hunter2" });
  });

  test("changes with the next batch after a rule is made, switched off or deleted", async () => {
    const episodeId = newEpisodeId();
    let batches = 0;
    const storedNow = async () => {
      const answer = await ingestBatch(scope, batchOf(episodeId, `b${batches++}`, secrets.slice(0, 1)));
      const entry = answer.ok ? await getLogEntry(scope, episodeId, answer.first) : null;
      return entry && "message" in entry ? entry.message : null;
    };
    expect(await storedNow()).toBe("password is hunter2");
    await saveRedactionRule(scope, rule("passwords", "hunter\\d"));
    const [made] = await listRedactionRules(scope);
    const ruleId = made?.id ?? "";
    expect(await storedNow()).toBe("password is [hidden]");
    await saveRedactionRule(scope, { ruleId, ...rule("passwords", "hunter\\d", "***") });
    expect(await storedNow()).toBe("password is ***");
    await switchRedactionRule(scope, { ruleId, enabled: false });
    expect(await storedNow()).toBe("password is hunter2");
    await switchRedactionRule(scope, { ruleId, enabled: true });
    expect(await storedNow()).toBe("password is ***");
    await deleteRedactionRule(scope, { ruleId });
    expect(await storedNow()).toBe("password is hunter2");
  });

  test("stays what it was when a batch is repeated after a rule has changed", async () => {
    const episodeId = newEpisodeId();
    const batch = batchOf(episodeId, "b", secrets);
    const first = await ingestBatch(scope, batch);
    await saveRedactionRule(scope, rule("passwords", "hunter\\d"));
    expect(await ingestBatch(scope, batch)).toEqual({ ...first, repeated: true });
    expect(await getLogEntry(scope, episodeId, 0n)).toMatchObject({ message: "password is hunter2" });
  });

  test("is counted as it is when a rule changes between two tries of a batch", async () => {
    const episodeId = newEpisodeId();
    const batch = batchOf(episodeId, "b", logLines(1400));
    const stopped = new Error("stopped");
    await expect(
      ingestBatch(scope, batch, (step) => {
        if (step === "half_written") throw stopped;
      }),
    ).rejects.toBe(stopped);
    await saveRedactionRule(scope, rule("lines", "line \\d+", "a much longer text than there was before"));
    expect(await ingestBatch(scope, batch)).toMatchObject({ ok: true, accepted: 1400 });
    // Compares the bytes counted with those of the rows that are there.
    await expectSound(scope, episodeId);
  });

  test("is nothing of a batch on which a rule runs out of time, and all of it once the rule is gone", async () => {
    const slow = rule("slow", "(?:é+)+!");
    // The probe of the form does not know this letter, so the rule gets in; the clock stops it all the same.
    expect(await saveRedactionRule(scope, slow)).toMatchObject({ ok: true });
    const episodeId = newEpisodeId();
    const batch = batchOf(episodeId, "b", [JSON.stringify({ message: "é".repeat(40), level: "info" })]);
    const refusal = {
      code: "unavailable",
      retryAfterSeconds: 10,
      message: expect.stringContaining("The redaction rule “slow” takes too long"),
    };
    await expect(ingestBatch(scope, batch)).rejects.toMatchObject(refusal);
    expect(await getEpisode(scope, episodeId)).toBeNull();
    const [made] = await listRedactionRules(scope);
    await deleteRedactionRule(scope, { ruleId: made?.id ?? "" });
    expect(await ingestBatch(scope, batch)).toMatchObject({ ok: true, accepted: 1, repeated: false });
  });
});

describe("a rule", () => {
  test.each(["(a+)+$", "(\\w+\\s?)*$", "(x|xx)+y", "^(.*,)*$"])(
    "%s is refused because it can take for ever",
    async (pattern) => {
      expect(await saveRedactionRule(scope, rule("slow", pattern))).toMatchObject({
        ok: false,
        fields: { pattern: expect.stringContaining("takes too long") },
      });
      expect(await listRedactionRules(scope)).toEqual([]);
    },
  );

  test.each([
    "[\\w.+-]+@[\\w-]+\\.[\\w.-]+",
    "\\b(?:\\d[ -]?){13,16}\\b",
    "(?:AKIA|ASIA)[A-Z0-9]{16}",
    "eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+",
    "(?<=password[=:]\\s*)\\S+",
  ])("of everyday use is taken: %s", async (pattern) => {
    expect(await saveRedactionRule(scope, rule("everyday", pattern))).toMatchObject({ ok: true });
  });

  test("is made, changed, moved, switched and deleted with an entry in the audit trail each", async () => {
    for (const name of ["one", "two", "three"]) await saveRedactionRule(scope, rule(name, name));
    const [, , three] = await listRedactionRules(scope);
    const ruleId = three?.id ?? "";
    await saveRedactionRule(scope, { ruleId, ...rule("third", "3") });
    await moveRedactionRule(scope, { ruleId, direction: "up" });
    await switchRedactionRule(scope, { ruleId, enabled: false });
    expect((await listRedactionRules(scope)).map(({ name, enabled }) => [name, enabled])).toEqual([
      ["one", true],
      ["third", false],
      ["two", true],
    ]);
    await deleteRedactionRule(scope, { ruleId });
    const trail = await listAuditOf(scope, { resourceType: "redaction_rule", resourceId: ruleId });
    expect(trail.map(({ action }) => action)).toEqual([
      "redaction.delete_rule",
      "redaction.disable_rule",
      "redaction.move_rule",
      "redaction.change_rule",
      "redaction.create_rule",
    ]);
    expect(trail.at(-1)).toMatchObject({ actorId: scope.userId, after: { name: "three", pattern: "three" } });
  });

  test("has a name of its own, also when two are made at once", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => saveRedactionRule(scope, rule("same", "x"))));
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, false, true]);
    expect(await listRedactionRules(scope)).toHaveLength(1);
  });

  test("of another workspace can be neither seen nor touched, and answers like one that never was", async () => {
    await saveRedactionRule(scope, rule("ours", "x"));
    const [ours] = await listRedactionRules(scope);
    const ruleId = ours?.id ?? "";
    const other = await memberScope("admin");
    expect(await listRedactionRules(other)).toEqual([]);
    const gone = { ok: false, code: "not_found" };
    expect(await saveRedactionRule(other, { ruleId, ...rule("mine", "y") })).toMatchObject(gone);
    expect(await switchRedactionRule(other, { ruleId, enabled: false })).toMatchObject(gone);
    expect(await moveRedactionRule(other, { ruleId, direction: "up" })).toMatchObject(gone);
    expect(await deleteRedactionRule(other, { ruleId })).toMatchObject(gone);
    expect(await listRedactionRules(scope)).toEqual([ours]);
  });
});

test("a line that is tried shows what would be stored, and stores nothing", async () => {
  await saveRedactionRule(scope, rule("passwords", "hunter\\d"));
  const answer = await tryLine(scope, { line: '{"message":"hunter2","level":"info","a":"hunter3"}' });
  if (!answer.ok) throw new Error(answer.code);
  expect(JSON.parse(answer.message ?? "")).toMatchObject({
    message: "[hidden]",
    metadata: { a: "[hidden]" },
  });
  expect(await tryLine(scope, { line: "no json" })).toMatchObject({ ok: false, code: "bad_input" });
  expect(await scoped(scope).collection(logEntries).countDocuments({})).toBe(0);
});

test("a redacted entry says what stands for what was masked; an untouched one says nothing", async () => {
  const episodeId = newEpisodeId();
  await saveRedactionRule(scope, rule("passwords", "hunter\\d"));
  const lines = ['{"message":"password is hunter2"}', '{"message":"nothing to hide"}'];
  await ingestBatch(scope, batchOf(episodeId, "a", lines));
  expect(await getLogEntry(scope, episodeId, 0n)).toMatchObject({
    message: "password is [hidden]",
    masks: [{ mask: "[hidden]", rule: "passwords" }],
  });
  expect(await getLogEntry(scope, episodeId, 1n)).not.toHaveProperty("masks");
});
