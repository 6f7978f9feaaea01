import { archiveAll, choose, close } from "./archive-forms";
import { endRestores, hideObject, makeSmallChunks } from "./archive-world";
import { axeFindings, expect, test } from "./fixtures";

const lines = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    timestamp: new Date(Date.UTC(2026, 10, 20, 8) + n * 1_000).toISOString(),
    message: `line ${n}`,
  }));

test("restored rows are read without the archive until their time is over", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await makeSmallChunks(workspace);
  await sendLogs("restored", lines(300));
  await signIn(workspace.owner);
  const { slug } = workspace;
  await archiveAll(page, slug, "restored", 300);

  const dialog = await choose(page, "Restore rows…");
  await dialog.getByLabel("First row").fill("150");
  await dialog.getByLabel("Last row").fill("160");
  // Whole chunks, so that the copy of each can be proved.
  await expect(dialog).toContainText("100–199");
  await expect(dialog).toContainText("5,000,000 of 5,000,000 rows left");
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Restore 100 rows" }).click();
  await expect(dialog).toContainText("are copied by the worker");
  await close(page);
  const restores = page.getByRole("list", { name: "Restores" });
  await expect(restores.getByRole("listitem")).toContainText("Live too", { timeout: 30_000 });

  const bringBack = await hideObject(workspace, "restored", 1);
  const rows = async (from: number) => {
    const answer = await page.request.get(`/api/w/${slug}/logs/restored/rows?from=${from}&limit=5`);
    return (await answer.json()).rows as { kind: string; message?: string }[];
  };
  expect(await rows(150)).toMatchObject([{ message: "line 150" }, {}, {}, {}, {}]);
  await page.goto(`/w/${slug}/logs/restored?seq=150`);
  await expect(page.getByText("restored, in the live store too")).toBeVisible();

  await endRestores(workspace, "restored");
  await expect.poll(async () => (await rows(150))[0]?.kind, { timeout: 30_000 }).toBe("gap");
  await bringBack();
  await expect.poll(async () => (await rows(150))[0]?.message, { timeout: 30_000 }).toBe("line 150");
  await page.goto(`/w/${slug}/archive?episode=restored`);
  await expect(restores.getByRole("listitem")).toContainText("Expired");
});

test("a restore is extended, and ended before its time, which frees the quota", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await makeSmallChunks(workspace);
  await sendLogs("ended", lines(100));
  await signIn(workspace.owner);
  await archiveAll(page, workspace.slug, "ended", 100);
  const dialog = await choose(page, "Restore rows…");
  await dialog.getByRole("button", { name: "Restore 100 rows" }).click();
  await close(page);
  const restore = page.getByRole("list", { name: "Restores" }).getByRole("listitem");
  await expect(restore).toContainText("Live too", { timeout: 30_000 });
  await expect(restore).toContainText(/ends in 2[34] h/);

  await restore.getByRole("button", { name: /^Extend rows/ }).click();
  await dialog.getByLabel("Ends in").selectOption("168");
  await dialog.getByRole("button", { name: "Extend" }).click();
  await close(page);
  await expect(restore).toContainText(/ends (in 6 d|28)/, { timeout: 30_000 });

  await restore.getByRole("button", { name: /^End rows/ }).click();
  await dialog.getByRole("button", { name: "End the restore" }).click();
  await close(page);
  await expect(restore).toContainText("Ended");
  await expect(page.getByText(/^0 of 5 M rows/)).toBeVisible();
});
