import type { Page } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";
import {
  bar,
  dialog,
  makeFailedRun,
  makeQueuedRun,
  makeSucceededRun,
  press,
  row,
  rows,
  toFirstRow,
} from "./run-list-page";
import { makeHeldBulkJob, makeWaitingRun } from "./run-world";

/* The list of runs: what of it is shown, the views of it that people keep, and its keys. */

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

const views = (page: Page) => page.getByRole("dialog", { name: "Views" });
const tabs = (page: Page) => page.getByRole("navigation", { name: "Runs" });
const tab = (page: Page, name: string | RegExp) => tabs(page).getByRole("link", { name });

/** The menu of the saved views, with its form. */
async function openViews(page: Page): Promise<void> {
  await expect(async () => {
    if (!(await views(page).isVisible())) await tabs(page).getByRole("button", { name: "Views" }).click();
    await expect(views(page)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(views(page).getByRole("textbox", { name: "Save this page as" })).toBeVisible();
}

async function saveView(page: Page, name: string, shared = false): Promise<void> {
  await openViews(page);
  await views(page).getByRole("textbox", { name: "Save this page as" }).fill(name);
  if (shared) await views(page).getByLabel("Everybody in this workspace sees it").check();
  await views(page).getByRole("button", { name: "Save view" }).click();
  await expect(page).toHaveURL(/saved=/);
}

test("a view keeps filters and columns under a name, counts its runs, and opens for a viewer it is shared with", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  const failed = await makeFailedRun(workspace, "nightly-index", "disk full");
  await makeFailedRun(workspace, "nightly-index", "disk full");
  const done = await makeSucceededRun(workspace, "nightly-index", 2);
  await page.goto(`/w/${workspace.slug}/runs?status=failed`);
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Columns and density" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Run id" }).click();
  await page.keyboard.press("Escape");
  const runId = page.getByRole("columnheader", { name: "Run", exact: true });
  await expect(runId).toHaveCount(0);
  await saveView(page, "Broken nightly", true);
  expect(await axeFindings(page)).toEqual([]);
  await expect(tab(page, "Broken nightly 2 runs")).toHaveAttribute("aria-current", "page");
  const id = new URL(page.url()).searchParams.get("saved");
  await page.keyboard.press("Escape");
  await tab(page, "All runs").click();
  await expect(row(page, done)).toBeVisible();
  await page.goBack();
  await expect(row(page, done)).toHaveCount(0);
  await page.reload();
  await expect(tab(page, /^Broken nightly/)).toHaveAttribute("aria-current", "page");

  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/runs?saved=${id}`);
  await expect(page).toHaveURL(/status=failed/);
  await expect(row(page, failed)).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await expect(runId).toHaveCount(0);
  await openViews(page);
  await expect(views(page)).toContainText("Shared by others");
  await expect(views(page).getByRole("button", { name: "Edit Broken nightly" })).toHaveCount(0);
  await expect(views(page).getByLabel("Everybody in this workspace sees it")).toHaveCount(0);
  await page.goto(`/w/${workspace.slug}/runs/errors`);
  await tab(page, /^Broken nightly/).click();
  await expect(rows(page)).toHaveCount(2);
});

test("a view says that it was changed, goes back, takes the change on, is renamed and deleted", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.viewer);
  const queued = await makeQueuedRun(workspace, "hourly-report", 3);
  await makeSucceededRun(workspace, "hourly-report", 2);
  await page.goto(`/w/${workspace.slug}/runs?status=queued`);
  await saveView(page, "Mine");
  await page.keyboard.press("Escape");
  const filters = page.getByRole("search", { name: "Filter runs" });
  await filters.getByRole("button", { name: "Remove filter status" }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(tab(page, /^Mine.*changed$/)).toBeVisible();
  await openViews(page);
  await views(page).getByRole("button", { name: "Back to the saved" }).click();
  await expect(page).toHaveURL(/status=queued/);
  await expect(rows(page)).toHaveCount(1);
  await expect(row(page, queued)).toBeVisible();
  await expect(tab(page, /changed/)).toHaveCount(0);

  await filters.getByRole("button", { name: "Remove filter status" }).click();
  await expect(tab(page, /^Mine.*changed$/)).toBeVisible();
  await openViews(page);
  await views(page).getByRole("button", { name: "Update", exact: true }).click();
  await expect(tab(page, "Mine 2 runs")).toBeVisible();
  await openViews(page);
  await views(page).getByRole("button", { name: "Edit Mine" }).click();
  await views(page).getByRole("textbox", { name: "Name of the view" }).fill("Reports");
  await views(page).getByRole("button", { name: "Save changes" }).click();
  await expect(tab(page, /^Reports/)).toBeVisible();
  await views(page).getByRole("button", { name: "Edit Reports" }).click();
  await views(page).getByRole("button", { name: "Delete" }).click();
  await views(page).getByRole("button", { name: "Yes, delete it" }).click();
  await expect(views(page)).toContainText("Nothing saved yet");
  await expect(page).not.toHaveURL(/saved=/);
  await expect(tab(page, /^Reports/)).toHaveCount(0);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("views are saved and opened from their menu, and the open one stands as a tab", async ({
    page,
    workspace,
    signIn,
  }) => {
    await signIn(workspace.owner);
    await makeQueuedRun(workspace, "hourly-report", 3);
    await makeSucceededRun(workspace, "hourly-report", 2);
    await page.goto(`/w/${workspace.slug}/runs?status=queued`);
    await saveView(page, "Waiting");
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(tab(page, "Waiting 1 run")).toBeVisible();
    await tab(page, "All runs").tap();
    await expect(rows(page)).toHaveCount(2);
    await expect(tab(page, /^Waiting/)).toBeHidden();
    await openViews(page);
    await views(page)
      .getByRole("button", { name: /^Waiting/ })
      .tap();
    await expect(rows(page)).toHaveCount(1);
    await expect(tab(page, /^Waiting/)).toBeVisible();
    const wide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(wide)).toBe(0);
  });
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
