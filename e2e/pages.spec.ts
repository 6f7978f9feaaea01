import { expect, type Page } from "@playwright/test";
import { axeFindings, test } from "./fixtures";
import { signInToDemo } from "./people";

/* The demo workspace has a past, failures, live runs and an archive: what the pages are for. */

const themes = ["light", "dark"] as const;
const places = [
  ["home", "/w/demo"],
  ["runs", "/w/demo/runs"],
  ["logs", "/w/demo/logs"],
  ["archive", "/w/demo/archive"],
  ["log settings", "/w/demo/settings/logs"],
] as const;

async function settled(page: Page) {
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

async function openFailedRun(page: Page) {
  await page.goto("/w/demo/runs?status=failed");
  await page.getByRole("table", { name: /runs/i }).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/w\/demo\/runs\/run-/);
  await expect(page.getByLabel("Failures")).toBeVisible();
}

for (const colorScheme of themes) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const [name, path] of places) {
      test(`axe finds nothing on ${name}`, async ({ page, context, baseURL }) => {
        await signInToDemo(context, baseURL, "owner");
        await page.goto(path);
        await settled(page);
        expect(await axeFindings(page)).toEqual([]);
      });
    }

    test("axe finds nothing on a failed run and its log", async ({ page, context, baseURL }) => {
      await signInToDemo(context, baseURL, "owner");
      await openFailedRun(page);
      await settled(page);
      expect(await axeFindings(page)).toEqual([]);
    });

    test("axe finds nothing on a long episode", async ({ page, context, baseURL }) => {
      await signInToDemo(context, baseURL, "viewer");
      await page.goto("/w/demo/logs/edge-gateway-2?seq=100");
      await expect(page.locator('[data-seq="100"]')).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
    });
  });
}

test("a failed run opens on the failed task, with its error and its log", async ({
  page,
  context,
  baseURL,
}) => {
  await signInToDemo(context, baseURL, "viewer");
  await openFailedRun(page);
  const strip = page.getByLabel("Failures");
  await expect(strip).toContainText(/Failure 1 of \d+/);
  const inspector = page.getByLabel(/^Selected task /);
  await expect(inspector).toContainText("Failed");
  await inspector.getByRole("tab", { name: /Logs/ }).click();
  await expect(page).toHaveURL(/tab=logs/);
});

test("the status filter lives in the URL and survives a reload", async ({ page, context, baseURL }) => {
  await signInToDemo(context, baseURL, "viewer");
  await page.goto("/w/demo/runs");
  await page.getByLabel("Filter runs").getByRole("button", { name: "Status" }).click();
  await page.getByRole("checkbox", { name: "Failed" }).check();
  await expect(page).toHaveURL(/status=failed/);
  const table = page.getByRole("table", { name: /runs/i });
  await expect(table.getByText("Failed").first()).toBeVisible();
  await expect(table.getByText("Succeeded")).toHaveCount(0);
  await page.reload();
  await expect(table.getByText("Succeeded")).toHaveCount(0);
});

test("older runs page by cursor and back", async ({ page, context, baseURL }) => {
  await signInToDemo(context, baseURL, "viewer");
  await page.goto("/w/demo/runs?status=succeeded");
  const table = page.getByRole("table", { name: /runs/i });
  const links = () =>
    table.getByRole("link").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  const first = await links();
  await page.getByRole("link", { name: /Older/ }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect.poll(async () => (await links()).some((href) => first.includes(href))).toBe(false);
  await page.getByRole("link", { name: /Newer/ }).click();
  // Live runs may have ended meanwhile; they push the newest of the first page out, and nothing else changes.
  await expect
    .poll(async () => {
      const kept = (await links()).filter((href) => first.includes(href));
      return kept.length > first.length / 2 && kept.join() === first.slice(first.length - kept.length).join();
    })
    .toBe(true);
});

test("the run list is used with the keyboard alone", async ({ page, context, baseURL }) => {
  await signInToDemo(context, baseURL, "viewer");
  await page.goto("/w/demo/runs?status=succeeded");
  await expect(page.getByRole("table", { name: /runs/i })).toBeVisible();
  // The keys work once the page listens.
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(page.locator("[data-row-link]:focus")).toHaveCount(1, { timeout: 500 });
  }).toPass();
  const first = await page.locator("[data-row-link]:focus").getAttribute("href");
  await page.keyboard.press("j");
  await expect(page.locator("[data-row-link]:focus")).not.toHaveAttribute("href", first ?? "");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/w\/demo\/runs\/run-/);
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(page).toHaveURL(/\/w\/demo\/logs$/);
});

test("a huge run opens folded and its tasks are drawn in a window", async ({ page, context, baseURL }) => {
  await signInToDemo(context, baseURL, "viewer");
  await page.goto(`/w/demo/runs/${await findHuge(page)}?view=tasks`);
  const tasks = page.getByLabel("Tasks", { exact: true });
  await expect(tasks).toBeVisible();
  expect(await tasks.getByRole("row").count()).toBeLessThan(150);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  for (const [name, path] of places) {
    test(`${name} fits without sideways scrolling`, async ({ page, context, baseURL }) => {
      await signInToDemo(context, baseURL, "owner");
      await page.goto(path);
      await settled(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(await axeFindings(page)).toEqual([]);
    });
  }

  test("a failed run shows its error first", async ({ page, context, baseURL }) => {
    await signInToDemo(context, baseURL, "viewer");
    await openFailedRun(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

interface RunListAnswer {
  runs: { id: string; taskCounts: Record<string, number> }[];
  older: string | null;
}

/** A run of more than 500 tasks, found by paging as a person would. */
async function findHuge(page: Page): Promise<string> {
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query: string = cursor && `?cursor=${encodeURIComponent(cursor)}`;
    const answer: RunListAnswer = await (await page.request.get(`/api/w/demo/runs${query}`)).json();
    const found = answer.runs.find((run) => sum(run.taskCounts) > 500);
    if (found) return found.id;
    cursor = answer.older;
  }
  throw new Error("The demo has no run of more than 500 tasks.");
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
