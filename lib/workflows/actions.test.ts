import { beforeAll, expect, test, vi } from "vitest";
import { listAudit } from "@/lib/audit/queries";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import type { Role } from "@/lib/auth/roles";
import { ensureProject } from "@/lib/projects/mutations";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { createPerson, createWorkspace, join, signedInCookie } from "@/lib/testing/people";
import { arrive, Interrupt } from "@/lib/testing/request";
import * as actions from "./actions";
import { createWorkflow } from "./definitions";
import { exampleWorkflow } from "./example";
import { getWorkflow, listVersions } from "./queries";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();

let scope: WorkspaceScope;
let workflowId: string;
/** What each action is sent: all of it would do something. */
let forms: Record<keyof typeof actions, Record<string, string>>;

beforeAll(async () => {
  const { slug } = await createWorkspace();
  const found = await scopeForCommand(slug);
  if (!found) throw new Error("The workspace is not there");
  scope = found;
  const projectId = await ensureProject(scope, { slug: "some", name: "Some", description: "" });
  const graph = JSON.stringify(exampleWorkflow);
  const made = await createWorkflow(scope, { name: "guarded", projectId, graph, note: "" });
  if (!made.ok) throw new Error(made.message);
  workflowId = made.workflowId;
  const other = JSON.stringify({ nodes: exampleWorkflow.nodes.slice(0, 1) });
  forms = {
    createWorkflowAction: { name: "another", projectId, graph },
    saveVersionAction: { workflowId, graph: other, expectedLatest: "1" },
    publishVersionAction: { workflowId, versionNumber: "1" },
    renameWorkflowAction: { workflowId, name: "mine" },
    archiveWorkflowAction: { workflowId },
    restoreWorkflowAction: { workflowId },
    duplicateWorkflowAction: { workflowId, versionNumber: "1", name: "copy" },
  };
});

async function answersAs(role: Role): Promise<Record<string, string>> {
  const person = await createPerson();
  await join({ id: scope.workspaceId }, person, role);
  const answers: Record<string, string> = {};
  for (const [name, action] of Object.entries(actions)) {
    arrive(await signedInCookie(person));
    const form = new FormData();
    const fields = Object.entries(forms).find(([key]) => key === name)?.[1] ?? {};
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    answers[name] = await action(scope.workspaceSlug, null, form).then(
      (answer) => (answer.ok ? "ok" : answer.code),
      (thrown) => {
        if (thrown instanceof Interrupt) return thrown.kind;
        throw thrown;
      },
    );
  }
  return answers;
}

test.each(["viewer", "annotator"] as const)(
  "the role %s is refused every act, and nothing changes",
  async (role) => {
    const before = await getWorkflow(scope, workflowId);
    const trail = (await listAudit(scope, {})).rows.length;
    const answers = await answersAs(role);
    expect(Object.keys(answers)).toHaveLength(Object.keys(forms).length);
    expect([...new Set(Object.values(answers))]).toEqual(["forbidden"]);
    expect(await getWorkflow(scope, workflowId)).toEqual(before);
    expect(await listVersions(scope, workflowId)).toHaveLength(1);
    expect((await listAudit(scope, {})).rows).toHaveLength(trail);
  },
);

test("an editor may do all of it, and saving leads to what was saved", async () => {
  expect(await answersAs("editor")).toEqual({
    createWorkflowAction: "redirect",
    saveVersionAction: "redirect",
    publishVersionAction: "ok",
    renameWorkflowAction: "ok",
    archiveWorkflowAction: "ok",
    restoreWorkflowAction: "ok",
    duplicateWorkflowAction: "redirect",
  });
  expect((await listAudit(scope, { area: "workflow" })).rows.length).toBeGreaterThanOrEqual(7);
});
