import type { Page } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";

const start = Date.parse("2026-03-01T08:00:00.000Z");

/** 2,500 rows, a quarter of a second apart; every eighth says "probe", row 1,234 alone has the id. */
const lines = Array.from({ length: 2500 }, (_, index) => ({
  timestamp: new Date(start + index * 250).toISOString(),
  level: index % 100 === 99 ? "ERROR" : "info",
  message: messageOf(index),
  source: index % 2 === 0 ? "reader" : "writer",
  attempt: { number: index },
}));

function messageOf(index: number): string {
  if (index === 1234) return "accepted request 4f9c21d07be3 of the walk";
  return index % 8 === 0 ? `probe ${index} of the walk ${"x".repeat(120)}` : `line ${index} of the walk`;
}

const grid = (page: Page) => page.getByRole("grid");
const row = (page: Page, seq: number) => page.locator(`[data-seq="${seq}"]`);
const filter = (page: Page) => page.getByLabel("Filter rows by text");
const strip = (page: Page, words: string | RegExp) => page.getByRole("status").filter({ hasText: words });

/** The page takes keys: the server draws it before the browser has taken it over. */
async function opened(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const field = document.querySelector("[data-explorer-filter]");
    return field !== null && Object.keys(field).some((key) => key.startsWith("__reactProps"));
  });
}

/** As a person archives an episode; resolves when no row is left in the live store. */
async function archive(page: Page, slug: string, episodeId: string, count: string): Promise<void> {
  await page.goto(`/w/${slug}/archive?episode=${episodeId}`);
  await page.getByRole("button", { name: "Archive now" }).click();
  await page.getByRole("button", { name: `Archive ${count} rows` }).click();
  const summary = `/api/w/${slug}/logs/${episodeId}/summary`;
  await expect
    .poll(async () => (await (await page.request.get(summary)).json()).hot, { timeout: 30_000 })
    .toBe(0);
}

test("a needle in the archive is found by its word, and its link leads to it", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("cold", lines);
  await signIn(workspace.owner);
  await archive(page, workspace.slug, "cold", "2,500");

  await page.goto(`/w/${workspace.slug}/logs/cold`);
  await opened(page);
  await page.getByRole("radio", { name: "Whole word" }).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("f");
  await page.keyboard.type("4f9c21d07be3");
  await expect(page.getByText(/1 chunk, \d/)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(strip(page, "1 hit")).toContainText("in all 2,500 rows");
  await expect(row(page, 1234).locator("mark")).toHaveText("4f9c21d07be3");
  await row(page, 1234).click();
  await expect(page).toHaveURL(/mode=word/);
  await expect(page).toHaveURL(/seq=1234/);

  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/cold?seq=1234`);
  await expect(row(page, 1234)).toContainText("accepted request 4f9c21d07be3");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2500");
});

test("a search that is stopped keeps its hits, and goes on to the same end", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("long", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/long`);
  await opened(page);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2500");
  // A slow line: the hits come bit by bit.
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  const slow = (bytesPerSecond: number) =>
    network.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: -1,
    });
  await slow(12_000);
  await filter(page).fill("probe");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=probe/);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(strip(page, /stopped/)).toBeVisible();
  await expect(strip(page, "313 hits")).toHaveCount(0);

  await slow(-1);
  await page.getByRole("button", { name: "Continue" }).first().click();
  await expect(strip(page, "313 hits")).toContainText("in all 2,500 rows");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "313");
});

