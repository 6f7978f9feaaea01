import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";
import { setRole, type Workspace } from "./people";
import {
  loseBulkWorker,
  makeBuiltinRun,
  makeFinishedRun,
  makeHeldBulkJob,
  makeWaitingRun,
  statusOfRun,
} from "./run-world";

/* The list of runs, what is done to many of them at once, and what failed. */

const row = (page: Page, runId: string) => page.getByTestId(`run-row-${runId}`);
const rows = (page: Page) => page.getByTestId(/^run-row-/);
const bar = (page: Page) => page.getByRole("region", { name: "Chosen runs" });
const dialog = (page: Page) => page.getByRole("dialog");
const items = (page: Page) => page.getByTestId(/^bulk-item-/);
/** A worker that is busy with the runs of other journeys takes its time. */
const patient = { timeout: 40_000 };

/** A run that no worker takes up, made so many minutes ago. */
function makeQueuedRun(workspace: Workspace, workflowName: string, minutes: number): Promise<string> {
  const createdAt = new Date(Date.now() - minutes * 60_000);
  return makeFinishedRun(workspace, { load: { queuedAt: createdAt } }, { workflowName, createdAt });
}

function makeSucceededRun(workspace: Workspace, workflowName: string, minutes: number): Promise<string> {
  const createdAt = new Date(Date.now() - minutes * 60_000);
  const times = {
    startedAt: createdAt,
    finishedAt: new Date(createdAt.getTime() + 9_000),
    durationMs: 9_000,
  };
  const task = { status: "succeeded" as const, ...times };
  return makeFinishedRun(
    workspace,
    { load: task },
    { workflowName, status: "succeeded", createdAt, ...times },
  );
}

/** A run whose one task failed with this message. */
function makeFailedRun(workspace: Workspace, workflowName: string, errorMessage: string): Promise<string> {
  const createdAt = new Date(Date.now() - 60_000);
  const times = { startedAt: createdAt, finishedAt: new Date(), durationMs: 60_000 };
  const task = { status: "failed" as const, errorMessage, ...times };
  return makeFinishedRun(
    workspace,
    { check: task },
    { workflowName, workflowDefinitionId: workflowName, status: "failed", createdAt, ...times },
  );
}

