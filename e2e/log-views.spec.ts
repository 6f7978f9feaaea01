import type { Page } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";

const start = Date.parse("2026-03-01T08:00:00.000Z");
const lines = Array.from({ length: 300 }, (_, index) => ({
  timestamp: new Date(start + index * 1000).toISOString(),
  level: index % 50 === 49 ? "error" : "info",
  message: `line ${index}`,
}));

const row = (page: Page, seq: number) => page.locator(`[data-seq="${seq}"]`);
const menu = (page: Page) => page.getByRole("dialog", { name: "Views" });

/** A page that has just arrived may not hear the first press. */
async function openViews(page: Page, button: string | RegExp): Promise<void> {
  await expect(async () => {
    if (!(await menu(page).isVisible())) await page.getByRole("button", { name: button }).click();
    await expect(menu(page)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(menu(page).getByRole("textbox", { name: "Save this page as" })).toBeVisible();
}

test("a view that the owner shares opens for a viewer, who may neither change nor delete it", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("viewed", lines);
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/logs/viewed?level=error`);
  await expect(row(page, 49)).toBeVisible();
  await openViews(page, "Views");
  expect(await axeFindings(page)).toEqual([]);
  await menu(page).getByRole("textbox", { name: "Save this page as" }).fill("Errors only");
  await menu(page).getByLabel("Everybody in this workspace sees it").check();
  await menu(page).getByRole("button", { name: "Save view" }).click();
  await expect(menu(page).getByRole("button", { name: /^Errors only/ })).toBeVisible();
  await expect(page).toHaveURL(/saved=/);
  const id = new URL(page.url()).searchParams.get("saved");

  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/viewed?saved=${id}`);
  await expect(page).toHaveURL(/level=error/);
  await expect(row(page, 49)).toBeVisible();
  await expect(row(page, 48)).toHaveCount(0);
  await openViews(page, /^Errors only/);
  await expect(menu(page)).toContainText("Shared by others");
  await expect(menu(page).getByRole("button", { name: "Edit Errors only" })).toHaveCount(0);
  // Sharing is for those who may write; a viewer keeps views for themselves.
  await expect(menu(page).getByLabel("Everybody in this workspace sees it")).toHaveCount(0);
});

test("a view says that it was changed, goes back, is renamed and deleted", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("changing", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/changing?level=error`);
  await openViews(page, "Views");
  await menu(page).getByRole("textbox", { name: "Save this page as" }).fill("Mine");
  await menu(page).getByRole("button", { name: "Save view" }).click();
  await expect(page.getByRole("button", { name: "Mine", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: /^Remove level/ }).click();
  await expect(page.getByRole("button", { name: /^Mine\s*changed/ })).toBeVisible();
  await openViews(page, /^Mine/);
  await menu(page).getByRole("button", { name: "Back to the saved" }).click();
  await expect(page).toHaveURL(/level=error/);
  await expect(page.getByRole("button", { name: "Mine", exact: true })).toBeVisible();

  await openViews(page, "Mine");
  await menu(page).getByRole("button", { name: "Edit Mine" }).click();
  await menu(page).getByRole("textbox", { name: "Name of the view" }).fill("Failures");
  await menu(page).getByRole("button", { name: "Save changes" }).click();
  await menu(page).getByRole("button", { name: "Edit Failures" }).click();
  await menu(page).getByRole("button", { name: "Delete" }).click();
  await menu(page).getByRole("button", { name: "Yes, delete it" }).click();
  await expect(menu(page)).toContainText("Nothing saved yet");
  await expect(page).not.toHaveURL(/saved=/);
});
