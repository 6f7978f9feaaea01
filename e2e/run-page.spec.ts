import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";
import { makeGoingRun, moveTask } from "./live-world";
import { makeBuiltinRun, makePastRun } from "./run-world";

/* The run page as people use it; runs that go on are worked on by the worker of this test run. */

const inspector = (page: Page) => page.getByLabel(/^Selected task /);
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
/** A worker that is busy with the runs of other journeys takes its time. */
const patient = { timeout: 40_000 };

/** A seed with which the node fails at its first attempt and no more at its second, as the builtin `fail` draws. */
function failsOnce(nodeId: string): number {
  const draw = (seed: number, attempt: number) =>
    createHash("sha256").update(`${seed} ${nodeId} ${attempt}`).digest().readUInt32BE(0) / 2 ** 32;
  for (let seed = 1; ; seed++) if (draw(seed, 1) < 0.5 && draw(seed, 2) >= 0.5) return seed;
}

const failedTasks = [
  { nodeId: "load", status: "succeeded" as const },
  {
    nodeId: "check",
    status: "failed" as const,
    upstreamNodeIds: ["load"],
    errorMessage: "totals differ\nexpected 41\n    at check (/app/check.js:3:7)",
  },
  {
    nodeId: "report",
    status: "skipped" as const,
    upstreamNodeIds: ["check"],
    skipReason: { upstream: ["check"] },
  },
];

test("a run is watched to its end, its log and its history read", async ({ page, workspace, signIn }) => {
  await signIn(workspace.owner);
  const runId = await makeBuiltinRun(workspace, [
    { id: "load", type: "log", config: { lines: 40, message: "part {n} loaded", everyMs: 60 } },
    { id: "rest", type: "sleep", config: { durationMs: 500 }, after: ["load"] },
  ]);
  await page.goto(`/w/${workspace.slug}/runs/${runId}?task=${runId}.load&tab=logs`);
  await expect(inspector(page).getByRole("list", { name: "Log" })).toContainText("part 40 loaded", patient);
  await expect(heading(page)).toContainText("Succeeded", patient);

  await page.getByRole("tab", { name: "Events" }).click();
  const events = page.getByRole("list", { name: "Events" });
  await expect(events).toContainText("Run succeeded");
  await events.getByRole("button", { name: "rest" }).first().click();
  await expect(page.getByLabel("Selected task rest")).toBeVisible();
});

test("a failed run opens on what failed; retried, it goes on and keeps its first attempt", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  const fails = { rate: 0.5, seed: failsOnce("check"), message: "the totals differ" };
  const runId = await makeBuiltinRun(workspace, [
    { id: "load", type: "log", config: { lines: 3 } },
    { id: "check", type: "fail", config: fails, after: ["load"] },
    { id: "report", type: "log", config: { lines: 2 }, after: ["check"] },
  ]);
  await page.goto(`/w/${workspace.slug}/runs/${runId}`);
  await expect(heading(page)).toContainText("Failed", patient);
  await page.reload();
  await expect(page.getByLabel("Failures")).toContainText("Failure 1 of 1");
  await expect(page.getByLabel("Selected task check")).toContainText("the totals differ");
  await inspector(page).getByRole("tab", { name: "Logs" }).click();
  await inspector(page).getByRole("radio", { name: "stderr" }).click();
  await expect(inspector(page).getByRole("list", { name: "Log" })).toContainText("the totals differ");
  await expect(inspector(page).getByRole("list", { name: "Log" })).not.toContainText("Failing at a rate");

  await page.getByRole("button", { name: "Retry 1 failed task" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Retry 1 task and run 1 behind it?");
  await expect(dialog.getByRole("list", { name: "Tasks that run again" })).toContainText("report");
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Retry 1 task" }).click();
  await expect(dialog).toContainText("runs again");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(heading(page)).toContainText("Succeeded", patient);

  await inspector(page).getByRole("tab", { name: "Attempts" }).click();
  const attempts = inspector(page).getByRole("table").first();
  await expect(attempts.getByRole("row").filter({ hasText: "Failed" })).toContainText("the totals differ");
  await expect(attempts.getByRole("row").filter({ hasText: "Succeeded" })).toHaveCount(1);
  await attempts.getByRole("button", { name: "Attempt 1" }).click();
  await inspector(page).getByRole("button", { name: "Log of attempt 1" }).click();
  await inspector(page).getByRole("radio", { name: "All" }).click();
  await expect(inspector(page).getByRole("list", { name: "Log" })).toContainText("the totals differ");
  await page.getByRole("tab", { name: "Events" }).click();
  await expect(page.getByRole("list", { name: "Events" })).toContainText("retried 1 task");
});

test("a run is cancelled: what waits at once, what runs when it hears of it", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  const runId = await makeBuiltinRun(workspace, [
    { id: "slow", type: "sleep", config: { durationMs: 600_000 } },
    { id: "behind", type: "sleep", config: { durationMs: 10 }, after: ["slow"] },
  ]);
  await page.goto(`/w/${workspace.slug}/runs/${runId}`);
  await expect(page.getByLabel("Selected task slow")).toContainText("Running", patient);
  await page.getByRole("button", { name: "Cancel run" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("1 that wait");
  await dialog.getByRole("button", { name: "Cancel 2 tasks" }).click();
  await expect(dialog).toContainText("being cancelled");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(heading(page)).toContainText("Cancelled", patient);
  await expect(page.getByTestId(`task-row-${runId}.behind`)).toHaveAttribute("data-status", "cancelled");
});

test("a viewer reads everything and may do nothing, and the server says so too", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.viewer);
  const runId = await makePastRun(workspace, failedTasks);
  await page.goto(`/w/${workspace.slug}/runs/${runId}`);
  const retry = page.getByRole("button", { name: /Retry 1 failed task/ });
  await expect(retry).toHaveAttribute("aria-disabled", "true");
  await expect(retry).toContainText("runs:write");
  await retry.click({ force: true });
  await page.keyboard.press("R");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const preview = `/api/w/${workspace.slug}/runs/${runId}/control/preview?act=retry_failed`;
  expect((await page.request.get(preview)).status()).toBe(403);
});

