import type { Page } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";
import { setRole } from "./people";
import {
  bar,
  dialog,
  makeFailedRun,
  makeQueuedRun,
  makeSucceededRun,
  patient,
  press,
  row,
  rows,
  toFirstRow,
} from "./run-list-page";
import { loseBulkWorker, makeHeldBulkJob, statusOfRun } from "./run-world";

/* What is done to many runs at once. */

const items = (page: Page) => page.getByTestId(/^bulk-item-/);

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

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("runs are chosen by touching them, acted on, and opened again by a touch afterwards", async ({
    page,
    workspace,
    signIn,
  }) => {
    await signIn(workspace.owner);
    const [first = "", second = "", third = ""] = await Promise.all(
      [1, 2, 3].map((n) => makeQueuedRun(workspace, `flow-${n}`, n)),
    );
    await page.goto(`/w/${workspace.slug}/runs`);
    const choose = page.getByRole("button", { name: "Choose runs" });
    await expect(async () => {
      await choose.tap();
      await expect(bar(page)).toContainText("Touch the runs to choose", { timeout: 1_000 });
    }).toPass();
    await row(page, first).tap();
    await row(page, third).tap();
    await expect(bar(page)).toContainText("2 runs chosen");
    await expect(page).toHaveURL(/\/runs$/);
    expect(await axeFindings(page)).toEqual([]);
    const wide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(wide)).toBe(0);
    await bar(page).getByRole("button", { name: "Cancel 2…" }).tap();
    await dialog(page).getByRole("button", { name: "Cancel 2 runs" }).tap();
    await expect(page).toHaveURL(/\/runs\/bulk\/[0-9a-f-]{36}$/);
    await expect(page.getByText("2 cancelled")).toBeVisible(patient);
    expect(await statusOfRun(second)).toBe("queued");

    await page.goto(`/w/${workspace.slug}/runs`);
    await expect(async () => {
      await choose.tap();
      await expect(bar(page)).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await bar(page).getByRole("button", { name: "All 3 of this page" }).tap();
    await expect(bar(page)).toContainText("3 runs chosen");
    await bar(page).getByRole("button", { name: "Done" }).tap();
    await expect(bar(page)).toHaveCount(0);
    await row(page, second).tap();
    await expect(page).toHaveURL(new RegExp(`/runs/${second}`));
  });
});
