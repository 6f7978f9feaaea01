import type { Page } from "@playwright/test";
import { breakStore, corruptObject, hideObject, makeSmallChunks, plantFailure } from "./archive-world";
import { axeFindings, expect, test } from "./fixtures";

const lines = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    timestamp: new Date(Date.UTC(2026, 10, 20, 8) + n * 1_000).toISOString(),
    level: n % 10 === 0 ? "error" : "info",
    message: `line ${n}`,
  }));

const cell = (page: Page, name: RegExp) =>
  page.getByRole("toolbar", { name: /^Chunks,/ }).getByRole("button", { name });

/** A page that was drawn a moment ago does not hear its buttons yet: whoever sees nothing happen presses again. */
async function openBy(page: Page, name: string) {
  const dialog = page.getByRole("dialog");
  await expect(async () => {
    if (!(await dialog.isVisible())) await page.getByRole("button", { name }).click();
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  return dialog;
}

async function archiveAll(page: Page, slug: string, episodeId: string, rows: number) {
  await page.goto(`/w/${slug}/archive?episode=${episodeId}`);
  const dialog = await openBy(page, "Archive now");
  await dialog.getByRole("button", { name: `Archive ${rows} rows` }).click();
  // The worker may be quicker at one of the chunks; either way all of it is archived in the end.
  await expect(dialog).toContainText(/Archived and verified|An archiver is at this episode/, {
    timeout: 30_000,
  });
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("button", { name: "All archived" })).toBeVisible({ timeout: 30_000 });
}

async function verifyAll(page: Page, chunks: number) {
  const dialog = await openBy(page, "Verify now…");
  await dialog.getByRole("button", { name: `Verify ${chunks} chunks` }).click();
  await expect(dialog).toContainText(`${chunks} chunks read again`, { timeout: 30_000 });
  await dialog.getByRole("button", { name: "Close" }).last().click();
}

test("the figures are what was sent and what of it was archived", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await makeSmallChunks(workspace);
  await sendLogs("sent", lines(250));
  await sendLogs("stays", lines(40));
  await signIn(workspace.owner);
  await archiveAll(page, workspace.slug, "sent", 250);
  const main = page.getByRole("main");
  await expect(main).toContainText("40 rows");
  await expect(main).toContainText("in 1 of 2 episodes");
  await expect(main).toContainText("3 of 3");
  const proof = page.getByRole("region", { name: "Proof" });
  await expect(proof).toContainText("Provable");
  await expect(proof).toContainText("3 of 3 chunks valid, 250 rows");
  await expect(proof).toContainText("sha256sum -c");
  const manifest = await page.request.get(`/api/w/${workspace.slug}/logs/sent/manifest`);
  expect((await manifest.text()).match(/\.jsonl\.gz$/gm)).toHaveLength(3);
  await expect(page.getByRole("list", { name: "Attempts" }).getByRole("listitem")).toHaveCount(3);
});

test("a chunk that is corrupt on disk is red with its rows and hashes, and everything else stays", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await makeSmallChunks(workspace);
  await sendLogs("bad", lines(300));
  await signIn(workspace.owner);
  await archiveAll(page, workspace.slug, "bad", 300);
  await corruptObject(workspace, "bad", 1);
  await hideObject(workspace, "bad", 2);
  await verifyAll(page, 3);

  await expect(cell(page, /^Chunk 0, 100 rows, verified/)).toBeVisible();
  await expect(cell(page, /^Chunk 2, 100 rows, missing/)).toBeVisible();
  await expect(page.getByTestId("archive-row-bad")).toHaveAttribute("data-state", "damaged");
  const chosen = page.getByRole("region", { name: "Chosen chunk" });
  await cell(page, /^Chunk 1, 100 rows, damaged/).click();
  await expect(chosen).toContainText("100 rows in 1 of 1 member");
  await expect(chosen).toContainText("Expected SHA-256");
  await expect(chosen).toContainText("Read back now");
  await expect(page.getByRole("region", { name: "Proof" })).toContainText(
    "1 of 3 chunks valid, 200 of 300 rows cannot be read",
  );
  expect(await axeFindings(page)).toEqual([]);

  // The store fails now: what it would have said is missing in its place, and in no other.
  await breakStore(workspace, "bad");
  await page.reload();
  await cell(page, /^Chunk 1, 100 rows, damaged/).click();
  await expect(chosen).toContainText("The object store did not give the object.");
  await expect(page.getByRole("region", { name: "Proof" })).toContainText("Not provable");
  await chosen.getByRole("link", { name: "100–199" }).click();
  await expect(page).toHaveURL(/\/logs\/bad\?seq=100/);
});

