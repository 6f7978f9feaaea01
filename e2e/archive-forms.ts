import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

/* How a person opens and closes the forms of the archive page. */

/** Opens a form from the menu of the page. */
export async function choose(page: Page, act: string) {
  const item = page.getByRole("menuitem", { name: act });
  await open(page, async () => {
    await showMenu(page);
    await item.click({ timeout: 2_000 });
  });
  return page.getByRole("dialog");
}

/** A page that was drawn a moment ago does not hear its buttons yet: whoever sees nothing happen presses again. */
export async function showMenu(page: Page) {
  await expect(async () => {
    if (await page.getByRole("menu").isVisible()) return;
    await page.getByRole("button", { name: "More acts on the archive" }).click();
    await expect(page.getByRole("menu")).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

async function open(page: Page, press: () => Promise<void>) {
  const dialog = page.getByRole("dialog");
  await expect(async () => {
    if (!(await dialog.isVisible())) await press();
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  return dialog;
}

/** Opens a form by its button. */
export const openBy = (page: Page, name: string | RegExp) =>
  open(page, () => page.getByRole("button", { name }).click());

export async function close(page: Page) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(dialog).toHaveCount(0);
}

/** Moves all rows of an episode to the archive. */
export async function archiveAll(page: Page, slug: string, episodeId: string, rows: number) {
  await page.goto(`/w/${slug}/archive?episode=${episodeId}`);
  const dialog = await openBy(page, "Archive now");
  await dialog.getByRole("button", { name: `Archive ${rows} rows` }).click();
  await expect(dialog).toContainText(`Archived and verified ${rows} rows`, { timeout: 30_000 });
  await close(page);
}