/** A page that has just arrived may not hear the first press. */
async function press(page: Page, act: () => Promise<void>): Promise<void> {
  await expect(async () => {
    if (!(await dialog(page).isVisible())) await act();
    await expect(dialog(page)).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

/** Moves to the first row, by the keyboard alone. */
async function toFirstRow(page: Page): Promise<void> {
  await expect(async () => {
    await page.locator("body").press("j");
    await expect(rows(page).first().getByRole("link").first()).toBeFocused({ timeout: 1_000 });
  }).toPass();
}

test("a filter is set by its chip, stands in the address, and an address sets its chip", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  const nightly = await makeQueuedRun(workspace, "nightly-index", 3);
  const done = await makeSucceededRun(workspace, "nightly-index", 2);
  const other = await makeSucceededRun(workspace, "hourly-report", 1);
  await page.goto(`/w/${workspace.slug}/runs`);
  await expect(rows(page)).toHaveCount(3);
  const filters = page.getByRole("search", { name: "Filter runs" });
  await press(page, () => filters.getByRole("button", { name: /^Status/ }).click());
  await dialog(page).getByLabel("Succeeded").check();
  await expect(page).toHaveURL(/status=succeeded/);
  await expect(rows(page)).toHaveCount(2);
  await expect(row(page, nightly)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await filters.getByRole("searchbox").fill("hourly");
  await filters.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(/q=hourly/);
  await expect(rows(page)).toHaveCount(1);
  await expect(row(page, other)).toBeVisible();

  await page.goto(`/w/${workspace.slug}/runs?status=queued,succeeded&q=nightly&since=-24h`);
  await expect(rows(page)).toHaveCount(2);
  await expect(row(page, done)).toBeVisible();
  await expect(filters).toContainText("queued or succeeded");
  await expect(async () => {
    await filters.getByRole("button", { name: "Remove filter status" }).click({ timeout: 1_000 });
    await expect(page).not.toHaveURL(/status=/, { timeout: 2_000 });
  }).toPass();
  await page.goto(`/w/${workspace.slug}/runs?status=failed`);
  await expect(page.getByText("No runs match this filter")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(rows(page)).toHaveCount(3);
});

test("all runs that a filter matches are cancelled: counted first, then followed, each with its outcome", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  const waiting = await Promise.all([1, 2, 3].map((n) => makeQueuedRun(workspace, "stuck-import", n)));
  const over = await makeSucceededRun(workspace, "stuck-import", 4);
  const apart = await makeQueuedRun(workspace, "other-work", 5);
  await page.goto(`/w/${workspace.slug}/runs?q=stuck`);
  await expect(rows(page)).toHaveCount(4);
  await expect(async () => {
    await page.getByLabel("Select all runs of this page").check();
    await expect(bar(page)).toContainText("4 runs chosen", { timeout: 1_000 });
  }).toPass();
  await bar(page).getByRole("button", { name: "Select all matching this filter" }).click();
  await expect(bar(page)).toContainText("All that match this filter");
  await bar(page).getByRole("button", { name: "Cancel…" }).click();
  const counts = dialog(page).getByRole("table", { name: "What happens to which runs" });
  await expect(counts.getByRole("row", { name: /Queued/ })).toContainText("3");
  await expect(counts.getByRole("row", { name: /Succeeded/ })).toContainText("left alone, already over");
  await dialog(page).getByRole("button", { name: "Cancel 3 runs" }).click();

  await expect(page).toHaveURL(/\/runs\/bulk\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Cancel, 4 runs");
  await expect(page.getByText("3 cancelled, 1 left alone")).toBeVisible(patient);
  await expect(page.getByTestId(`bulk-item-${over}`)).toContainText("The run has succeeded.");
  await page
    .getByRole("navigation", { name: "Outcome" })
    .getByRole("link", { name: /^Cancelled/ })
    .click();
  await expect(items(page)).toHaveCount(3);
  for (const runId of waiting) expect(await statusOfRun(runId)).toBe("cancelled");
  expect(await statusOfRun(apart)).toBe("queued");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "The filter as it was frozen" }).click();
  await expect(rows(page)).toHaveCount(4);
});

test("a bulk job is stopped: what is done stays done, the rest is left alone", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  const runIds = await Promise.all([1, 2, 3].map((n) => makeQueuedRun(workspace, "held-flow", n)));
  const jobId = await makeHeldBulkJob(workspace, runIds);
  await page.goto(`/w/${workspace.slug}/runs/bulk`);
  await expect(page.getByTestId(`bulk-job-${jobId}`)).toContainText("1 cancelled, 2 to go");
  await page.getByTestId(`bulk-job-${jobId}`).getByRole("link").click();
  const stop = page.getByRole("button", { name: "Stop, 2 to go" });
  await expect(stop).toBeVisible();
  await expect(async () => {
    if (await stop.isVisible()) await stop.click();
    await expect(page.getByRole("button", { name: "Stopping" })).toBeDisabled({ timeout: 2_000 });
  }).toPass();
  await loseBulkWorker(jobId);
  await expect(page.getByText("1 cancelled, 2 not done")).toBeVisible(patient);
  await expect(items(page).filter({ hasText: "Not done" })).toHaveCount(2);
  await expect(page.getByRole("button", { name: /^Stop/ })).toHaveCount(0);
  for (const runId of runIds.slice(1)) expect(await statusOfRun(runId)).toBe("queued");
});

test("who may only look is offered no act; who lost the right is refused by the server", async ({
  page,
  workspace,
  signIn,
}) => {
  const runId = await makeQueuedRun(workspace, "guarded", 1);
  await makeFailedRun(workspace, "broken", "disk full");
  const jobId = await makeHeldBulkJob(workspace, [runId]);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/runs`);
  await toFirstRow(page);
  await page.keyboard.press("x");
  await page.keyboard.press("c");
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expect(bar(page)).toHaveCount(0);
  await expect(dialog(page)).toHaveCount(0);
  await page.goto(`/w/${workspace.slug}/runs/failures`);
  await expect(page.getByTestId(/^failure-/)).toContainText("disk full");
  await expect(page.getByRole("button", { name: /^(Retry|Resolve)/ })).toHaveCount(0);
  await page.goto(`/w/${workspace.slug}/runs/errors`);
  await expect(page.getByTestId(/^error-/)).toContainText("disk full");
  await expect(page.getByRole("button", { name: /^Resolve/ })).toHaveCount(0);
  await page.goto(`/w/${workspace.slug}/runs/bulk/${jobId}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Cancel, 1 run");
  await expect(page.getByRole("button", { name: /^Stop/ })).toHaveCount(0);

  await setRole(workspace, workspace.viewer, "editor");
  await page.goto(`/w/${workspace.slug}/runs?status=queued`);
  await toFirstRow(page);
  await press(page, () => page.keyboard.press("c"));
  await expect(dialog(page).getByRole("button", { name: "Cancel 1 run" })).toBeEnabled();
  await setRole(workspace, workspace.viewer, "viewer");
  await dialog(page).getByRole("button", { name: "Cancel 1 run" }).click();
  await expect(dialog(page).getByRole("status")).toContainText(/role|permission|allowed|may not/i);
  expect(await statusOfRun(runId)).toBe("queued");
});

/** A seed with which the node fails at its first attempt and no more at its second, as the builtin `fail` draws. */
function failsOnce(nodeId: string): number {
  const draw = (seed: number, attempt: number) =>
    createHash("sha256").update(`${seed} ${nodeId} ${attempt}`).digest().readUInt32BE(0) / 2 ** 32;
  for (let seed = 1; ; seed++) if (draw(seed, 1) < 0.5 && draw(seed, 2) >= 0.5) return seed;
}

test("an unresolved failure goes when its retry succeeds, and another when a later run does", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  const fails = { rate: 0.5, seed: failsOnce("check"), message: "the totals differ" };
  const retried = await makeBuiltinRun(workspace, [{ id: "check", type: "fail", config: fails }]);
  const repeated = await makeFailedRun(workspace, "broken", "no space left");
  await page.goto(`/w/${workspace.slug}/runs/failures`);
  const failure = (runId: string) => page.getByTestId(`failure-${runId}`);
  await expect(failure(repeated)).toContainText("no space left");
  await expect(async () => {
    await page.reload();
    await expect(failure(retried)).toContainText("the totals differ", { timeout: 1_000 });
  }).toPass(patient);
  await press(page, () => failure(retried).getByRole("button", { name: "Retry…" }).click());
  await expect(dialog(page)).toContainText("the totals differ");
  await dialog(page).getByRole("button", { name: "Retry failed tasks" }).click();
  await expect.poll(() => statusOfRun(retried), patient).toBe("succeeded");
  await page.reload();
  await expect(failure(repeated)).toBeVisible();
  await expect(failure(retried)).toHaveCount(0);

  const now = new Date();
  const later = { status: "succeeded" as const, startedAt: now, finishedAt: now, durationMs: 1 };
  await makeFinishedRun(
    workspace,
    { check: later },
    { ...later, workflowName: "broken", workflowDefinitionId: "broken" },
  );
  await page.reload();
  await expect(page.getByText("Nothing is unresolved")).toBeVisible();
});

