import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { z } from "zod";
import { axeFindings, expect, runImport, test } from "./fixtures";

const start = Date.parse("2026-03-01T08:00:00.000Z");

/** What one run of a pipeline says: the same steps as any other, with values of its own. */
function steps(seed: number, count = 200): { level: string; message: string }[] {
  return Array.from({ length: count }, (_, step) => [
    { level: "info", message: `Step ${step} started on node gpu-${(step * seed) % 64}` },
    { level: "info", message: `Step ${step} read ${step * seed} rows in ${(step * 7 + seed) % 900} ms` },
    { level: "info", message: `Step ${step} finished` },
  ]).flat();
}

const timed = (lines: { level: string; message: string }[]) =>
  lines.map((line, index) => ({ timestamp: new Date(start + index * 250).toISOString(), ...line }));

/** The run that went well, and one that ran out of memory at row 301 and said two things the other never says. */
const good = timed([...steps(3), { level: "info", message: "Run succeeded, all shards are there" }]);
const failing = steps(11);
failing.splice(
  301,
  0,
  { level: "warn", message: "Retrying step 100 with batch size 8" },
  { level: "error", message: "CUDA out of memory, asked 40 GB" },
);
const bad = timed(failing);

const column = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const panes = (page: Page) => page.getByRole("table", { name: "good beside bad" });

test("two logs with a planted difference: what only one says, and both panes at the row where they part", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("good", good);
  await sendLogs("bad", bad);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/good`);
  await page.getByRole("radio", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { name: "Compare with which log?" })).toBeVisible();
  await page.getByRole("button", { name: /^bad/ }).click();
  await expect(page).toHaveURL(/view=compare.*with=bad/);

  await expect(page.getByText("Equal for 301 rows, then")).toBeVisible();
  await expect(column(page, "Only A").getByRole("listitem")).toHaveCount(1);
  await expect(column(page, "Only A")).toContainText("Run succeeded, all shards are there");
  // The error stands before the warning.
  await expect(column(page, "Only B").getByRole("listitem")).toHaveText([
    /CUDA out of memory/,
    /Retrying step/,
  ]);
  await expect(column(page, "Both").getByRole("listitem")).toHaveCount(3);
  await expect(column(page, "Both").getByRole("listitem").first()).toContainText("200");
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole("button", { name: "Go to first divergence" }).click();
  await expect(page).toHaveURL(/at=301\.301/);
  const current = panes(page).locator("[data-current]");
  await expect(current).toBeInViewport();
  await expect(current).toContainText("nothing in A");
  await expect(current).toContainText("Retrying step 100");
  // Equal rows stand beside each other before and behind what only B says.
  const line = (text: string) => panes(page).getByRole("row").filter({ hasText: text });
  await expect(line("Step 100 started")).toHaveText(/Step 100 started.*Step 100 started/);
  await expect(line("Step 100 read")).toHaveText(/Step 100 read 300.*Step 100 read 1100/);
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole("button", { name: "Next difference" }).click();
  await expect(current).toContainText("Run succeeded");
  await expect(current).toBeInViewport();
  await page.getByRole("button", { name: "Previous difference" }).click();
  await expect(current).toContainText("Retrying step 100");
});

test("a template leads to its rows, and a comparison is a link that shows the same to somebody else", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("good", good);
  await sendLogs("bad", bad);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/good?view=compare&with=bad&at=301.301`);
  await expect(panes(page).locator("[data-current]")).toContainText("Retrying step 100");
  await page.getByRole("radio", { name: "Templates" }).click();
  await page.getByRole("searchbox", { name: "Find a template" }).fill("cuda");
  await expect(column(page, "Only A")).toContainText("No template here has “cuda” in it.");
  await column(page, "Only B").getByRole("button", { name: /CUDA/ }).click();
  await column(page, "Only B").getByRole("link", { name: "Show 1 row of B" }).click();
  await expect(page).toHaveURL(/logs\/bad\?template=/);
  await expect(page.locator('[data-seq="302"]')).toContainText("CUDA out of memory");
});

