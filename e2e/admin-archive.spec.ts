import { plantFailure, plantLease } from "./archive-world";
import { axeFindings, expect, test } from "./fixtures";
import { makePlatformAdmin, makeWorkspace } from "./people";

const lines = (count: number) => Array.from({ length: count }, (_, n) => ({ message: `secret line ${n}` }));

test("an admin of the platform sees every workspace's archive, and of a foreign one no row and no door", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("foreign", lines(30));
  await plantFailure(workspace, "foreign", "The object store answered 503 SlowDown.");
  await plantLease(workspace, "foreign", 600);
  const own = await makeWorkspace();
  await makePlatformAdmin(own.owner);
  await signIn(own.owner);
  await page.goto(`/w/${own.slug}`);
  await page.getByRole("link", { name: "All archives" }).click();
  await expect(page).toHaveURL(/\/admin\/archive$/);
  await expect(page.getByRole("list", { name: "Leases held" })).toContainText("foreign");
  await expect(page.getByRole("region", { name: "Workers" })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByTestId(`workspace-row-${workspace.slug}`).getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/admin/archive/${workspace.slug}$`));
  const main = page.getByRole("main");
  await expect(main.getByRole("table", { name: "Episodes by risk" })).toContainText("foreign");
  await expect(main).toContainText("none of its rows");
  await expect(main.getByRole("table").getByRole("link")).toHaveCount(0);
  await expect(main).not.toContainText("secret line");
  expect(await axeFindings(page)).toEqual([]);

  const door = await page.request.get(`/w/${workspace.slug}/archive`);
  expect(door.status()).toBe(404);
  const rows = await page.request.get(`/api/w/${workspace.slug}/logs/foreign/rows?from=0&limit=10`);
  expect(rows.status()).toBe(404);
});

test("to everybody else the platform's pages are not there, and nothing leads to them", async ({
  page,
  workspace,
  signIn,
}) => {
  for (const person of [workspace.owner, workspace.viewer]) {
    await signIn(person);
    for (const path of ["/admin/archive", `/admin/archive/${workspace.slug}`]) {
      expect((await page.goto(path))?.status(), path).toBe(404);
    }
    await page.goto(`/w/${workspace.slug}`);
    await expect(page.getByRole("link", { name: "Archive", exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: "All archives" })).toHaveCount(0);
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 390, height: 844 } });
    test("the archive of the platform fits a phone", async ({ page, workspace, signIn, sendLogs }) => {
      await sendLogs("phone", lines(3));
      await makePlatformAdmin(workspace.owner);
      await signIn(workspace.owner);
      await page.goto("/admin/archive");
      await expect(page.getByTestId(`workspace-row-${workspace.slug}`)).toBeVisible();
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(await axeFindings(page)).toEqual([]);
    });
  });
}
