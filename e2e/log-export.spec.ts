import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";

const start = Date.parse("2026-03-01T08:00:00.000Z");
const lines = Array.from({ length: 2500 }, (_, index) => ({
  timestamp: new Date(start + index * 250).toISOString(),
  level: index % 100 === 99 ? "error" : "info",
  message: index === 1099 ? "=cmd()" : `line ${index}`,
}));

const dialog = (page: Page) => page.getByRole("dialog");

/** A page that has just arrived may not hear the first press. */
async function openExport(page: Page): Promise<void> {
  await expect(async () => {
    if (!(await dialog(page).isVisible())) await page.getByRole("button", { name: /^Export/ }).click();
    await expect(dialog(page)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(dialog(page).getByRole("tab", { name: "New export" })).toBeVisible();
}

const textOf = async (download: Download) => (await readFile(await download.path())).toString("utf8");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("a filtered range is prepared in the background, proven by its hash, and its owner's alone", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("taken", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/taken?level=error`);
  await openExport(page);
  await expect(dialog(page).getByText("25 rows", { exact: true })).toBeVisible();
  await dialog(page).getByRole("textbox", { name: "First row" }).fill("1,000");
  await dialog(page).getByRole("textbox", { name: "Last row" }).fill("1999");
  await expect(dialog(page).getByText(/^at most 25 rows/)).toBeVisible();
  await dialog(page).getByRole("button", { name: "Prepare in the background" }).click();

  // The page may be left: the worker goes on, and the list is there again.
  await expect(dialog(page).getByRole("listitem")).toHaveCount(1);
  await page.reload();
  await page.getByRole("button", { name: /^Export/ }).click();
  await dialog(page)
    .getByRole("tab", { name: /Your exports/ })
    .click();
  const job = dialog(page).getByRole("listitem");
  await expect(job).toHaveAttribute("data-state", "done", { timeout: 30_000 });
  await expect(job).toContainText("10 rows, numbers 1,099 to 1,999, nothing missing");
  expect(await axeFindings(page)).toEqual([]);

  const downloading = page.waitForEvent("download");
  await job.getByRole("link", { name: /^Download/ }).click();
  const text = await textOf(await downloading);
  expect(sha256(text)).toBe(await job.locator("[data-sha256]").getAttribute("data-sha256"));
  const rows = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const trailer = rows.pop();
  expect(rows.map(({ sequenceNumber }) => sequenceNumber)).toEqual(
    Array.from({ length: 10 }, (_, index) => 1099 + index * 100),
  );
  expect(trailer).toMatchObject({ complete: true, rows: "10" });

  const file = await job.getByRole("link", { name: /^Download/ }).getAttribute("href");
  expect((await page.request.get(file ?? "")).status()).toBe(200);
  await signIn(workspace.owner);
  expect((await page.request.get(file ?? "")).status()).toBe(404);
});

test("a small export is saved at once as CSV, whole, with its formula made harmless", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("small", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/small`);
  await openExport(page);
  await dialog(page).getByRole("radio", { name: "CSV" }).click();
  await dialog(page).getByRole("button", { name: "metadata", exact: true }).click();
  await dialog(page).getByLabel("Time zone").selectOption("Asia/Tokyo");
  const downloading = page.waitForEvent("download");
  await dialog(page).getByRole("button", { name: "Download now" }).click();
  const text = await textOf(await downloading);
  const all = text.trimEnd().split("\r\n");
  expect(all[0]).toBe("sequenceNumber,timestamp,level,message");
  expect(all[1]).toBe("0,2026-03-01T17:00:00.000+09:00,info,line 0");
  expect(all[1100]).toBe("1099,2026-03-01T17:04:34.750+09:00,error,'=cmd()");
  expect(all.length).toBe(lines.length + 2);
  await expect(dialog(page).getByText(/2,500 rows, 0 to 2,499/)).toBeVisible();
  const shown = await dialog(page).locator("[data-sha256]").getAttribute("data-sha256");
  expect(sha256(text.slice(0, text.lastIndexOf("# strata trailer")))).toBe(shown);
});

test("a range that is none says so, and nothing can be started", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("ranged", lines.slice(0, 100));
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/ranged`);
  await openExport(page);
  await dialog(page).getByRole("textbox", { name: "First row" }).fill("80");
  await dialog(page).getByRole("textbox", { name: "Last row" }).fill("8");
  await expect(dialog(page).getByRole("alert")).toHaveText("The first row is behind the last one.");
  await expect(dialog(page).getByRole("button", { name: "Prepare in the background" })).toBeDisabled();
});
