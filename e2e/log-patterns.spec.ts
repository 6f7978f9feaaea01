import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { axeFindings, expect, runImport, test } from "./fixtures";

const start = Date.parse("2026-03-01T08:00:00.000Z");

/** 390 rows of three patterns, which is less than a search lists at a time: 260 heartbeats, 129 batches that failed, and one of its own near the end. */
const lines = Array.from({ length: 390 }, (_, n) => ({
  timestamp: new Date(start + n * 1000).toISOString(),
  ...(n === 380
    ? { level: "fatal", message: "Out of memory, the worker ends" }
    : n % 3 === 2
      ? { level: "error", message: `Batch ${n} of shard-${n % 5} failed` }
      : { level: "info", message: `Heartbeat sent to 10.0.0.${n % 9}` }),
}));

const list = (page: Page) => page.getByRole("table", { name: "Patterns" });
const row = (page: Page, text: string) => list(page).getByRole("row").filter({ hasText: text }).first();
const grid = (page: Page) => page.getByRole("grid");

async function openPatterns(page: Page, slug: string, episodeId: string): Promise<void> {
  await page.goto(`/w/${slug}/logs/${episodeId}`);
  await page.getByRole("radio", { name: "Patterns" }).click();
  await expect(page).toHaveURL(/view=patterns/);
}

test("an episode is listed by its patterns, hot and archived, with counts that add up", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("patterns", lines);
  await signIn(workspace.owner);
  const expectCounts = async () => {
    await expect(page.getByText("The counts add up to 390 rows, all of them counted.")).toBeVisible();
    await expect(row(page, "Heartbeat sent to <*>")).toContainText("260");
    await expect(row(page, "Batch <*> of <*> failed")).toContainText("129");
    // What begins in the last tenth is marked.
    await expect(row(page, "Out of memory")).toContainText("new");
  };
  await openPatterns(page, workspace.slug, "patterns");
  await expectCounts();
  expect(await axeFindings(page)).toEqual([]);
  await page.goto(`/w/${workspace.slug}/archive?episode=patterns`);
  await page.getByRole("button", { name: "Archive now" }).click();
  await page.getByRole("button", { name: "Archive 390 rows" }).click();
  await expect
    .poll(async () => {
      const answer = await page.request.get(`/api/w/${workspace.slug}/logs/patterns/summary`);
      return (await answer.json()).hot;
    })
    .toBe(0);
  await openPatterns(page, workspace.slug, "patterns");
  await expectCounts();
});

test("a pattern leads to its rows, is left out of them, and opens to its values", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("picked", lines);
  await signIn(workspace.viewer);
  await openPatterns(page, workspace.slug, "picked");
  await list(page).getByRole("button", { name: "Show only rows of Batch <*> of <*> failed" }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "129");
  await page.goBack();

  await list(page).getByRole("button", { name: "Leave out rows of Heartbeat sent to <*>" }).click();
  await expect(page.getByText("1 pattern with 260 rows left out of the list of rows.")).toBeVisible();
  await page.getByRole("radio", { name: "Rows" }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "130");
  await page.goBack();
  await list(page).getByRole("button", { name: "Bring back rows of Heartbeat sent to <*>" }).click();

  await list(page).getByRole("button", { name: "Values of Batch <*> of <*> failed" }).click();
  await expect(page.getByText("Values of all 129 rows")).toBeVisible();
  const second = page.getByRole("region", { name: "Values at 2" });
  await expect(second.getByRole("button", { name: /^Only value 2 shard-/ })).toHaveCount(5);
  await second.getByRole("button", { name: "Only value 2 shard-1, 26 rows" }).click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("radio", { name: "Rows" }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "26");
});

