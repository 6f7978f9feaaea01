import type { NewTask } from "@/lib/runs/create";
import { axeFindings, expect, test } from "./fixtures";
import type { Workspace } from "./people";
import { makeFinishedRun } from "./run-world";

const start = Date.parse("2026-03-01T08:00:00.000Z");

/** A task that ran from and to these seconds of its run. */
function ran(from: number, to: number, values: Partial<NewTask> = {}): Partial<NewTask> {
  return {
    status: "succeeded",
    startedAt: new Date(start + from * 1000),
    finishedAt: new Date(start + to * 1000),
    durationMs: (to - from) * 1000,
    ...values,
  };
}

/** Two runs of one workflow with planted differences: inputs, graph, a failure, what was skipped for it, a slow task. */
async function twoRuns(workspace: Workspace): Promise<{ good: string; bad: string }> {
  const identity = { workflowDefinitionId: `wf-${workspace.id}`, workflowName: "nightly-train" };
  const good = await makeFinishedRun(
    workspace,
    {
      load: ran(0, 10),
      train: ran(10, 100, { upstreamNodeIds: ["load"] }),
      evaluate: ran(100, 130, { upstreamNodeIds: ["train"] }),
      publish: ran(130, 134, { upstreamNodeIds: ["evaluate"] }),
    },
    {
      ...identity,
      status: "succeeded",
      startedAt: new Date(start),
      finishedAt: new Date(start + 134_000),
      durationMs: 134_000,
      createdAt: new Date(start),
      inputBindings: [{ kind: "dataset", id: "dataset-manuals", name: "manuals", versionTag: "v1" }],
    },
  );
  const bad = await makeFinishedRun(
    workspace,
    {
      load: ran(0, 25),
      train: ran(25, 60, {
        upstreamNodeIds: ["load"],
        status: "failed",
        attempt: 2,
        errorMessage: "CUDA out of memory\n  at step 18,400",
      }),
      evaluate: { status: "skipped", upstreamNodeIds: ["train"], finishedAt: new Date(start + 60_000) },
      check: ran(30, 62),
    },
    {
      ...identity,
      workflowVersionNumber: 2,
      status: "failed",
      startedAt: new Date(start),
      finishedAt: new Date(start + 60_000),
      durationMs: 60_000,
      createdAt: new Date(start + 86_400_000),
      inputBindings: [
        { kind: "dataset", id: "dataset-manuals", name: "manuals", versionTag: "v2" },
        { kind: "asset", id: "asset-9", name: "valves.pdf" },
      ],
    },
  );
  return { good, bad };
}

test("two runs are compared as a whole and task by task, and the task at which they part leads to its evidence", async ({
  page,
  workspace,
  signIn,
}) => {
  const { good, bad } = await twoRuns(workspace);
  await signIn(workspace.viewer);
  // Nobody says with what: the last success of the workflow is what one wants to see beside a failure.
  await page.goto(`/w/${workspace.slug}/runs/${bad}/compare`);
  const facts = page.getByRole("table", { name: "Both runs" });
  const fact = (name: string) => facts.getByRole("row", { name: new RegExp(`^${name}`) });
  await expect(fact("Outcome")).toContainText("FailedSucceededended otherwise");
  await page.getByRole("button", { name: "Swap A and B" }).click();
  await expect(page).toHaveURL(new RegExp(`runs/${good}/compare\\?with=${bad}`));
  await expect(fact("Outcome")).toContainText("SucceededFailed");
  await expect(fact("Ran")).toContainText("−1 min 14 s (−55.2%)");
  await expect(fact("Version")).toContainText("v1v2another version");
  await expect(fact("Inputs")).toContainText("1 added, 1 in another version");
  await expect(fact("Graph")).toContainText("1 node added, 1 node removed");

  await expect(page.getByRole("status").filter({ hasText: "First divergence" })).toHaveText(
    /First divergence train: failed in B after 1 min 00 s, succeeded in A\./,
  );
  const table = page.getByRole("table", { name: "Tasks of both runs" });
  const pair = (name: string) => table.getByRole("row").filter({ hasText: name });
  await expect(pair("first divergence")).toContainText("train");
  await expect(pair("train")).toContainText("succeeded in A, failed in B CUDA out of memory");
  await expect(pair("train")).toContainText("1 / 2");
  await expect(pair("load")).toContainText("slower in B");
  await expect(pair("load")).toContainText("+15 s");
  await expect(pair("publish")).toContainText("only in A");
  await expect(pair("check")).toContainText("only in B");
  expect(await axeFindings(page)).toEqual([]);

  // What is spread out, chosen and sorted stands in the address.
  await fact("Inputs").getByRole("button").click();
  await expect(page.getByRole("region", { name: "Difference of the inputs" })).toContainText(
    "manuals v1 → manuals v2",
  );
  await fact("Graph").getByRole("button").click();
  await expect(page.getByRole("region", { name: "Difference of the graphs" })).toContainText(
    "1 node added check",
  );
  await table.getByRole("button", { name: "Change", exact: true }).click();
  await expect(page).toHaveURL(/open=graph.*sort=change|sort=change.*open=graph/);
  await expect(table.getByRole("row").nth(1)).toContainText("train");
  await page.getByRole("searchbox", { name: "Find a task" }).fill("nothing of this name");
  await expect(page.getByText("No task that differs has “nothing of this name” in its name")).toBeVisible();
  await page.getByRole("button", { name: "Clear the search" }).click();
  await page.reload();
  await expect(page.getByRole("region", { name: "Difference of the graphs" })).toBeVisible();
  await expect(table.getByRole("row").nth(1)).toContainText("train");

  await page.keyboard.press("j");
  await expect(table.getByRole("row").nth(1).getByRole("link")).toBeFocused();
  await page.getByRole("link", { name: "Open task in B" }).click();
  await expect(page).toHaveURL(new RegExp(`runs/${bad}\\?task=`));
  await expect(page.getByText("CUDA out of memory").first()).toBeVisible();
});

test("the other run is chosen from those of the workflow, and one of another workspace answers like none", async ({
  page,
  workspace,
  signIn,
}) => {
  const { good, bad } = await twoRuns(workspace);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/runs/${bad}/compare?with=run-that-never-was`);
  await expect(page.getByText("One of the two runs is not in this workspace")).toBeVisible();
  await page.getByRole("button", { name: /^Compare with another run/ }).click();
  await page.getByRole("button", { name: "Previous run" }).click();
  await expect(page).toHaveURL(new RegExp(`with=${good}`));
  await expect(page.getByRole("table", { name: "Tasks of both runs" })).toBeVisible();
  const ask = (id: string) => page.request.get(`/api/w/${workspace.slug}/runs/${id}/compare?with=${good}`);
  const listed = await (await page.request.get(`/api/w/${workspace.slug}/runs`)).json();
  expect(listed.runs).toHaveLength(2);
  expect((await ask("run-of-somebody-else")).status()).toBe(404);
});
