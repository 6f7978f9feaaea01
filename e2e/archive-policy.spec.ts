import { close, openBy, showMenu } from "./archive-forms";
import { ageChunks, countMarked, makeSmallChunks } from "./archive-world";
import { axeFindings, expect, test } from "./fixtures";

const lines = (count: number) => Array.from({ length: count }, (_, n) => ({ message: `line ${n}` }));

test("what a workspace says about archiving holds for the next episode, and two people do not overwrite each other", async ({
  page,
  context,
  workspace,
  signIn,
  sendLogs,
}) => {
  await signIn(workspace.owner);
  const address = `/w/${workspace.slug}/settings/archive`;
  await page.goto(address);
  await expect(page.getByText("The defaults of the product.")).toBeVisible();
  const change = "Change how new episodes are archived";
  const other = await context.newPage();
  await other.goto(address);
  const late = await openBy(other, change);

  const dialog = await openBy(page, change);
  await dialog.getByLabel("Threshold, rows").fill("100");
  await dialog.getByRole("button", { name: "Save for new episodes" }).click();
  await expect(dialog).toContainText("At most the threshold, or no chunk would ever be full.");
  await dialog.getByLabel("Chunk size, rows").fill("100");
  await dialog.getByLabel("Hot tail, rows").fill("0");
  await dialog.getByRole("button", { name: "Save for new episodes" }).click();
  await expect(dialog).toContainText("Holds for every episode that is made from now on.");
  expect(await axeFindings(page)).toEqual([]);
  await close(page);
  await expect(page.getByText("100 rows above the hot tail")).toBeVisible();

  await late.getByLabel("Hot tail, rows").fill("7");
  await late.getByRole("button", { name: "Save for new episodes" }).click();
  await expect(late).toContainText("Somebody has changed this since you opened it.");
  await page.reload();
  await expect(page.getByText("none, everything is archived").filter({ visible: true })).toBeVisible();

  await sendLogs("after", lines(300));
  await page.goto(`/w/${workspace.slug}/archive?episode=after`);
  // The worker takes it up by itself, in chunks of the size that was set.
  await expect(async () => {
    await page.reload();
    await expect(page.getByTestId("archive-row-after")).toHaveAttribute("data-state", "verified", {
      timeout: 2_000,
    });
  }).toPass({ timeout: 45_000 });
  await expect(page.getByRole("region", { name: "Proof" })).toContainText("3 of 3 chunks valid, 300 rows");
});

test("a retention shows what it would delete, marks just that, and an undo takes it back", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await makeSmallChunks(workspace);
  await sendLogs("aged", lines(400));
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/archive?episode=aged`);
  const dialog = await openBy(page, "Archive now");
  await dialog.getByRole("button", { name: "Archive 400 rows" }).click();
  await expect(dialog).toContainText("Archived and verified 400 rows in 4 chunks.", { timeout: 30_000 });
  await ageChunks(workspace, "aged", [0, 1, 2], 40);

  await page.goto(`/w/${workspace.slug}/settings/archive`);
  await openBy(page, "Change the retention");
  await dialog.getByRole("radio", { name: "For some days" }).click();
  await dialog.getByLabel("Days, from when a chunk was archived").fill("30");
  await dialog.getByLabel("Hours to undo it").fill("48");
  await expect(dialog).toContainText("3 chunks");
  await expect(dialog).toContainText("300 rows in 1 episode");
  expect(await countMarked(workspace)).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Keep 30 days, mark 3 chunks" }).click();
  await expect(dialog).toContainText("3 chunks are deleted in 48 hours unless this is undone.");
  await close(page);
  expect(await countMarked(workspace)).toBe(3);
  const marked = page.getByRole("region", { name: "Marked for deletion" });
  await expect(marked).toContainText("3 chunks, 0 to 2");
  await expect(marked).toContainText(/in (1 d 23 h|2 d 00 h)/);

  await marked.getByRole("button", { name: "Undo…" }).click();
  await expect(dialog).toContainText("kept for ever");
  await expect(dialog).toContainText("3 chunks");
  await dialog.getByRole("button", { name: "Undo the change" }).click();
  await expect(dialog).toContainText("3 chunks that would have been deleted stay.");
  await close(page);
  await expect(page.getByText("No chunk is marked for deletion.")).toBeVisible();
  expect(await countMarked(workspace)).toBe(0);

  await page.goto(`/w/${workspace.slug}/audit?area=archive`);
  const acts = page.getByRole("list", { name: "Acts, newest first" }).getByRole("listitem");
  await expect(acts.filter({ hasText: "set the retention" }).first()).toContainText("days 30");
  expect(await axeFindings(page)).toEqual([]);
});

test("a hold keeps what retention marked, and an episode from being deleted, until it is released", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await makeSmallChunks(workspace);
  await sendLogs("kept", lines(100));
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/archive?episode=kept`);
  const dialog = await openBy(page, "Archive now");
  await dialog.getByRole("button", { name: "Archive 100 rows" }).click();
  await expect(dialog).toContainText("Archived and verified 100 rows", { timeout: 30_000 });
  await ageChunks(workspace, "kept", [0], 40);
  const policy = `/w/${workspace.slug}/settings/archive`;
  await page.goto(policy);
  await openBy(page, "Change the retention");
  await dialog.getByRole("radio", { name: "For some days" }).click();
  await dialog.getByLabel("Days, from when a chunk was archived").fill("30");
  await dialog.getByRole("button", { name: "Keep 30 days, mark 1 chunk" }).click();
  await expect(dialog).toContainText("Archived logs are kept for 30 days.");
  await close(page);

  await openBy(page, "Keep kept");
  await dialog.getByLabel("Reason").fill("Case 2026-118");
  await dialog.getByRole("button", { name: "Place the hold" }).click();
  await expect(dialog).toContainText("Nothing of this is deleted until the hold is released.");
  await close(page);
  await expect(page.getByText("No chunk is marked for deletion.")).toBeVisible();
  expect(await countMarked(workspace)).toBe(0);

  await page.goto(`/w/${workspace.slug}/archive?episode=kept`);
  await expect(page.getByRole("list", { name: "Legal holds" })).toContainText("Case 2026-118");
  await showMenu(page);
  await expect(page.getByRole("menuitem", { name: /Delete the episode/ })).toBeDisabled();
  await page.keyboard.press("Escape");

  await page.goto(policy);
  await openBy(page, /^Release the hold on kept/);
  await dialog.getByLabel("Why it is released").fill("Case closed");
  await dialog.getByRole("button", { name: "Release the hold" }).click();
  await expect(dialog).toContainText("The hold is released.");
  await close(page);
  await expect(page.getByText("No hold is in force.")).toBeVisible();
});