test("the list is searched, ordered and walked by keyboard, and leads to the first row of a pattern", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("walked", lines);
  await signIn(workspace.viewer);
  await openPatterns(page, workspace.slug, "walked");
  const names = list(page).getByRole("button", { name: /^Show only rows of/ });
  await expect(names).toHaveText([/Heartbeat/, /Batch/, /Out of memory/]);
  await list(page).getByRole("button", { name: "Last", exact: true }).click();
  await expect(names).toHaveText([/Batch/, /Heartbeat/, /Out of memory/]);
  await page.getByLabel("Search patterns").fill("memory");
  await expect(names).toHaveText([/Out of memory/]);
  await page.getByLabel("Search patterns").fill("no pattern says this");
  await page.getByRole("button", { name: "Show all patterns" }).click();
  await expect(names).toHaveCount(3);

  await page.getByRole("status").filter({ hasText: "The counts add up" }).click();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(row(page, "Batch")).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Enter");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "129");

  await page.goBack();
  await list(page)
    .getByRole("button", { name: /^Go to the first row, 380/ })
    .click();
  await expect(page.locator('[data-seq="380"]')).toContainText("Out of memory");
  await expect(page).toHaveURL(/seq=380/);
});

test("what a task did not say in the run before is new", async ({ page, workspace, signIn }) => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "strata-patterns-"));
  await signIn(workspace.viewer);
  const runs: string[] = [];
  for (const executedAt of ["2026-03-01T08:00:00+00:00", "2026-03-02T08:00:00+00:00"]) {
    const file = join(folder, `${runs.length}.json`);
    writeFileSync(file, JSON.stringify(workflow(executedAt)));
    const imported = await runImport("wfformat", file, "--workspace", workspace.slug);
    expect(imported.status, imported.output).toBe(0);
    const listed = await (await page.request.get(`/api/w/${workspace.slug}/runs`)).json();
    const ids: string[] = listed.runs.map(({ id }: { id: string }) => id);
    const run = ids.find((id) => !runs.includes(id)) ?? "";
    runs.push(run);
    const said = Array.from({ length: 40 }, (_, n) => ({ level: "info", message: `Aligned batch ${n}` }));
    if (runs.length === 2) said.push({ level: "error", message: "Lost the connection to the index" });
    const logs = join(folder, `${run}.ndjson`);
    writeFileSync(logs, said.map((line) => JSON.stringify({ task: "align_1", ...line })).join("\n"));
    const written = await runImport("task-logs", logs, "--run", run, "--workspace", workspace.slug);
    expect(written.status, written.output).toBe(0);
  }
  rmSync(folder, { recursive: true, force: true });

  const state = await (await page.request.get(`/api/w/${workspace.slug}/runs/${runs[1]}/state`)).json();
  const task = state.tasks.find(({ nodeId }: { nodeId: string }) => nodeId === "align_1");
  await openPatterns(page, workspace.slug, task.logRef);
  await expect(row(page, "Lost the connection")).toContainText("new since the run before");
  await expect(row(page, "Aligned batch <*>")).not.toContainText("new");
  await page.getByRole("button", { name: "New 1" }).click();
  await expect(list(page).getByRole("button", { name: /^Show only rows of/ })).toHaveCount(1);
  await page.getByRole("link", { name: "the run before" }).click();
  await expect(row(page, "Aligned batch <*>")).toBeVisible();
  await expect(row(page, "Lost the connection")).toHaveCount(0);
});

/** One run of a workflow of one task. */
const workflow = (executedAt: string) => ({
  name: "aligning",
  description: "one task",
  createdAt: executedAt,
  schemaVersion: "1.5",
  runtimeSystem: { name: "Journey", version: "1", url: "https://example.org" },
  workflow: {
    specification: {
      tasks: [{ id: "align_1", name: "align", parents: [], children: [], inputFiles: [], outputFiles: [] }],
      files: [],
    },
    execution: {
      makespanInSeconds: 30,
      executedAt,
      tasks: [
        {
          id: "align_1",
          runtimeInSeconds: 4,
          command: { program: "align", arguments: [] },
          machines: ["node-1"],
        },
      ],
      machines: [{ nodeName: "node-1" }],
    },
  },
});
