import { writeFileSync } from "node:fs";
import { wfformatDocument } from "@/lib/testing/wfformat-document";
import { axeFindings, expect, runImport, test } from "./fixtures";

const diamond = { a: {}, b: { parents: ["a"] }, c: { parents: ["a"] }, d: { parents: ["b", "c"] } };
/** With this seed and rate, `b` fails in its first attempt and nothing else does. */
const seed = 10;
const failureRate = 0.3;

/** Among what this test leaves, which goes with the next run of the journeys. */
function recordedFile(tasks: Parameters<typeof wfformatDocument>[0]): string {
  const path = test.info().outputPath("flow.json");
  writeFileSync(path, JSON.stringify(wfformatDocument(tasks)));
  return path;
}

test("a recorded run is replayed with failures, and what failed is retried until all has succeeded", async ({
  page,
  workspace,
  signIn,
}) => {
  test.setTimeout(120_000);
  const file = recordedFile(diamond);
  const imported = await runImport("wfformat", file, "--workspace", workspace.slug);
  expect(imported.status, imported.output).toBe(0);
  await signIn(workspace.owner);
  const listed = await (await page.request.get(`/api/w/${workspace.slug}/runs`)).json();
  const [recorded] = listed.runs;
  await page.goto(`/w/${workspace.slug}/runs/${recorded.id}`);

  await page.getByRole("button", { name: "Replay…" }).click();
  const dialog = page.getByRole("dialog", { name: /^Replay/ });
  await dialog.getByLabel("Speed").fill("fast");
  await dialog.getByRole("button", { name: "Replay 4 tasks" }).click();
  await expect(dialog.getByText("A number, such as 60.")).toBeVisible();
  await dialog.getByLabel("Speed").fill("1000");
  await dialog.getByLabel("Failure rate").fill(String(failureRate));
  await dialog.getByLabel("Seed").fill(String(seed));
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Replay 4 tasks" }).click();

  await expect(page).not.toHaveURL(new RegExp(recorded.id));
  const status = page.getByRole("heading", { level: 1 }).getByRole("status");
  await expect(status).toHaveText("Failed", { timeout: 45_000 });
  await page.getByRole("button", { name: "Retry 1 failed task" }).click();
  const retry = page.getByRole("dialog", { name: /^Retry 1 task and run 1 behind it/ });
  await retry.getByRole("button", { name: "Retry 1 task" }).click();
  await retry.getByRole("button", { name: "Close" }).last().click();
  await expect(status).toHaveText("Succeeded", { timeout: 45_000 });

  // What happened stays to be read: the attempt that failed, and the recording beside its replay.
  const runId = new URL(page.url()).pathname.split("/").at(-1);
  const state = await (await page.request.get(`/api/w/${workspace.slug}/runs/${runId}/state`)).json();
  const attempts = state.tasks.map(({ nodeId, attempt }: { nodeId: string; attempt: number }) => [
    nodeId,
    attempt,
  ]);
  expect(new Map(attempts)).toEqual(
    new Map([
      ["a", 1],
      ["b", 2],
      ["c", 1],
      ["d", 1],
    ]),
  );
  await page.goto(`/w/${workspace.slug}/runs/${recorded.id}/compare?with=${runId}`);
  await expect(
    page.getByRole("table", { name: "Both runs" }).getByRole("row", { name: /^Graph/ }),
  ).toContainText("4 nodes changed");
  await page.getByRole("radio", { name: "All 4" }).click();
  const pairs = page.getByRole("table", { name: "Tasks of both runs" });
  await expect(pairs.getByRole("row").filter({ hasText: "1 / 2" })).toHaveCount(1);
});

test("who may only look is told what a replay needs", async ({ page, workspace, signIn }) => {
  const file = recordedFile({ only: {} });
  const imported = await runImport("wfformat", file, "--workspace", workspace.slug);
  expect(imported.status, imported.output).toBe(0);
  await signIn(workspace.viewer);
  const listed = await (await page.request.get(`/api/w/${workspace.slug}/runs`)).json();
  await page.goto(`/w/${workspace.slug}/runs/${listed.runs[0].id}`);
  await expect(
    page.getByRole("button", { name: /^Replay….*This needs the permission runs:write/ }),
  ).toHaveAttribute("aria-disabled", "true");
});
