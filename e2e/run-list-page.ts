import type { Page } from "@playwright/test";
import { expect } from "./fixtures";
import type { Workspace } from "./people";
import { makeFinishedRun } from "./run-world";

/* The list of runs as its journeys see it, and the runs that they make for it. */

export const row = (page: Page, runId: string) => page.getByTestId(`run-row-${runId}`);
export const rows = (page: Page) => page.getByTestId(/^run-row-/);
export const bar = (page: Page) => page.getByRole("region", { name: "Chosen runs" });
export const dialog = (page: Page) => page.getByRole("dialog");
/** A worker that is busy with the runs of other journeys takes its time. */
export const patient = { timeout: 40_000 };

/** A run that no worker takes up, made so many minutes ago. */
export function makeQueuedRun(workspace: Workspace, workflowName: string, minutes: number): Promise<string> {
  const createdAt = new Date(Date.now() - minutes * 60_000);
  return makeFinishedRun(workspace, { load: { queuedAt: createdAt } }, { workflowName, createdAt });
}

export function makeSucceededRun(
  workspace: Workspace,
  workflowName: string,
  minutes: number,
): Promise<string> {
  const createdAt = new Date(Date.now() - minutes * 60_000);
  const times = {
    startedAt: createdAt,
    finishedAt: new Date(createdAt.getTime() + 9_000),
    durationMs: 9_000,
  };
  const task = { status: "succeeded" as const, ...times };
  return makeFinishedRun(
    workspace,
    { load: task },
    { workflowName, status: "succeeded", createdAt, ...times },
  );
}

/** A run whose one task failed with this message. */
export function makeFailedRun(
  workspace: Workspace,
  workflowName: string,
  errorMessage: string,
): Promise<string> {
  const createdAt = new Date(Date.now() - 60_000);
  const times = { startedAt: createdAt, finishedAt: new Date(), durationMs: 60_000 };
  const task = { status: "failed" as const, errorMessage, ...times };
  return makeFinishedRun(
    workspace,
    { check: task },
    { workflowName, workflowDefinitionId: workflowName, status: "failed", createdAt, ...times },
  );
}

/** A page that has just arrived may not hear the first press. */
export async function press(page: Page, act: () => Promise<void>): Promise<void> {
  await expect(async () => {
    if (!(await dialog(page).isVisible())) await act();
    await expect(dialog(page)).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

/** Moves to the first row, by the keyboard alone. */
export async function toFirstRow(page: Page): Promise<void> {
  await expect(async () => {
    await page.locator("body").press("j");
    await expect(rows(page).first().getByRole("link").first()).toBeFocused({ timeout: 1_000 });
  }).toPass();
}