test("logs that say the same with other values are called the same", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("one", timed(steps(3, 100)));
  await sendLogs("two", timed(steps(7, 100)));
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/one?view=compare&with=two`);
  await expect(page.getByText("A and B say the same")).toBeVisible();
  await expect(page.getByText(/, 300 rows in the same order/)).toBeVisible();
});

test("an episode of another workspace is answered like none", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("own", timed(steps(3, 5)));
  await signIn(workspace.viewer);
  const ask = (other: string) =>
    page.request.get(`/api/w/${workspace.slug}/logs/own/compare?with=${encodeURIComponent(other)}`);
  // `edge-gateway-2` is an episode of the demo's workspace.
  const [foreign, none] = [await ask("edge-gateway-2"), await ask("never-written")];
  expect([foreign.status(), none.status()]).toEqual([404, 404]);
  const withoutId = (answer: { error: { requestId?: string } }) => ({
    ...answer.error,
    requestId: undefined,
  });
  expect(withoutId(await foreign.json())).toEqual(withoutId(await none.json()));
  await page.goto(`/w/${workspace.slug}/logs/own?view=compare&with=edge-gateway-2`);
  await expect(page.getByText("One of the two episodes is not in this workspace")).toBeVisible();
});

const recordings = resolve(__dirname, "../../shared/data/workflows/wfinstances");
const present = existsSync(recordings);

const recorded = z.object({
  workflow: z.object({
    specification: z.object({
      tasks: z.array(z.object({ id: z.string(), inputFiles: z.array(z.string()) })),
    }),
    execution: z.object({
      executedAt: z.string(),
      tasks: z.array(
        z.object({
          id: z.string(),
          runtimeInSeconds: z.number(),
          command: z.object({ program: z.string(), arguments: z.array(z.string()) }),
          machines: z.array(z.string()).default([]),
          avgCPU: z.number().optional(),
        }),
      ),
    }),
  }),
});

/** The logs of a recorded run, from what the recording knows of each task; a slow download says that it tries again. */
function logsOf(file: string): string {
  const { workflow } = recorded.parse(JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")));
  const inputs = new Map(workflow.specification.tasks.map(({ id, inputFiles }) => [id, inputFiles]));
  return workflow.execution.tasks
    .flatMap((task) => {
      const say = (message: string, level = "info") => ({ task: task.id, level, message });
      const { program, arguments: given } = task.command;
      const slow = task.runtimeInSeconds > 700;
      const lines = [
        say(`${task.id} starts on ${task.machines.join(", ")}`),
        ...(inputs.get(task.id) ?? []).map((input) => say(`staged in ${input}`)),
        say(`running ${program} ${given.join(" ")}`),
        ...(slow
          ? [say(`${program} is still busy after ${Math.floor(task.runtimeInSeconds / 2)} s`, "warn")]
          : []),
        say(`used ${task.avgCPU ?? 0} % of a processor`),
        say(`ended after ${task.runtimeInSeconds} s with status 0`),
      ];
      // Spread over the time that the task took.
      const step = (task.runtimeInSeconds * 1000) / lines.length;
      return lines.map((line, index) =>
        JSON.stringify({ timestamp: new Date(start + index * step).toISOString(), ...line }),
      );
    })
    .join("\n");
}

test.describe(`two repeat runs as recorded${present ? "" : " (skipped: the folder ../shared/data is not there)"}`, () => {
  test.skip(!present);
  let folder: string;
  test.beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "strata-compare-"));
  });
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("are compared task by task, and the first that differs opens with both logs", async ({
    page,
    workspace,
    signIn,
  }) => {
    test.setTimeout(120_000);
    await signIn(workspace.viewer);
    const runs: string[] = [];
    for (const number of ["001", "005"]) {
      const file = join(recordings, `srasearch-chameleon-10a-${number}.json.gz`);
      const recording = await runImport("wfformat", file, "--workspace", workspace.slug);
      expect(recording.status, recording.output).toBe(0);
      const listed = await (await page.request.get(`/api/w/${workspace.slug}/runs`)).json();
      const run: string = listed.runs
        .map(({ id }: { id: string }) => id)
        .find((id: string) => !runs.includes(id));
      runs.push(run);
      const logs = join(folder, `logs-${number}.ndjson`);
      writeFileSync(logs, logsOf(file));
      const imported = await runImport("task-logs", logs, "--run", run, "--workspace", workspace.slug);
      expect(imported.status, imported.output).toBe(0);
      expect(imported.output).toContain("of 22 tasks, rejected 0");
    }

    await page.goto(`/w/${workspace.slug}/runs/${runs[0]}`);
    await page.getByRole("link", { name: "Compare", exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`runs/${runs[0]}/compare`));
    const logs = page.getByRole("table", { name: "Both runs" }).getByRole("row", { name: /^Logs/ });
    await expect(logs).toContainText("3 tasks say something else");
    const table = page.getByRole("table", { name: "Tasks of both runs" });
    await expect(table.getByRole("row").filter({ hasText: "first divergence" })).toHaveCount(1);
    // A download that took long in the first run only: one warning that the other never says.
    await expect(table.locator('[data-difference="log"]').first()).toContainText(/\d only in [AB]/);
    await page.getByRole("radio", { name: /^All 22/ }).click();
    await expect(table.getByRole("row")).toHaveCount(23);
    expect(await axeFindings(page)).toEqual([]);

    await page.getByRole("link", { name: "Compare its logs" }).click();
    await expect(page).toHaveURL(/view=compare/);
    await expect(page.getByText(/Equal for \d+ rows, then/)).toBeVisible();
    await page.getByRole("button", { name: "Go to first divergence" }).click();
    await expect(page.locator("[data-current]")).toContainText("is still busy after");
  });
});
