import type { Page } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";
import { makeRunOf } from "./run-world";

const start = Date.parse("2026-03-01T08:00:00.000Z");

/** Rows of a stream, one every so many milliseconds; each says whose it is and which. */
const lines = (name: string, count: number, everyMs: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({
    timestamp: new Date(start + from + n * everyMs).toISOString(),
    level: n % 50 === 49 ? "ERROR" : "info",
    message: `${name} says ${n}${n === 33 ? " needle" : ""}`,
  }));

const grid = (page: Page) => page.getByRole("grid");
const row = (page: Page, stream: string, n: number) =>
  page.locator(`[data-stream="${stream}"]`, { hasText: new RegExp(`${stream} says ${n}( needle)?$`) });

/** The bar under the list: where one is, out of how many rows. */
const place = (page: Page) => page.locator("footer");

/** The rows that are drawn, from top to bottom. */
async function drawn(page: Page): Promise<string[]> {
  const rows = await page.locator("[data-stream]").evaluateAll((found) =>
    found
      .map((one) => ({ top: one.getBoundingClientRect().top, text: one.textContent ?? "" }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => /\w+ says \d+/.exec(text)?.[0] ?? text),
  );
  return rows;
}

test("a run with several tasks reads as one log in the order of time", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("load", lines("load", 120, 1000));
  await sendLogs("train", lines("train", 300, 400, 200));
  await sendLogs("check", lines("check", 40, 3000, 500));
  const runId = await makeRunOf(workspace, ["load", "train", "check"]);
  await signIn(workspace.viewer);

  await page.goto(`/w/${workspace.slug}/runs/${runId}`);
  await page.getByRole("link", { name: "Logs of all tasks" }).click();
  await expect(page).toHaveURL(new RegExp(`/logs\\?run=${runId}`));
  await expect(place(page)).toContainText("460 rows in 3 streams");
  await expect(row(page, "load", 0)).toBeVisible();

  // What stands on screen is what all rows sorted by their time say.
  const all = [
    ...lines("load", 120, 1000),
    ...lines("train", 300, 400, 200),
    ...lines("check", 40, 3000, 500),
  ].sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
  const order = all.map(({ message }) => message.replace(" needle", ""));
  await expect.poll(() => drawn(page)).toEqual(order.slice(0, (await drawn(page)).length));

  // Every row has its stream's name, and the three have three colours.
  await expect(row(page, "train", 3)).toContainText("train");
  const dots = page.locator("[data-stream] td:first-child > span:first-child");
  const colors = () =>
    dots.evaluateAll((all) => new Set(all.map((dot) => getComputedStyle(dot).backgroundColor)).size);
  await expect.poll(colors).toBe(3);

  // One task alone, then all but one.
  await page.getByRole("button", { name: "Only check, 40 rows" }).click();
  await expect(page).toHaveURL(/in=check/);
  await expect(place(page)).toContainText("40 rows in 1 stream");
  await expect(page.locator('[data-stream="train"]')).toHaveCount(0);
  await expect(row(page, "check", 5)).toBeVisible();
  await page.getByRole("button", { name: "Only check, 40 rows" }).click();
  await page.getByRole("button", { name: "Leave out train" }).focus();
  await page.keyboard.press("Enter");
  await expect(place(page)).toContainText("160 rows in 2 streams");
  await expect(page.locator('[data-stream="train"]')).toHaveCount(0);
  await page.getByRole("button", { name: "Show train again" }).click();
  await expect(row(page, "train", 3)).toBeVisible();

  // A row opens beside the list, and leads to its place in its own stream.
  await row(page, "check", 5).click();
  const drawer = page.getByRole("complementary", { name: "Row 5 of check" });
  await expect(drawer).toContainText("check says 5");
  await expect(page).toHaveURL(/row=/);
  expect(await axeFindings(page)).toEqual([]);
  await drawer.getByRole("link", { name: "Open in its stream" }).click();
  await expect(page).toHaveURL(/\/logs\/check\?seq=5/);
  await expect(page.locator('[data-seq="5"]')).toContainText("check says 5");
});

