import type { BrowserContext, Page, Request } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";
import { makeGoingRun, moveTask } from "./live-world";
import type { Person, Workspace } from "./people";
import { weakLineTo } from "./weak-line";

/* A run page that follows: what a worker does appears by itself, whatever happens to connections and tabs. */

const diamond = { load: [], split: ["load"], align: ["load"], merge: ["split", "align"] };
const three = { one: [], two: [], three: [] };

const live = (page: Page) => page.getByText(/^live, as of/);
const taskRow = (page: Page, runId: string, nodeId: string) =>
  page.getByTestId(`task-row-${runId}.${nodeId}`);
const isStream = (request: Request) => new URL(request.url()).pathname.endsWith("/events");

function streamsOf(source: Page | BrowserContext): Request[] {
  const streams: Request[] = [];
  const note = (request: Request) => {
    if (isStream(request)) streams.push(request);
  };
  if ("newPage" in source) source.on("request", note);
  else source.on("request", note);
  return streams;
}

/** The page of a run in which two tasks wait for one, and one for both. Its first is selected, and not done: else the engine would queue the next. */
async function openDiamond(page: Page, workspace: Workspace, signIn: (person: Person) => Promise<void>) {
  const runId = await makeGoingRun(workspace, diamond);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/runs/${runId}?task=${runId}.load`);
  return runId;
}

/** As the browser does when another tab comes to the front. */
async function show(page: Page, state: "hidden" | "visible") {
  await page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => value });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

test("a status reaches the page without a reload and without asking again", async ({
  page,
  workspace,
  signIn,
}) => {
  const runId = await makeGoingRun(workspace, three);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/runs/${runId}?view=tasks&sort=name`);
  await expect(live(page)).toBeVisible();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await moveTask(runId, "one", "running");
  await expect(taskRow(page, runId, "one")).toHaveAttribute("data-status", "running");
  await expect(page.getByRole("button", { name: "1 running" })).toBeVisible();
  await moveTask(runId, "one", "succeeded");
  await expect(taskRow(page, runId, "one")).toHaveAttribute("data-status", "succeeded");
  await expect(page.getByRole("button", { name: "1 succeeded" })).toBeVisible();
  expect(asked.filter((path) => path.endsWith("/state"))).toEqual([]);
});

test("a connection that is cut says so, comes again, and has lost nothing", async ({
  page,
  workspace,
  signIn,
  baseURL,
}) => {
  const line = await weakLineTo(baseURL ?? "");
  try {
    const runId = await makeGoingRun(workspace, three);
    await signIn(workspace.viewer);
    await page.goto(`${line.url}/w/${workspace.slug}/runs/${runId}?view=tasks&sort=name`);
    await expect(live(page)).toBeVisible();
    line.cut();
    await expect(page.getByText(/^reconnecting, as of/)).toBeVisible();
    await moveTask(runId, "one", "running");
    await moveTask(runId, "two", "running");
    await moveTask(runId, "one", "succeeded");
    line.mend();
    await expect(taskRow(page, runId, "one")).toHaveAttribute("data-status", "succeeded");
    await expect(taskRow(page, runId, "two")).toHaveAttribute("data-status", "running");
    await expect(live(page)).toBeVisible({ timeout: 20_000 });
    await moveTask(runId, "three", "running");
    await expect(taskRow(page, runId, "three")).toHaveAttribute("data-status", "running");
  } finally {
    await line.close();
  }
});

test("two tabs of a run share a connection; when one is closed the other has it", async ({
  page,
  context,
  workspace,
  signIn,
}) => {
  const runId = await makeGoingRun(workspace, three);
  await signIn(workspace.viewer);
  const streams = streamsOf(context);
  const address = `/w/${workspace.slug}/runs/${runId}?view=tasks&sort=name`;
  await page.goto(address);
  await expect(live(page)).toBeVisible();
  const second = await context.newPage();
  await second.goto(address);
  await expect(live(second)).toBeVisible();
  await moveTask(runId, "one", "running");
  for (const tab of [page, second])
    await expect(taskRow(tab, runId, "one")).toHaveAttribute("data-status", "running");
  expect(streams).toHaveLength(1);

  await page.close();
  await expect.poll(() => streams.length).toBe(2);
  await moveTask(runId, "two", "running");
  await expect(taskRow(second, runId, "two")).toHaveAttribute("data-status", "running");
});

