import { beforeAll, expect, test, vi } from "vitest";
import { listAudit } from "@/lib/audit/queries";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import type { Role } from "@/lib/auth/roles";
import { everything } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { logLines, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { createPerson, createWorkspace, join, signedInCookie } from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import * as actions from "./actions";
import { getEpisodeActs } from "./acts/queries";
import { archiveEpisode } from "./archiver";
import { placeHold } from "./hold";
import { requestRestore } from "./restore/request";
import { getRetention } from "./retention/policy";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

const episodeId = "guarded";
let slug = "";
let scope: WorkspaceScope;
/** What each action is sent: all of it would do something. */
let forms: Record<keyof typeof actions, Record<string, string>>;

beforeAll(async () => {
  const workspace = await createWorkspace();
  slug = workspace.slug;
  const found = await scopeForCommand(slug);
  if (!found) throw new Error("The workspace is not there");
  scope = found;
  await uploadLines(scope, episodeId, logLines(250), { settings: { chunkSize: 100 } });
  await archiveEpisode(scope, episodeId, everything);
  await uploadLines(scope, episodeId, logLines(20, 250));
  const restore = await requestRestore(scope, { episodeId, from: 0n, to: 99n, hours: 1 });
  const hold = await placeHold(scope, { episodeId: null, reason: "case 12" });
  const archiving = { archiveThreshold: "500", chunkSize: "500", keepHot: "0", archiveAfterHours: "1" };
  forms = {
    archiveNowAction: { episodeId },
    retryArchiveAction: { episodeId },
    breakLeaseAction: { episodeId, confirm: episodeId },
    verifyNowAction: { episodeId },
    reconcileAction: { episodeId },
    requestRestoreAction: { episodeId, from: "100", to: "199" },
    cancelRestoreAction: { restoreId: restore.restoreId },
    placeHoldAction: { episodeId, reason: "mine" },
    releaseHoldAction: { holdId: hold.holdId ?? "", reason: "not needed" },
    setRetentionAction: { days: "1", undoHours: "1", seen: "" },
    undoRetentionAction: { seen: "" },
    saveArchivePolicyAction: { ...archiving, seen: "" },
    saveEpisodeArchivingAction: { ...archiving, episodeId, seen: "50000/100/2000/24" },
    sweepOrphansAction: { keys: "workspace=x/episode=y/chunk-000001-e1-abababab.jsonl.gz" },
    deleteEpisodeAction: { episodeId, confirm: episodeId, reason: "not needed" },
  };
});

async function answersAs(role: Role): Promise<Record<string, string>> {
  const person = await createPerson();
  const { id } = { id: scope.workspaceId };
  await join({ id }, person, role);
  arrive(await signedInCookie(person));
  const answers: Record<string, string> = {};
  for (const [name, action] of Object.entries(actions)) {
    const form = new FormData();
    const fields = Object.entries(forms).find(([key]) => key === name)?.[1] ?? {};
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    const answer = await action(slug, null, form);
    answers[name] = answer.ok ? "ok" : answer.code;
  }
  return answers;
}

test.each(["viewer", "annotator"] as const)(
  "the role %s is refused every act, and nothing changes",
  async (role) => {
    const before = await getEpisodeActs(scope, episodeId);
    const trail = (await listAudit(scope, {})).rows.length;
    const answers = await answersAs(role);
    expect(Object.keys(answers)).toHaveLength(Object.keys(forms).length);
    expect([...new Set(Object.values(answers))]).toEqual(["forbidden"]);
    expect({ ...(await getEpisodeActs(scope, episodeId)), asOf: before?.asOf }).toEqual(before);
    expect((await listAudit(scope, {})).rows).toHaveLength(trail);
    expect(await getRetention(scope)).toBeNull();
  },
);

test("an editor keeps, verifies and restores, and deletes nothing", async () => {
  const answers = await answersAs("editor");
  const refused = Object.entries(answers).flatMap(([name, code]) => (code === "forbidden" ? [name] : []));
  expect(refused.sort()).toEqual([
    "deleteEpisodeAction",
    "releaseHoldAction",
    "saveArchivePolicyAction",
    "setRetentionAction",
    "sweepOrphansAction",
    "undoRetentionAction",
  ]);
  expect(await getRetention(scope)).toBeNull();
});
