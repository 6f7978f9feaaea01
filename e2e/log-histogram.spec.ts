import type { Page } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";

const start = Date.parse("2026-03-01T08:00:00.000Z");
/** Four rows a second for ten minutes, every hundredth an error. */
const lines = Array.from({ length: 2400 }, (_, index) => ({
  timestamp: new Date(start + index * 250).toISOString(),
  level: index % 100 === 99 ? "error" : "info",
  message: `line ${index}`,
}));

const chart = (page: Page) => page.getByRole("slider", { name: "Time, by rows and level" });
const zoom = (page: Page) => page.getByRole("navigation", { name: "Zoom" });

/** What the address says is looked at, in rows. */
function rowsInAddress(page: Page): number {
  const { searchParams } = new URL(page.url());
  const [since = 0, until = 0] = ["since", "until"].map((name) => Date.parse(searchParams.get(name) ?? ""));
  return lines.filter(({ timestamp }) => Date.parse(timestamp) >= since && Date.parse(timestamp) < until)
    .length;
}

test("a drag zooms into a stretch of time and a double click back out, with exact counts", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("bars", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/bars`);
  await expect(chart(page)).toHaveAttribute("aria-valuetext", /^2,400 rows; most errors, \d/);
  await expect(page.getByText("live, 2,400 rows")).toBeVisible();

  await expect(async () => {
    await chart(page).hover();
    await expect(chart(page)).toHaveAttribute("aria-valuetext", / rows, \d+ errors?$/, { timeout: 1_000 });
  }).toPass();
  const box = await chart(page).boundingBox();
  if (!box) throw new Error("The chart has no place on the page");
  const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
  await page.mouse.move(...at(0.25));
  await page.mouse.down();
  await page.mouse.move(...at(0.5), { steps: 4 });
  await expect(page.getByText("Release to zoom in")).toBeVisible();
  await page.mouse.up();
  await expect(page).toHaveURL(/since=.*until=/);
  const rows = rowsInAddress(page);
  expect(rows).toBeGreaterThan(400);
  expect(rows).toBeLessThan(800);
  await expect(page.getByText(`live, ${rows} rows`)).toBeVisible();
  const counted = await page.request.get(
    `/api/w/${workspace.slug}/logs/bars/count${new URL(page.url()).search}`,
  );
  expect((await counted.json()).total).toBe(rows);

  await chart(page).dblclick({ position: { x: 40, y: 50 } });
  await expect(page).not.toHaveURL(/since=/);
  await expect(page.getByText("live, 2,400 rows")).toBeVisible();
  await expect(zoom(page)).toHaveCount(0);
});

test("the keyboard chooses a range, zooms into it twice and goes back step by step", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("keys", lines);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/keys`);
  await expect(page.getByText("live, 2,400 rows")).toBeVisible();
  // A page that has just arrived may not hear the first key.
  await expect(async () => {
    await chart(page).press("Home");
    await expect(chart(page)).toHaveAttribute("aria-valuetext", /^1 Mar 08:00:00 to 08:00:05/, {
      timeout: 1_000,
    });
  }).toPass();
  for (let step = 0; step < 9; step++) await page.keyboard.press("Shift+ArrowRight");
  // Ten bars of five seconds, four rows in each second.
  await expect(chart(page)).toHaveAttribute("aria-valuetext", /200 rows, 2 errors/);
  await page.keyboard.press("Enter");
  await expect(page.getByText("live, 200 rows")).toBeVisible();
  expect(rowsInAddress(page)).toBe(200);

  // Until finer bars come, those of before stand for them.
  await expect(chart(page)).toHaveAttribute("aria-valuemax", "99");
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+PageUp");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/zoom=~,/);
  const inner = rowsInAddress(page);
  expect(inner).toBeLessThan(200);
  await expect(page.getByText(`live, ${inner} rows`)).toBeVisible();
  await expect(zoom(page).getByRole("button")).toHaveCount(2);
  expect(await axeFindings(page)).toEqual([]);

  await page.keyboard.press("Escape");
  await expect(page.getByText("live, 200 rows")).toBeVisible();
  await zoom(page).getByRole("button", { name: "Whole episode" }).click();
  await expect(page.getByText("live, 2,400 rows")).toBeVisible();
  await expect(page).not.toHaveURL(/zoom=/);
});