test("find marks hits and walks them, and hides no row", async ({ page, workspace, signIn, sendLogs }) => {
  await sendLogs("walk", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/walk?seq=1500`);
  await opened(page);
  await expect(row(page, 1500)).toBeVisible();
  const field = page.getByLabel("Find in the rows, hiding none");
  await expect(async () => {
    if (!(await field.isVisible())) await page.keyboard.press("/");
    await expect(field).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type("probe");
  await expect(page.getByRole("search").getByText("313 hits")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/seq=1504/);
  await expect(page.getByText("189 of 313")).toBeVisible();
  await expect(row(page, 1504).locator("mark")).toHaveText("probe");
  await expect(row(page, 1505)).toBeVisible();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2500");

  await page.getByRole("button", { name: "Previous hit" }).click();
  await expect(page).toHaveURL(/seq=1496/);
  await grid(page).focus();
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/seq=1504/);
  await page.keyboard.press("Shift+N");
  await expect(page).toHaveURL(/seq=1496/);

  await page.reload();
  await expect(page.getByText("188 of 313")).toBeVisible();
  await page.getByRole("button", { name: "Close find" }).click();
  await expect(page.locator("mark")).toHaveCount(0);
});

test("a hit keeps its place on screen when the filter is put aside, and again on the way back", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("context", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/context?q=probe`);
  await opened(page);
  await expect(strip(page, "313 hits")).toBeVisible();
  await row(page, 2400).click();
  await expect(page).toHaveURL(/seq=2400/);
  const there = await row(page, 2400).boundingBox();

  await grid(page).focus();
  await page.keyboard.press("c");
  await expect(row(page, 2401)).toBeVisible();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2500");
  expect(await row(page, 2400).boundingBox()).toEqual(there);

  await page.getByRole("radio", { name: "Filtered" }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "313");
  expect(await row(page, 2400).boundingBox()).toEqual(there);
  await page.goBack();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2500");
});

test("conditions become chips, and each can be changed and taken away", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("chips", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/chips`);
  await opened(page);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2500");
  await filter(page).fill("source:writer");
  await page.keyboard.press("Tab");
  const chips = page.getByRole("list", { name: "Conditions" });
  await expect(chips.getByRole("button", { name: "Change source is writer" })).toBeVisible();
  await filter(page).fill("level:error");
  await page.keyboard.press("Tab");
  await expect(strip(page, "25 hits")).toBeVisible();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "25");

  await page.getByRole("button", { name: "Change source is writer" }).click();
  await page.getByLabel("Comparison").selectOption("ne");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("No rows match these 2 filters")).toBeVisible();
  await expect(chips.getByRole("button", { name: "Change source is not writer" })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Drop level is error" }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", /^\d+$/);
  await expect(strip(page, "hits so far")).toBeVisible();

  await filter(page).focus();
  await page.keyboard.press("Backspace");
  await expect(chips).toHaveCount(0);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2500");
  await page.goBack();
  await expect(chips.getByRole("button", { name: "Change source is not writer" })).toBeVisible();
});

test("a pattern that cannot be read says so where it is typed, and changes no row", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("patterns", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/patterns`);
  await opened(page);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2500");
  await page.getByRole("radio", { name: "Regular expression" }).click();
  await filter(page).fill("probe (1|2");
  await expect(page.getByText(/not a regular expression/)).toBeVisible();
  await expect(filter(page)).toHaveValue("probe (1|2");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2500");
  await filter(page).fill("probe (16|24) ");
  await page.keyboard.press("Enter");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2");

  await page.goto(`/w/${workspace.slug}/logs/patterns?since=yesterday`);
  await expect(page.getByText(/start of the time range in the address cannot be read/)).toBeVisible();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page).not.toHaveURL(/since=/);
});

test("a time range is chosen by keyboard alone, and counts its rows exactly", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("times", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/times`);
  await opened(page);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2500");
  const range = page.getByRole("button", { name: /^Time range/ });
  await expect(range).toContainText("1 Mar 08:00 to 08:10 UTC");
  await range.focus();
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: "Time range" });
  await form.getByLabel("from").fill("2026-03-01T08:01:00.000");
  await form.getByLabel("to, before").fill("2026-03-01T08:01:30.250");
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(range).toContainText("1 Mar 08:01:00.000 to 08:01:30.250");
  await expect(page.getByText("filter keeps 121 rows")).toBeVisible();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "121");
  await expect(row(page, 360)).toBeVisible();
  await page.keyboard.press("g");
  await expect(row(page, 240)).toBeVisible();

  await page.reload();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "121");
  await page.getByRole("button", { name: /^Remove time/ }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2500");
});

test("rows that are written while a filter is in force join its hits", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("open", lines.slice(0, 400));
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/open?q=probe`);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "50");
  await page.request.post("/api/v1/logs?episode=open", {
    headers: { authorization: `Bearer ${workspace.token}`, "content-type": "application/x-ndjson" },
    data: ["a fresh line", "a fresh probe"].map((message) => JSON.stringify({ message })).join("\n"),
  });
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "51", { timeout: 15_000 });
  await expect(row(page, 401)).toContainText("a fresh probe");
});
