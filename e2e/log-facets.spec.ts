import type { Page } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";

const start = Date.parse("2026-03-01T08:00:00.000Z");

/** 380 rows, which is less than a search lists at a time; which node, task and message each has follows from its number. */
const lines = Array.from({ length: 380 }, (_, n) => ({
  timestamp: new Date(start + n * 1000).toISOString(),
  level: n % 100 === 99 ? "error" : "info",
  message: n % 3 === 0 ? `Mapped batch ${n} in ${n % 90} ms` : `Heartbeat of worker ${n % 7}`,
  node: n % 4 === 0 ? "gpu-b" : "gpu-a",
  task: `step-${String(n % 20).padStart(2, "0")}`,
  attempt: { number: n },
}));

const rail = (page: Page) => page.getByRole("complementary", { name: "Facets" });
const grid = (page: Page) => page.getByRole("grid");
const only = (page: Page, text: RegExp) => rail(page).getByRole("button", { name: text });

test("values are picked and left out by mouse, and their counts are what was sent", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("facets", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/facets`);
  await expect(only(page, /^Only node gpu-a, 285 rows/)).toBeVisible();
  await expect(only(page, /^Only node gpu-b, 95 rows/)).toBeVisible();
  await expect(only(page, /^Only task step-00, 19 rows/)).toBeVisible();

  await only(page, /^Only node gpu-b/).click();
  await expect(page).toHaveURL(/meta=eq/);
  await expect(only(page, /^Only node gpu-b/)).toHaveAttribute("aria-pressed", "true");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "95");

  // Another value of the same field is an alternative.
  await only(page, /^Only node gpu-a/).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "380");
  await only(page, /^Only node gpu-a/).click();
  await only(page, /^Only node gpu-b/).click();
  await expect(page).not.toHaveURL(/meta=/);

  await rail(page).getByRole("button", { name: "Without node gpu-b" }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "285");
  await expect(only(page, /^Only node gpu-b, .*left out/)).toContainText("excluded");
  await page.reload();
  await expect(only(page, /^Only node gpu-b, .*left out/)).toBeVisible();
  await rail(page).getByRole("button", { name: "Without node gpu-b" }).click();
  await expect(page).not.toHaveURL(/meta=/);
  expect(await axeFindings(page)).toEqual([]);
});

test("values are walked, picked and left out by keyboard, and long lists are searched", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("keys", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/keys`);
  await only(page, /^Only node gpu-a/).focus();
  await page.keyboard.press("ArrowDown");
  await expect(only(page, /^Only node gpu-b/)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  const without = rail(page).getByRole("button", { name: "Without node gpu-b" });
  await expect(without).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "285");
  await expect(without).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/meta=/);

  await rail(page).getByRole("button", { name: "Show 14 more" }).first().click();
  await rail(page).getByLabel("Search task").fill("step-17");
  await expect(only(page, /^Only task step-17/)).toBeVisible();
  await expect(only(page, /^Only task step-01/)).toHaveCount(0);
  await only(page, /^Only task step-17/).press("Enter");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "19");
});

test("sections stay as they were left, and templates are picked like values", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("templates", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/templates`);
  const head = (name: RegExp) => rail(page).getByRole("button", { name });
  await head(/^Node/).click();
  await expect(head(/^Node/)).toHaveAttribute("aria-expanded", "false");
  await head(/^About/).click();
  await expect(rail(page).getByText("a producer outside of Strata")).toBeVisible();
  await page.reload();
  await expect(head(/^Node/)).toHaveAttribute("aria-expanded", "false");
  await expect(rail(page).getByText("a producer outside of Strata")).toBeVisible();

  await only(page, /^Only template Mapped batch <\*> in <\*> ms, 127 rows/).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "127");
  await rail(page)
    .getByRole("button", { name: /^Without template Mapped batch/ })
    .click();
  await expect(page).toHaveURL(/without=/);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "253");
});

test("counts are the same when the rows lie in the archive", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("cold", lines);
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/logs/cold`);
  await expect(only(page, /^Only node gpu-b, 95 rows/)).toBeVisible();
  await archiveAll(page, workspace.slug, "cold");
  await page.goto(`/w/${workspace.slug}/logs/cold`);
  await expect(only(page, /^Only node gpu-b, 95 rows/)).toBeVisible();
  await expect(only(page, /^Only task step-00, 19 rows/)).toBeVisible();
  await only(page, /^Only node gpu-b/).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "95");
});

test("on a phone the facets stand in a sheet that counts what is picked", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await sendLogs("phone", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/phone`);
  await page.getByRole("button", { name: "Filters, 0 in force" }).click();
  const sheet = page.getByRole("dialog", { name: "Filters" });
  await sheet.getByRole("button", { name: /^Only node gpu-b/ }).click();
  expect(await axeFindings(page)).toEqual([]);
  await sheet.getByRole("button", { name: "Close filters" }).click();
  await expect(page.getByRole("button", { name: "Filters, 1 in force" })).toBeVisible();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "95");
});

/** Through the page that people use for it; done when no row is left in the live store. */
async function archiveAll(page: Page, slug: string, episodeId: string): Promise<void> {
  await page.goto(`/w/${slug}/archive?episode=${episodeId}`);
  await page.getByRole("button", { name: "Archive now" }).click();
  await page.getByRole("button", { name: /^Archive [\d,]+ rows$/ }).click();
  await expect
    .poll(async () => {
      const answer = await page.request.get(`/api/w/${slug}/logs/${episodeId}/summary`);
      return (await answer.json()).hot;
    })
    .toBe(0);
}