test("scrolling a run to its end shows every row once, and a link opens at the same row", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("one", lines("one", 700, 100));
  await sendLogs("two", lines("two", 700, 100, 50));
  const runId = await makeRunOf(workspace, ["one", "two"]);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs?run=${runId}`);
  await expect(row(page, "one", 0)).toBeVisible();
  const seen = new Set<string>();
  await expect
    .poll(
      async () => {
        for (const text of await drawn(page)) seen.add(text);
        await grid(page).evaluate((list) => list.scrollBy({ top: list.clientHeight }));
        return seen.size;
      },
      { timeout: 30_000, intervals: [50] },
    )
    .toBe(1400);
  await expect(row(page, "two", 699)).toBeVisible();

  await row(page, "two", 690).click();
  await expect(page).toHaveURL(/row=/);
  const link = page.url();
  await page.goto("about:blank");
  await page.goto(link);
  await expect(row(page, "two", 690)).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("complementary", { name: "Row 690 of two" })).toContainText("two says 690");
});

test("a workspace by time reads across an archived and a stored stream", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("older", lines("older", 400, 100));
  await sendLogs("newer", lines("newer", 400, 100, 20_000));
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/archive?episode=older`);
  await page.getByRole("button", { name: "Archive now" }).click();
  await page.getByRole("button", { name: "Archive 400 rows" }).click();
  await expect(page.getByRole("status").filter({ hasText: /archived/i })).toBeVisible({ timeout: 30_000 });

  await page.goto(`/w/${workspace.slug}/logs`);
  await page.getByRole("link", { name: "By time" }).click();
  await expect(place(page)).toContainText("800 rows in 2 streams");
  // It opens at the newest row; going to a time leads to both streams at that time.
  await expect(row(page, "newer", 399)).toBeVisible();
  await page.getByRole("button", { name: /^Time:/ }).click();
  await page.getByLabel("Go to", { exact: true }).fill("2026-03-01T08:00:30.000");
  await page.getByRole("button", { name: "Go to this time" }).click();
  await expect(row(page, "older", 300)).toBeVisible();
  await expect(row(page, "newer", 100)).toBeVisible();
  const both = await drawn(page);
  expect(both.indexOf("older says 300")).toBe(both.indexOf("newer says 100") + 1);

  // Text is found in the archive and in the store, and nothing else is listed.
  await page.getByLabel("Filter rows by text").fill("needle");
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 hits", { exact: true })).toBeVisible();
  expect(await drawn(page)).toEqual(["older says 33", "newer says 33"]);
  await page.getByLabel("Filter rows by text").fill("nobody says this");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "No row for “nobody says this”" })).toBeVisible();
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect(row(page, "older", 300)).toBeVisible();
});

test("rows that are written while one reads come below, and nothing moves", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("busy", lines("busy", 300, 100));
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs?tab=time`);
  await expect(row(page, "busy", 299)).toBeVisible();
  await grid(page).evaluate((list) => list.scrollBy({ top: -2000 }));
  await expect(row(page, "busy", 190)).toBeVisible();
  const before = await row(page, "busy", 190).boundingBox();
  await sendLogs("late", lines("late", 3, 1, 29_000));
  await expect(page.getByRole("button", { name: "3 new rows" })).toBeVisible({ timeout: 15_000 });
  expect(await row(page, "busy", 190).boundingBox()).toEqual(before);
  await page.getByRole("button", { name: "3 new rows" }).click();
  await expect(row(page, "late", 2)).toBeVisible();
  // In the order of their time, not of their arrival.
  const shown = await drawn(page);
  expect(shown.indexOf("late says 2")).toBeLessThan(shown.indexOf("busy says 291"));
});

test("the list of streams is narrowed by state, producer and errors", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("calm", [{ message: "fine", level: "info" }]);
  await sendLogs("failing", lines("failing", 60, 10));
  await sendLogs("task-log", lines("task", 20, 10));
  await makeRunOf(workspace, ["task-log"]);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs`);
  const rows = page
    .getByRole("table", { name: "Streams" })
    .getByRole("link", { name: /calm|failing|task-log/ });
  await expect(rows).toHaveCount(3);
  await page.getByRole("button", { name: /^With errors\s*1$/ }).click();
  await expect(page).toHaveURL(/errors=some/);
  await expect(rows).toHaveText(["failing"]);
  await page.getByRole("button", { name: /^Of runs\s*1$/ }).click();
  await expect(page.getByRole("heading", { name: "No stream matches these filters" })).toBeVisible();
  await page.getByRole("link", { name: "Clear the filters" }).click();
  await expect(rows).toHaveCount(3);
  await page.getByRole("button", { name: /^Ended\s*1$/ }).click();
  await expect(rows).toHaveText(["task-log"]);
});

test("on a phone a run reads with its filters in reach", async ({ page, workspace, signIn, sendLogs }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await sendLogs("load", lines("load", 80, 1000));
  await sendLogs("train", lines("train", 80, 1000, 500));
  const runId = await makeRunOf(workspace, ["load", "train"]);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs?run=${runId}`);
  await expect(row(page, "load", 1)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole("button", { name: "Filters, 0 in force" }).click();
  await page.getByRole("button", { name: "Only load, 80 rows" }).click();
  await page.keyboard.press("Escape");
  await expect(page.locator('[data-stream="train"]')).toHaveCount(0);
  await row(page, "load", 2).click();
  await expect(page.getByRole("complementary", { name: "Row 2 of load" })).toContainText("load says 2");
  expect(await axeFindings(page)).toEqual([]);
});

test("a run of another workspace is not there", async ({ page, workspace, signIn, sendLogs }) => {
  await sendLogs("own", lines("own", 5, 1000));
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs?run=run-of-somebody-else`);
  await expect(page.getByRole("grid")).toHaveCount(0);
  const answer = await page.request.get(`/api/w/${workspace.slug}/streams/summary?run=run-of-somebody-else`);
  expect(answer.status()).toBe(404);
});
