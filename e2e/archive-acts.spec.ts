import { archiveAll, choose, close, openBy, showMenu } from "./archive-forms";
import {
  hideObject,
  makeSmallChunks,
  objectsOf,
  plantFailure,
  plantLease,
  plantOrphan,
} from "./archive-world";
import { expect, test } from "./fixtures";

const lines = (count: number) => Array.from({ length: count }, (_, n) => ({ message: `line ${n}` }));

test("archive now says what it will move, and verify now reads every chunk again and says how far it is", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await makeSmallChunks(workspace);
  await sendLogs("acts", lines(250));
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/archive?episode=acts`);
  const dialog = await openBy(page, "Archive now");
  await expect(dialog).toContainText("3 chunks of at most 100 rows");
  await dialog.getByRole("button", { name: "Archive 250 rows" }).click();
  await expect(dialog).toContainText("Archived and verified 250 rows in 3 chunks.", { timeout: 30_000 });
  await close(page);
  await expect(page.getByRole("button", { name: "All archived" })).toBeDisabled();

  await openBy(page, "Verify now…");
  await dialog.getByRole("button", { name: "Verify 3 chunks" }).click();
  await expect(dialog).toContainText("3 chunks read again", { timeout: 30_000 });
  await expect(dialog).toContainText("every row as it was written");
  await close(page);
  await expect(page.getByRole("button", { name: "Verify now…" })).toBeFocused();

  const bringBack = await hideObject(workspace, "acts", 1);
  await openBy(page, "Verify now…");
  await dialog.getByRole("button", { name: "Verify 3 chunks" }).click();
  await expect(dialog.getByRole("list", { name: "Problems" })).toContainText("Chunk 1: its object", {
    timeout: 30_000,
  });
  await bringBack();
});

test("a lease is broken when it has expired, by typing the episode, and never before", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("stuck", lines(20));
  await plantLease(workspace, "stuck", 600);
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/archive?episode=stuck`);
  await showMenu(page);
  const item = page.getByRole("menuitem", { name: /Break the lease/ });
  await expect(item).toBeDisabled();
  await expect(item).toContainText("held for");
  await page.keyboard.press("Escape");

  await plantLease(workspace, "stuck", -60);
  await page.reload();
  const dialog = await choose(page, "Break the lease…");
  await expect(dialog).toContainText("worker-9:411:0af3c1");
  await expect(dialog.getByRole("button", { name: "Break the lease" })).toBeDisabled();
  await dialog.getByLabel("Type stuck to confirm").fill("stuck");
  await dialog.getByRole("button", { name: "Break the lease" }).click();
  await expect(dialog).toContainText("The lease is gone");
  await close(page);
  await expect(page.getByRole("region", { name: "Activity" })).toContainText("broke an expired lease");
});

test("a failed archive is tried again before its time", async ({ page, workspace, signIn, sendLogs }) => {
  await sendLogs("failing", lines(30));
  await plantFailure(workspace, "failing", "The object store is full.");
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/archive?episode=failing`);
  const dialog = await openBy(page, "Try again…");
  await expect(dialog).toContainText("The object store is full.");
  await expect(dialog).toContainText("4 attempts");
  await dialog.getByRole("button", { name: "Try again now" }).click();
  await expect(dialog).toContainText("The worker tries again now.");
  await close(page);
  // The worker finds nothing above the threshold, which is a success, and takes the failure off the record.
  await expect(page.getByRole("button", { name: "Try again…" })).toHaveCount(0, { timeout: 30_000 });
});

test("a sweep lists first and deletes what it listed", async ({ page, workspace, signIn, sendLogs }) => {
  await makeSmallChunks(workspace);
  await sendLogs("swept", lines(100));
  await signIn(workspace.owner);
  await archiveAll(page, workspace.slug, "swept", 100);
  const orphan = await plantOrphan(workspace, "swept");
  expect(await objectsOf(workspace, "swept")).toHaveLength(2);

  const dialog = await choose(page, "Sweep orphans…");
  await expect(dialog.getByRole("list", { name: "Objects without a chunk" })).toContainText(orphan);
  await expect(dialog).toContainText("2 KiB");
  expect(await objectsOf(workspace, "swept")).toHaveLength(2);
  await dialog.getByRole("button", { name: "Delete 1 object" }).click();
  await expect(dialog).toContainText("Deleted 1 object, 2 KiB.");
  expect(await objectsOf(workspace, "swept")).not.toContain(orphan);
  await close(page);

  await choose(page, "Sweep orphans…");
  await expect(dialog).toContainText("Every object belongs to a chunk.");
});

test("an episode is counted again, changed for itself, and deleted by typing its id", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("going", lines(40));
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/archive?episode=going`);
  const dialog = await choose(page, "Count again…");
  await dialog.getByRole("button", { name: "Count again" }).click();
  await expect(dialog).toContainText("Every counter agrees.");
  await close(page);

  await choose(page, "How it is archived…");
  await dialog.getByLabel("Chunk size, rows").fill("60,000");
  await dialog.getByRole("button", { name: "Save for this episode" }).click();
  await expect(dialog).toContainText("Between 100 and 50,000 rows.");
  await dialog.getByLabel("Chunk size, rows").fill("500");
  await dialog.getByRole("button", { name: "Save for this episode" }).click();
  await expect(dialog).toContainText("Holds from the next chunk on.");
  await close(page);
  await expect(page.getByRole("region", { name: "Activity" })).toContainText("chunk size 50,000 → 500");

  await choose(page, "Delete the episode…");
  await expect(dialog).toContainText("40 rows");
  await dialog.getByLabel("Reason").fill("Asked for by the data subject");
  await dialog.getByLabel("Type going to confirm").fill("going");
  await dialog.getByRole("button", { name: "Delete 40 rows" }).click();
  await expect(page.getByRole("region", { name: "Deleted episode" })).toContainText(
    "Asked for by the data subject",
  );
});

test("a viewer sees no act, and what a viewer asks for directly is refused and changes nothing", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await makeSmallChunks(workspace);
  await sendLogs("guarded", lines(100));
  await signIn(workspace.owner);
  await archiveAll(page, workspace.slug, "guarded", 100);
  const place = `/api/w/${workspace.slug}`;
  const before = await objectsOf(workspace, "guarded");

  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/archive?episode=guarded`);
  await expect(page.getByRole("heading", { name: "Chunks of guarded" })).toBeVisible();
  for (const name of ["More acts on the archive", "Archive now", "All archived", "Verify now…"])
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /Restore chunk|Verify chunk/ })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Activity" })).toHaveCount(0);
  await page.goto(`/w/${workspace.slug}/settings/archive`);
  await expect(page.getByRole("heading", { name: "Retention" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
  await page.goto(`/w/${workspace.slug}/audit`);
  await expect(page.getByText("Your role does not open this page")).toBeVisible();

  const origin = new URL(page.url()).origin;
  const headers = { origin };
  const range = { from: "0", to: "99", hours: 1 };
  const refused = [
    await page.request.post(`${place}/logs/guarded/restores`, { headers, data: range }),
    await page.request.post(`${place}/logs/guarded/scrub`, { headers }),
    await page.request.get(`${place}/archive/sweep`),
  ];
  expect(refused.map((answer) => answer.status())).toEqual([403, 403, 403]);
  const restores = await page.request.get(`${place}/logs/guarded/restores`);
  expect(await restores.json()).toMatchObject({ restores: [] });
  expect(await objectsOf(workspace, "guarded")).toEqual(before);
});