test("the strip is walked with the arrow keys, and the chunk stands in the address", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await makeSmallChunks(workspace);
  await sendLogs("walk", lines(500));
  await signIn(workspace.owner);
  await archiveAll(page, workspace.slug, "walk", 500);
  await page.goto(`/w/${workspace.slug}/archive?episode=walk&chunk=1`);
  const chosen = page.getByRole("region", { name: "Chosen chunk" });
  await expect(chosen).toContainText("100–199");
  await cell(page, /^Chunk 1,/).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/chunk=2/);
  await expect(cell(page, /^Chunk 2,/)).toBeFocused();
  await expect(chosen).toContainText("200–299");
  await page.keyboard.press("End");
  await expect(chosen).toContainText("400–499");
  await chosen.getByRole("button", { name: "Previous chunk" }).click();
  await expect(chosen).toContainText("300–399");
  await chosen.getByRole("link", { name: "Open its rows" }).click();
  await expect(page).toHaveURL(/\/logs\/walk\?seq=300/);
});

test("episodes are filtered by state and id, chosen with the keyboard, and the filter survives a reload", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  for (const name of ["render-1", "render-2", "train-1"]) await sendLogs(name, lines(3));
  await plantFailure(workspace, "render-2", "The object store answered 503 SlowDown.");
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/archive`);
  // While a page streams in, what is not drawn yet is already in the document, hidden.
  const row = (name: string) => page.getByTestId(`archive-row-${name}`).filter({ visible: true });
  await expect(row("render-2")).toHaveAttribute("data-selected", "true");
  await expect(row("render-2")).toContainText("503 SlowDown");
  const overdue = page.getByRole("button", { name: "Overdue 1" });
  await expect(async () => {
    await overdue.click();
    await expect(page).toHaveURL(/state=overdue/, { timeout: 1_000 });
  }).toPass();
  await expect(row("train-1")).toHaveCount(0);
  await page.reload();
  await expect(row("render-2")).toBeVisible();
  await expect(row("train-1")).toHaveCount(0);
  await overdue.click();
  await expect(row("train-1")).toBeVisible();

  await page.getByLabel("Search episodes by id").fill("no such episode");
  await expect(page.getByRole("main")).toContainText("No episode has “no such episode” in its id");
  await page.getByRole("link", { name: "Show all episodes" }).click();
  await expect(row("render-1")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/episode=/);
});

test("an attempt opens with its steps in words", async ({ page, workspace, signIn, sendLogs }) => {
  await makeSmallChunks(workspace);
  await sendLogs("steps", lines(150));
  await signIn(workspace.owner);
  await archiveAll(page, workspace.slug, "steps", 150);
  const attempts = page.getByRole("list", { name: "Attempts" });
  const first = attempts.getByRole("button", { name: /^archived, 1/ });
  await expect(async () => {
    if ((await first.getAttribute("aria-expanded")) !== "true") await first.click();
    await expect(attempts).toContainText("read the object back and verify it", { timeout: 1_000 });
  }).toPass();
  await page.getByLabel("Outcome of the attempts").selectOption("failed");
  await expect(page.getByRole("main")).toContainText("No attempt is like that");
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test("axe finds nothing on an archive with a damaged chunk, and it fits a phone", async ({
      page,
      workspace,
      signIn,
      sendLogs,
    }) => {
      await makeSmallChunks(workspace);
      await sendLogs("axe", lines(200));
      await signIn(workspace.owner);
      await archiveAll(page, workspace.slug, "axe", 200);
      await corruptObject(workspace, "axe", 0);
      await verifyAll(page, 2);
      await expect(cell(page, /^Chunk 0, 100 rows, damaged/)).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
        .toBeLessThanOrEqual(0);
      expect(await axeFindings(page)).toEqual([]);
    });
  });
}
