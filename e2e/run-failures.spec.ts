import { createHash } from "node:crypto";
import { expect, test } from "./fixtures";
import { dialog, makeFailedRun, patient, press } from "./run-list-page";
import { makeBuiltinRun, makeFinishedRun, statusOfRun } from "./run-world";

/* What failed, and whether anything has made it good. */

/** A seed with which the node fails at its first attempt and no more at its second, as the builtin `fail` draws. */
function failsOnce(nodeId: string): number {
  const draw = (seed: number, attempt: number) =>
    createHash("sha256").update(`${seed} ${nodeId} ${attempt}`).digest().readUInt32BE(0) / 2 ** 32;
  for (let seed = 1; ; seed++) if (draw(seed, 1) < 0.5 && draw(seed, 2) >= 0.5) return seed;
}

test("an unresolved failure goes when its retry succeeds, and another when a later run does", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  const fails = { rate: 0.5, seed: failsOnce("check"), message: "the totals differ" };
  const retried = await makeBuiltinRun(workspace, [{ id: "check", type: "fail", config: fails }]);
  const repeated = await makeFailedRun(workspace, "broken", "no space left");
  await page.goto(`/w/${workspace.slug}/runs/failures`);
  const failure = (runId: string) => page.getByTestId(`failure-${runId}`);
  await expect(failure(repeated)).toContainText("no space left");
  await expect(async () => {
    await page.reload();
    await expect(failure(retried)).toContainText("the totals differ", { timeout: 1_000 });
  }).toPass(patient);
  const badge = page.getByRole("navigation", { name: "Workspace" }).getByRole("link", { name: /^Runs/ });
  await expect(badge).toHaveAccessibleName("Runs 2 failed");
  await press(page, () => failure(retried).getByRole("button", { name: "Retry…" }).click());
  await expect(dialog(page)).toContainText("the totals differ");
  await dialog(page).getByRole("button", { name: "Retry failed tasks" }).click();
  await expect.poll(() => statusOfRun(retried), patient).toBe("succeeded");
  await page.reload();
  await expect(failure(repeated)).toBeVisible();
  await expect(failure(retried)).toHaveCount(0);

  const now = new Date();
  const later = { status: "succeeded" as const, startedAt: now, finishedAt: now, durationMs: 1 };
  await makeFinishedRun(
    workspace,
    { check: later },
    { ...later, workflowName: "broken", workflowDefinitionId: "broken" },
  );
  await page.reload();
  await expect(page.getByText("Nothing is unresolved")).toBeVisible();
  await expect(badge).toHaveAccessibleName("Runs");
});

test("errors that differ in their values are one; resolved with a reason, it is back when it happens again", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  await makeFailedRun(workspace, "ingest", "shard 17 has 4096 bytes too few");
  await makeFailedRun(workspace, "ingest", "shard 29 has 512 bytes too few");
  await page.goto(`/w/${workspace.slug}/runs/errors`);
  const error = page.getByTestId(/^error-/);
  await expect(error).toHaveCount(1);
  await expect(error).toContainText("shard <*> has <*> bytes too few");
  await error.getByRole("link").first().click();
  await expect(page.getByRole("list", { name: "Failed tasks of this error" }).getByRole("link")).toHaveCount(
    2,
  );

  await press(page, () => error.getByRole("button", { name: "Resolve…" }).click());
  await dialog(page).getByLabel("Reason").fill("The shards were written anew");
  await dialog(page).getByRole("button", { name: "Resolve 1 error" }).click();
  await expect(page.getByText("Every error is resolved or ignored")).toBeVisible();
  await page.getByRole("link", { name: /^Resolved or ignored/ }).click();
  await expect(error).toContainText("The shards were written anew");

  await makeFailedRun(workspace, "ingest", "shard 31 has 8 bytes too few");
  await page.goto(`/w/${workspace.slug}/runs/errors`);
  await expect(error).toContainText("back after it was resolved");
});
