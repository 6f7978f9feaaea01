import { beforeAll, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { listAuditOf } from "@/lib/db/audit";
import { testDatabase } from "@/lib/testing/database";
import { createWorkspace, memberScope } from "@/lib/testing/people";
import { deleteView, editView, saveView, updateView } from "./mutations";
import { getView, listViews } from "./queries";
import { mostViews } from "./schema";

testDatabase();

const episodeId = "train-1";
const runs = { page: "runs", episodeId: null } as const;
let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let admin: WorkspaceScope;
let editor: WorkspaceScope;
let viewer: WorkspaceScope;

beforeAll(async () => {
  workspace = await createWorkspace();
  admin = await memberScope("admin", workspace);
  editor = await memberScope("editor", workspace);
  viewer = await memberScope("viewer", workspace);
});

interface Wanted {
  params?: string;
  shared?: boolean;
  onlyHere?: boolean;
}

const save = (
  scope: WorkspaceScope,
  name: string,
  { params = "q=x", shared = false, onlyHere = false }: Wanted = {},
) => saveView(scope, "logs", { name, params, shared, episodeId: onlyHere ? episodeId : null });

async function saved(scope: WorkspaceScope, name: string, wanted?: Wanted): Promise<string> {
  const answer = await save(scope, name, wanted);
  if (!answer.ok || !answer.message) throw new Error(answer.message);
  return answer.message;
}

const namesFor = async (scope: WorkspaceScope, episode = episodeId) =>
  (await listViews(scope, { page: "logs", episodeId: episode })).views.map(({ name }) => name);

describe("who sees a view", () => {
  test("one's own are one's own, also for an admin; shared ones are everybody's here", async () => {
    await saved(editor, "mine");
    const shared = await saved(editor, "ours", { shared: true });
    expect(await namesFor(editor)).toEqual(expect.arrayContaining(["mine", "ours"]));
    for (const somebody of [viewer, admin]) {
      const names = await namesFor(somebody);
      expect([names.includes("ours"), names.includes("mine")]).toEqual([true, false]);
    }
    expect(await getView(viewer, "logs", shared)).toMatchObject({
      name: "ours",
      own: false,
      mayChange: false,
    });
  });

  test("in another workspace there is none of them", async () => {
    const shared = await saved(editor, "secret", { shared: true });
    const stranger = await memberScope("owner");
    expect(await namesFor(stranger)).toEqual([]);
    expect(await getView(stranger, "logs", shared)).toBeNull();
    expect(await deleteView(stranger, "logs", { viewId: shared })).toMatchObject({
      ok: false,
      code: "not_found",
    });
  });

  test("a view of one episode is listed at that one alone", async () => {
    await saved(editor, "only here", { onlyHere: true });
    expect(await namesFor(editor)).toContain("only here");
    expect(await namesFor(editor, "train-2")).not.toContain("only here");
  });
});

describe("who may change a view", () => {
  test("a viewer keeps views for themselves and shares none", async () => {
    const own = await saved(viewer, "for me");
    expect(await save(viewer, "for all", { shared: true })).toMatchObject({ ok: false, code: "forbidden" });
    expect(await editView(viewer, "logs", { viewId: own, name: "for me", shared: true })).toMatchObject({
      code: "forbidden",
    });
    expect(
      await editView(viewer, "logs", { viewId: own, name: "still for me", shared: false }),
    ).toMatchObject({
      ok: true,
    });
    expect(await deleteView(viewer, "logs", { viewId: own })).toMatchObject({ ok: true });
  });

  test("a shared one is changed by its maker and by an admin, and by nobody else", async () => {
    const viewId = await saved(editor, "watched", { shared: true });
    const other = await memberScope("editor", workspace);
    for (const somebody of [viewer, other]) {
      expect(await updateView(somebody, "logs", { viewId, params: "q=mine" })).toMatchObject({
        code: "forbidden",
      });
      expect(await editView(somebody, "logs", { viewId, name: "mine", shared: false })).toMatchObject({
        code: "forbidden",
      });
      expect(await deleteView(somebody, "logs", { viewId })).toMatchObject({ code: "forbidden" });
    }
    expect(await updateView(editor, "logs", { viewId, params: "q=y" })).toMatchObject({ ok: true });
    expect(await getView(viewer, "logs", viewId)).toMatchObject({ params: "q=y" });
    expect(await deleteView(admin, "logs", { viewId })).toMatchObject({ ok: true });
  });

  test("what is somebody's own is not there for an admin either", async () => {
    const viewId = await saved(editor, "private");
    expect(await deleteView(admin, "logs", { viewId })).toMatchObject({ code: "not_found" });
    expect(await getView(editor, "logs", viewId)).not.toBeNull();
  });
});

test("a name is one's own once for an episode and once for any; others may have the same", async () => {
  await saved(editor, "errors");
  expect(await save(editor, "errors")).toMatchObject({
    ok: false,
    code: "conflict",
    fields: { name: /errors/ },
  });
  await saved(editor, "errors", { onlyHere: true });
  await saved(viewer, "errors");
  const other = await saved(editor, "warnings");
  expect(await editView(editor, "logs", { viewId: other, name: "errors", shared: false })).toMatchObject({
    code: "conflict",
  });
});

test("the same name twice at the same moment is one view", async () => {
  const answers = await Promise.all([save(editor, "at once"), save(editor, "at once")]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

describe("views of runs", () => {
  const look = { params: "status=failed", episodeId: null, shared: true };

  test("are apart from those of logs: by list, by name and by id", async () => {
    await saved(editor, "nightly", { shared: true });
    const answer = await saveView(editor, "runs", { ...look, name: "nightly" });
    const viewId = answer.ok ? (answer.message ?? "") : "";
    expect((await listViews(viewer, runs)).views.map(({ name, params }) => [name, params])).toEqual([
      ["nightly", "status=failed"],
    ]);
    expect(await getView(viewer, "runs", viewId)).toMatchObject({ name: "nightly", mayChange: false });
    expect(await getView(viewer, "logs", viewId)).toBeNull();
    expect(await deleteView(editor, "logs", { viewId })).toMatchObject({ code: "not_found" });
    expect(await namesFor(editor)).toContain("nightly");
    expect((await listViews(await memberScope("owner"), runs)).views).toEqual([]);
    expect(await deleteView(admin, "runs", { viewId })).toMatchObject({ ok: true });
  });

  test("are shared by those who may change runs, and that is in the trail", async () => {
    expect(await saveView(viewer, "runs", { ...look, name: "for all" })).toMatchObject({ code: "forbidden" });
    expect((await listViews(viewer, runs)).mayShare).toBe(false);
    const answer = await saveView(editor, "runs", { ...look, name: "for all" });
    const viewId = answer.ok ? (answer.message ?? "") : "";
    await updateView(editor, "runs", { viewId, params: "status=running" });
    const trail = await listAuditOf(admin, { resourceType: "run_view", resourceId: viewId });
    expect(trail.map(({ action, after }) => [action, after?.params])).toEqual([
      ["run.change_view", "status=running"],
      ["run.share_view", "status=failed"],
    ]);
  });
});

test("what others see is in the trail, what is one's own is not", async () => {
  const viewId = await saved(editor, "told");
  await updateView(editor, "logs", { viewId, params: "q=1" });
  const trail = () => listAuditOf(admin, { resourceType: "log_view", resourceId: viewId });
  expect(await trail()).toEqual([]);
  await editView(editor, "logs", { viewId, name: "told", shared: true });
  await updateView(editor, "logs", { viewId, params: "q=2" });
  await deleteView(admin, "logs", { viewId });
  expect((await trail()).map(({ action, actorId }) => [action, actorId])).toEqual([
    ["logs.delete_view", admin.userId],
    ["logs.change_view", editor.userId],
    ["logs.share_view", editor.userId],
  ]);
});

test("nobody keeps more than a hundred", async () => {
  const collector = await memberScope("viewer", workspace);
  for (let n = 0; n < mostViews; n++) await saved(collector, `view ${n}`);
  expect(await save(collector, "one more")).toMatchObject({ ok: false, code: "conflict" });
});