test("the page is used with the keyboard alone", async ({ page, workspace, signIn }) => {
  await signIn(workspace.owner);
  const runId = await makePastRun(workspace, failedTasks);
  await page.goto(`/w/${workspace.slug}/runs/${runId}`);
  await expect(page.getByLabel("Selected task check")).toBeVisible();
  // The keys work once the page listens.
  await expect(async () => {
    await page.keyboard.press("3");
    await expect(page).toHaveURL(/view=events/, { timeout: 500 });
  }).toPass();
  await page.keyboard.press("j");
  await expect(page.getByLabel("Selected task report")).toBeVisible();
  await page.keyboard.press("[");
  await expect(page.getByLabel("Selected task check")).toBeVisible();
  await page.keyboard.press("a");
  await expect(page).toHaveURL(/tab=attempts/);
  await page.keyboard.press("r");
  await expect(page.getByRole("dialog")).toContainText("Retry 1 task");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Retry the selected task");
});

test("the details are made wider, put away and found again, and the browser remembers it", async ({
  page,
  workspace,
  signIn,
}) => {
  await page.setViewportSize({ width: 1200, height: 844 });
  await signIn(workspace.viewer);
  const runId = await makePastRun(workspace, failedTasks);
  const address = `/w/${workspace.slug}/runs/${runId}`;
  const width = async () => (await inspector(page).boundingBox())?.width ?? 0;
  await page.goto(address);
  const edge = page.getByRole("separator", { name: "Width of the details" });
  await expect(edge).toHaveAttribute("aria-valuenow", "45");
  const usual = await width();

  await edge.focus();
  const kept = page.waitForResponse((answer) => answer.url().endsWith("/api/me/run-page"));
  await page.keyboard.press("ArrowLeft");
  await expect(edge).toHaveAttribute("aria-valuenow", "50");
  await kept;
  const wider = await width();
  expect(wider).toBeGreaterThan(usual);
  await page.reload();
  expect(await width()).toBe(wider);

  const place = await edge.boundingBox();
  if (!place) throw new Error("The edge is not drawn.");
  const dropped = page.waitForResponse((answer) => answer.url().endsWith("/api/me/run-page"));
  await page.mouse.move(place.x + place.width / 2, place.y + 200);
  await page.mouse.down();
  await page.mouse.move(place.x + 180, place.y + 200);
  await page.mouse.up();
  await dropped;
  expect(await width()).toBeLessThan(usual);

  const closed = page.waitForResponse((answer) => answer.url().endsWith("/api/me/run-page"));
  await page.getByRole("button", { name: "Hide the details" }).click();
  await expect(inspector(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Show the details" })).toBeFocused();
  await closed;
  await page.reload();
  await expect(page.getByTestId("graph-box-check")).toBeVisible();
  await expect(inspector(page)).toBeHidden();
  expect(await axeFindings(page)).toEqual([]);

  // Who asks for the log of a task is shown it.
  await page.keyboard.press("l");
  await expect(inspector(page)).toBeVisible();
  await expect(page).toHaveURL(/tab=logs/);
});

test("one looks back: graph and Gantt are as they were at a moment, and come back to now", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.viewer);
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 10, minute));
  const took = (from: number, to: number) => ({
    queuedAt: at(from),
    startedAt: at(from),
    finishedAt: at(to),
  });
  const [load, check, report] = failedTasks;
  const runId = await makePastRun(workspace, [
    { ...load, nodeId: "load", ...took(0, 10) },
    { ...check, nodeId: "check", ...took(10, 30) },
    { ...report, nodeId: "report", finishedAt: at(30) },
  ]);
  await page.goto(`/w/${workspace.slug}/runs/${runId}`);
  const statuses = async () => {
    const row = (nodeId: string) =>
      page.getByTestId(`task-row-${runId}.${nodeId}`).getAttribute("data-status");
    const box = (nodeId: string) => page.getByTestId(`graph-box-${nodeId}`).getAttribute("data-status");
    const nodes = ["load", "check", "report"];
    return [await Promise.all(nodes.map(row)), await Promise.all(nodes.map(box))];
  };
  const both = (...expected: string[]) => expect.poll(statuses).toEqual([expected, expected]);
  await both("succeeded", "failed", "skipped");

  await page.getByRole("button", { name: "Look back" }).click();
  const moment = page.getByRole("slider", { name: "Moment of the run" });
  await moment.press("Home");
  await both("running", "pending", "pending");
  await moment.press("ArrowRight");
  await both("succeeded", "running", "pending");
  await expect(moment).toHaveAttribute("aria-valuetext", /10:10:00 UTC: 1 pending, 1 running, 1 succeeded/);
  await expect(page.getByLabel("Looking back")).toContainText("10:10:00");
  // What was chosen stays as it is now.
  await expect(page.getByLabel("Selected task check")).toContainText("Failed");
  expect(await axeFindings(page)).toEqual([]);

  await expect(page).toHaveURL(/at=2026-01-05T10/);
  await page.reload();
  await both("succeeded", "running", "pending");
  await page.getByRole("button", { name: "Back to now" }).click();
  await both("succeeded", "failed", "skipped");
  await expect(page).not.toHaveURL(/at=/);
});