test("a hidden tab lets go of its connection and has caught up when it is looked at again", async ({
  page,
  workspace,
  signIn,
}) => {
  const runId = await makeGoingRun(workspace, three);
  await signIn(workspace.viewer);
  const streams = streamsOf(page);
  await page.goto(`/w/${workspace.slug}/runs/${runId}?view=tasks&sort=name`);
  await expect(live(page)).toBeVisible();
  const left = page.waitForEvent("requestfailed", { predicate: isStream, timeout: 20_000 });
  await show(page, "hidden");
  await left;
  await moveTask(runId, "one", "running");
  await moveTask(runId, "two", "running");
  await show(page, "visible");
  await expect(taskRow(page, runId, "one")).toHaveAttribute("data-status", "running");
  await expect(taskRow(page, runId, "two")).toHaveAttribute("data-status", "running");
  expect(streams.length).toBeGreaterThanOrEqual(2);
});

test("the page follows a run to its end and then rests", async ({ page, workspace, signIn }) => {
  const runId = await makeGoingRun(workspace, { only: [] });
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/runs/${runId}`);
  await expect(live(page)).toBeVisible();
  await moveTask(runId, "only", "failed");
  await expect(page.getByLabel("Failures")).toContainText("Failure 1 of 1");
  await expect(page.getByText(/^as of/)).toBeVisible();
  await expect(live(page)).toHaveCount(0);
});

test("the graph is walked with the arrow keys, and says what it walks over", async ({
  page,
  workspace,
  signIn,
}) => {
  const runId = await openDiamond(page, workspace, signIn);
  const box = (nodeId: string) => page.getByTestId(`graph-box-${nodeId}`);
  await expect(box("load")).toHaveAttribute("aria-current", "true");
  await expect(box("merge")).toHaveAccessibleName(/^merge: .*; 2 upstream: .*; nothing waits for it$/);
  await expect(box("load")).toHaveAccessibleName(/; begins the run; 2 downstream: /);
  const before = await box("merge").boundingBox();

  await box("load").focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator('[data-testid^="graph-box-"]:focus')).toHaveAccessibleName(/^(split|align): /);
  await page.keyboard.press("ArrowRight");
  await expect(box("merge")).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`task=${runId}.merge`));
  await page.keyboard.press("ArrowRight");
  await expect(box("merge")).toBeFocused();

  // A change of a status moves no box.
  await moveTask(runId, "split", "running");
  await expect(box("split")).toHaveAttribute("data-status", "running");
  expect(await box("merge").boundingBox()).toEqual(before);
});

test("the outline says what the canvas says, box by box, and is walked the same way", async ({
  page,
  workspace,
  signIn,
}) => {
  await openDiamond(page, workspace, signIn);
  const names = (testId: string) =>
    page
      .locator(`[data-testid^="${testId}"]`)
      .evaluateAll((all) =>
        all.map(
          (each) =>
            each.getAttribute("aria-label") ?? each.querySelector("button")?.getAttribute("aria-label"),
        ),
      );
  await expect(page.getByTestId("graph-box-merge")).toBeVisible();
  const drawn = await names("graph-box-");
  expect(drawn).toHaveLength(4);
  await page.getByRole("button", { name: "Outline" }).click();
  await expect(page.getByRole("table", { name: "Outline of the graph" })).toBeVisible();
  await expect(page.getByTestId("graph-box-merge")).toHaveCount(0);
  expect((await names("outline-row-")).sort()).toEqual(drawn.sort());

  await page.getByTestId("outline-row-load").getByRole("button").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByTestId("outline-row-merge").getByRole("button")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(page.getByTestId("outline-row-load").getByRole("button")).toBeFocused();
  expect(await axeFindings(page)).toEqual([]);
});

test("the Gantt shows a part of the time, and all of it again", async ({ page, workspace, signIn }) => {
  const runId = await makeGoingRun(workspace, three);
  await moveTask(runId, "one", "running");
  await moveTask(runId, "one", "succeeded");
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/runs/${runId}?task=${runId}.one`);
  await page.getByRole("button", { name: "Zoom to the selected task" }).click();
  await expect(page).toHaveURL(/zoom=\d+(,|%2C)\d+/);
  await page.getByRole("button", { name: "Draw idle time short" }).click();
  await expect(page).toHaveURL(/idle=short/);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Show the whole run" }).click();
  await expect(page).not.toHaveURL(/zoom=/);
});
