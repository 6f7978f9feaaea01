import type { Page } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";

const start = Date.parse("2026-03-01T08:00:00.000Z");

/** 2,500 lines in order, every hundredth an error; row 1,234 is multi-line and has metadata worth looking at. */
const lines = Array.from({ length: 2500 }, (_, index) => ({
  timestamp: new Date(start + index * 250).toISOString(),
  level: index % 100 === 99 ? "ERROR" : "info",
  message: index === 1234 ? "needle in row 1234\n  at second line" : `line ${index} of the walk`,
  source: index % 2 === 0 ? "reader" : "writer",
  attempt: { number: index, big: "9007199254740993" },
}));

const grid = (page: Page) => page.getByRole("grid");
const row = (page: Page, seq: number) => page.locator(`[data-seq="${seq}"]`);

test("rows are found by number, level and text, and one opens with all its fields", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("walk", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs`);
  await page.getByRole("link", { name: "walk", exact: true }).first().click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2500");

  await page.keyboard.press(":");
  await page.getByLabel("Row number").fill("1234");
  await page.keyboard.press("Enter");
  await expect(row(page, 1234)).toContainText("needle in row 1234");
  await expect(page.getByText(/row 1,234 of 2,500/)).toBeVisible();
  await expect(page).toHaveURL(/seq=1234/);
  const drawer = page.getByRole("complementary", { name: "Row 1,234" });
  await expect(drawer).toContainText("at second line");
  await expect(drawer).toContainText("9007199254740993");

  await page.getByRole("button", { name: /^error/ }).click();
  await expect(page).toHaveURL(/level=error/);
  await expect(row(page, 99)).toBeVisible();
  await expect(row(page, 100)).toHaveCount(0);
  await page.getByRole("button", { name: /^error/ }).click();

  await page.getByLabel("Filter rows by text").fill("needle in row");
  await page.keyboard.press("Enter");
  await expect(row(page, 1234)).toBeVisible();
  await expect(row(page, 1233)).toHaveCount(0);

  await page.getByLabel("Filter rows by text").fill("no line says this");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/No rows? match/)).toBeVisible();
});

test("a link to a row shows the same row before and after archiving", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("moving", lines);
  await signIn(workspace.owner);
  const link = `/w/${workspace.slug}/logs/moving?seq=1234`;
  const read = async (from: number) =>
    (await page.request.get(`/api/w/${workspace.slug}/logs/moving/rows?from=${from}&limit=1000`)).json();
  await page.goto(link);
  await expect(row(page, 1234)).toContainText("needle in row 1234");
  const hot = [...(await read(0)).rows, ...(await read(1000)).rows, ...(await read(2000)).rows];

  await page.goto(`/w/${workspace.slug}/archive?episode=moving`);
  await page.getByRole("button", { name: "Archive now" }).click();
  await page.getByRole("button", { name: "Archive 2,500 rows" }).click();
  await expect(page.getByRole("status").filter({ hasText: /archived/i })).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Close" }).first().click();
  await expect(page.getByRole("button", { name: /^Chunk 0, 2,500 rows, verified/ })).toBeVisible();

  const cold = [...(await read(0)).rows, ...(await read(1000)).rows, ...(await read(2000)).rows];
  expect(cold.map(({ tier }: { tier: string }) => tier)).toEqual(Array(2500).fill("cold"));
  const withoutTier = (rows: { tier: string }[]) => rows.map(({ tier: _, ...rest }) => rest);
  expect(withoutTier(cold)).toEqual(withoutTier(hot));

  await page.goto(link);
  await expect(row(page, 1234)).toContainText("needle in row 1234");
  await expect(page.getByText(/1\/1 chunk verified/).filter({ visible: true })).toBeVisible();
});

test("new rows arrive below without moving what is being read", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("tail", lines.slice(0, 300));
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/tail?seq=10`);
  await expect(row(page, 10)).toBeVisible();
  const before = await row(page, 10).boundingBox();
  await page.request.post("/api/v1/logs?episode=tail", {
    headers: { authorization: `Bearer ${workspace.token}`, "content-type": "application/x-ndjson" },
    data: JSON.stringify({ message: "fresh" }),
  });
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "301", { timeout: 15_000 });
  expect(await row(page, 10).boundingBox()).toEqual(before);
});

test("an episode that does not exist says so", async ({ page, workspace, signIn }) => {
  await signIn(workspace.viewer);
  // The page streams, so its status is sent before the episode is looked up; programs get the 404 (tenancy.spec.ts).
  await page.goto(`/w/${workspace.slug}/logs/never-written`);
  await expect(page.getByRole("main")).toContainText("There is no such episode in this workspace");
  await expect(page.getByRole("grid")).toHaveCount(0);
});

test("an empty workspace says what will appear and how", async ({ page, workspace, signIn }) => {
  await signIn(workspace.owner);
  for (const [path, words] of [
    ["", /npm run import/],
    ["/runs", /npm run import -- wfformat/],
    ["/logs", /\/api\/v1\/logs/],
    ["/archive", /archive/i],
  ] as const) {
    await page.goto(`/w/${workspace.slug}${path}`);
    await expect(page.getByRole("main")).toContainText(words);
    expect(await axeFindings(page), path).toEqual([]);
  }
});