test("errors that differ in their values are one; resolved with a reason, it is back when it happens again", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  await makeFailedRun(workspace, "ingest", "shard 17 has 4096 bytes too few");
  await makeFailedRun(workspace, "ingest", "shard 29 has 512 bytes too few");
  await page.goto(`/w/${workspace.slug}/runs/errors`);
  const error = page.getByTestId(/^error-/);
  await expect(error).toHaveCount(1);
  await expect(error).toContainText("shard <*> has <*> bytes too few");
  await error.getByRole("link").first().click();
  await expect(page.getByRole("list", { name: "Failed tasks of this error" }).getByRole("link")).toHaveCount(
    2,
  );

  await press(page, () => error.getByRole("button", { name: "Resolve…" }).click());
  await dialog(page).getByLabel("Reason").fill("The shards were written anew");
  await dialog(page).getByRole("button", { name: "Resolve 1 error" }).click();
  await expect(page.getByText("Every error is resolved or ignored")).toBeVisible();
  await page.getByRole("link", { name: /^Resolved or ignored/ }).click();
  await expect(error).toContainText("The shards were written anew");

  await makeFailedRun(workspace, "ingest", "shard 31 has 8 bytes too few");
  await page.goto(`/w/${workspace.slug}/runs/errors`);
  await expect(error).toContainText("back after it was resolved");
});

test("runs are found, chosen, acted on and opened by the keyboard", async ({ page, workspace, signIn }) => {
  await signIn(workspace.owner);
  const [newest, second, third] = await Promise.all(
    [1, 2, 3].map((n) => makeQueuedRun(workspace, `flow-${n}`, n)),
  );
  await page.goto(`/w/${workspace.slug}/runs`);
  await toFirstRow(page);
  await page.keyboard.press("x");
  await expect(bar(page)).toContainText("1 run chosen");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  await expect(bar(page)).toContainText("3 runs chosen");
  for (const id of [newest, second, third])
    await expect(row(page, id ?? "")).toHaveAttribute("data-chosen", "true");
  await page.keyboard.press("k");
  await page.keyboard.press("x");
  await expect(bar(page)).toContainText("2 runs chosen");
  await page.keyboard.press("c");
  await expect(dialog(page).getByRole("button", { name: "Cancel 2 runs" })).toBeEnabled();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Run id or workflow name" })).toBeFocused();
  await page.keyboard.type("flow-2");
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(1);
  await expect(async () => {
    await row(page, second ?? "")
      .getByRole("link")
      .first()
      .focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/runs/${second}`), { timeout: 3_000 });
  }).toPass();
});

const screens = [
  { name: "in light", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "in dark", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { name: "on a phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const;
for (const { name, ...use } of screens) {
  test.describe(name, () => {
    test.use(use);

    test("axe finds nothing on the pages about many runs", async ({ page, workspace, signIn }) => {
      await signIn(workspace.owner);
      const { runId } = await makeWaitingRun(workspace, { load: {} });
      await makeSucceededRun(workspace, "hourly-report", 2);
      await makeFailedRun(workspace, "ingest", "shard 17 has 4096 bytes too few");
      await makeHeldBulkJob(workspace, [runId]);
      for (const path of ["runs/failures", "runs/errors", "runs/bulk", "runs"]) {
        await page.goto(`/w/${workspace.slug}/${path}`);
        await expect(page.locator("[data-row-link]").first()).toBeVisible();
        expect(await axeFindings(page), path).toEqual([]);
        const wide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
        expect(await page.evaluate(wide), path).toBe(0);
      }
      const link = row(page, runId).getByRole("link").first();
      await press(page, async () => {
        await link.focus();
        await page.keyboard.press("c");
      });
      await expect(dialog(page).getByRole("button", { name: "Cancel 1 run" })).toBeEnabled();
      expect(await axeFindings(page)).toEqual([]);
    });
  });
}