test("a run that is over comes alive when somebody else retries it", async ({ page, workspace, signIn }) => {
  const runId = await makeGoingRun(workspace, { only: [] });
  await moveTask(runId, "only", "failed");
  await signIn(workspace.viewer);
  await page.clock.install();
  await page.goto(`/w/${workspace.slug}/runs/${runId}`);
  await expect(heading(page)).toContainText("Failed");
  await moveTask(runId, "only", "running");
  await expect(async () => {
    await page.clock.fastForward(16_000);
    await expect(heading(page)).toContainText("Running", { timeout: 1_000 });
  }).toPass();
  await expect(page.getByText(/^live, as of/)).toBeVisible();
});

for (const [name, colorScheme, width] of [
  ["light", "light", 1440],
  ["dark", "dark", 1440],
  ["phone", "dark", 390],
] as const) {
  test(`axe finds nothing in any tab (${name})`, async ({ page, workspace, signIn }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 844 });
    await signIn(workspace.owner);
    const runId = await makePastRun(workspace, failedTasks);
    for (const [view, tab] of [
      ["graph", "overview"],
      ["events", "attempts"],
      ["inputs", "logs"],
      ["artifacts", "result"],
    ]) {
      await page.goto(`/w/${workspace.slug}/runs/${runId}?view=${view}&tab=${tab}`);
      await expect(inspector(page)).toBeVisible();
      await expect(page.getByRole("status", { name: /^Reading/ })).toHaveCount(0);
      expect(await axeFindings(page)).toEqual([]);
    }
  });
}

test("a result from the cache leads to the task that made it", async ({ page, workspace, signIn }) => {
  await signIn(workspace.owner);
  const made = { nodeId: "encode", status: "succeeded" as const, cacheKey: "cache-encode" };
  const source = await makePastRun(workspace, [
    { ...made, finishedAt: new Date(Date.now() - 5_400_000), durationMs: 1_000 },
  ]);
  const hit = await makePastRun(workspace, [{ ...made, cacheHit: true }]);
  await page.goto(`/w/${workspace.slug}/runs/${hit}?task=${hit}.encode`);
  await expect(inspector(page)).toContainText(/hit: the result of run-.* was used, made 1 h ago/);
  expect(await axeFindings(page)).toEqual([]);
  await inspector(page).getByRole("link", { name: /^run-/ }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${source}\\?task=`));
  await expect(inspector(page)).toContainText("encode");
  await expect(inspector(page)).not.toContainText("hit:");
});
