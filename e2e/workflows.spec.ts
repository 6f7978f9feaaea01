import type { Page } from "@playwright/test";
import { axeFindings, expect, test } from "./fixtures";
import { makeDataset } from "./input-world";
import type { Workspace } from "./people";

interface Node {
  id: string;
  upstreamNodeIds?: string[];
  executorConfig?: { durationMs: number };
  executorType?: string;
  nodeType?: string;
}

/** A graph of sleeps, as one would type it. */
const graph = (...nodes: Node[]) =>
  JSON.stringify(
    { nodes: nodes.map((node) => ({ nodeType: "sleep", executorType: "builtin", ...node })) },
    null,
    2,
  );

const quick = { executorConfig: { durationMs: 10 } };
const twoSteps = graph({ id: "first", ...quick }, { id: "second", upstreamNodeIds: ["first"], ...quick });

const field = (page: Page) => page.getByRole("textbox", { name: "Graph as JSON" });

/** What is typed while the page comes alive meets the example that stands there. */
async function writeGraph(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await field(page).fill(text);
    await expect(field(page)).toHaveValue(text, { timeout: 500 });
  }).toPass();
}

async function createWorkflow(page: Page, { slug }: Workspace, name: string, text: string): Promise<string> {
  await page.goto(`/w/${slug}/workflows/new`);
  await writeGraph(page, text);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create workflow" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** In both themes. */
async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    // Without motion: colours on their way from one theme to the other are no colours of either.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await axeFindings(page)).toEqual([]);
  }
}

test("a graph that could not run is refused with every problem named, and the text is kept", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/workflows`);
  await expect(page.getByRole("heading", { name: "No workflows so far" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "New workflow" }).click();

  const bad = graph(
    { id: "a", upstreamNodeIds: ["b"] },
    { id: "b", upstreamNodeIds: ["a"] },
    { id: "c", upstreamNodeIds: ["gone"], executorType: "quantum" },
    { id: "c", nodeType: "teleport" },
  );
  await writeGraph(page, bad);
  const problems = page.getByRole("region", { name: "Problems of the graph" });
  await expect(problems.getByRole("heading")).toHaveText("5 problems");
  await expect(problems.getByRole("button", { name: /wait for each other.*“a”.*“b”/ })).toBeVisible();
  await expect(
    problems.getByRole("button", { name: /waits for “gone”, and there is no such node/ }),
  ).toBeVisible();
  await expect(problems.getByRole("button", { name: /asks for the executor “quantum”/ })).toBeVisible();
  await expect(problems.getByRole("button", { name: /is a “teleport”.*nodes\[3\].nodeType/ })).toBeVisible();
  await expect(
    problems.getByRole("button", { name: /line \d+.*The id “c” is taken by nodes\[2\].*nodes\[3\].id/ }),
  ).toBeVisible();

  await page.getByLabel("Name", { exact: true }).fill("night shift");
  await page.getByRole("button", { name: "Create workflow" }).click();
  await expect(page.getByText("The graph has 5 problems. Nothing was saved.")).toBeVisible();
  await expect(field(page)).toHaveValue(bad);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("night shift");
  await expectAccessible(page);

  await writeGraph(page, twoSteps);
  await expect(problems).toContainText("2 nodes, no problems");
  await page.getByRole("button", { name: "Create workflow" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "night shift" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Not published");
});

test("a version is saved and published, and two versions are compared on one drawing", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  const path = await createWorkflow(page, workspace, "compared", twoSteps);

  await page.getByRole("link", { name: "Edit" }).click();
  const next = graph(
    { id: "first", executorConfig: { durationMs: 20 } },
    { id: "third", upstreamNodeIds: ["first"], ...quick },
  );
  await writeGraph(page, next);
  await page.getByLabel("What is new").fill("third instead of second");
  await page.getByRole("checkbox", { name: /Publish it/ }).check();
  await page.getByRole("button", { name: "Save version 2" }).click();
  await expect(page).toHaveURL(/version=2/);
  const versions = page.getByRole("region", { name: "Versions" });
  await expect(versions.getByRole("listitem").first()).toContainText("published");
  await expect(versions.getByRole("listitem").first()).toContainText("third instead of second");

  await page.getByRole("link", { name: "Compare version 2 with version 1" }).click();
  await expect(page).toHaveURL(/version=2&against=1/);
  const changes = page.getByRole("region", { name: "Version 2 against version 1" });
  await expect(changes.getByRole("button", { name: /second.*removed/ }).first()).toBeVisible();
  await expect(changes.getByRole("button", { name: /third.*added/ }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^third: added/ })).toBeVisible();
  await page.keyboard.press("n");
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/node=first/);
  await expect(changes).toContainText("executorConfig.durationMs");
  await expectAccessible(page);

  await page.goto(path);
  const exported = await page.request.get(`/api${path}/export?version=2`);
  expect(await exported.json()).toMatchObject({ strata: "workflow/1", name: "compared" });

  await page.goto(`/w/${workspace.slug}/workflows`);
  const row = page.getByRole("table", { name: "Workflows" }).getByRole("row").nth(1);
  await expect(row).toContainText("compared");
  await expect(row).toContainText("v2");
  await expectAccessible(page);
});

test("two who save on top of the same version: the second is told, keeps the text and can go on", async ({
  page,
  context,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  const path = await createWorkflow(page, workspace, "contended", twoSteps);
  const other = await context.newPage();
  await other.goto(`${path}/edit`);
  await page.goto(`${path}/edit`);
  await writeGraph(page, graph({ id: "mine", ...quick }));
  await page.getByRole("button", { name: "Save version 2" }).click();
  await expect(page).toHaveURL(/version=2/);

  const theirs = graph({ id: "theirs", ...quick });
  await field(other).fill(theirs);
  await other.getByRole("button", { name: "Save version 2" }).click();
  await expect(other.getByText(/Version 2 was saved while you worked on version 1/)).toBeVisible();
  await expect(field(other)).toHaveValue(theirs);
  await other.getByRole("button", { name: "Save on top of version 2" }).click();
  await other.getByRole("button", { name: "Save version 3" }).click();
  await expect(other).toHaveURL(/version=3/);
});

test("a run bound to a dataset is started once, however often one clicks, and worked to its end", async ({
  page,
  workspace,
  signIn,
}) => {
  test.setTimeout(120_000);
  const dataset = await makeDataset(workspace);
  await signIn(workspace.owner);
  const path = await createWorkflow(page, workspace, "bound", twoSteps);
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.getByRole("main")).toContainText("Version 1 is published");

  await page.getByRole("link", { name: "Start run" }).click();
  await expect(page).toHaveURL(new RegExp(`${path}/start`));
  await page.getByRole("searchbox", { name: "Find assets and datasets" }).fill(dataset.name);
  await page
    .getByRole("list", { name: "Assets and datasets" })
    .getByRole("button", { name: new RegExp(`${dataset.name}.*dataset`) })
    .click();
  await expect(page.getByText("2 assets, each once: 6 files")).toBeVisible();
  await page.getByLabel(`Version of ${dataset.name}`).selectOption(`${dataset.id}@v1`);
  await expect(page.getByText("1 asset, each once: 3 files")).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`dataset=${dataset.id}`));
  await expectAccessible(page);

  await page.getByRole("button", { name: "Start run of 2 tasks" }).dblclick();
  await expect(page).toHaveURL(new RegExp(`/w/${workspace.slug}/runs/run-`), { timeout: 30_000 });
  const status = page.getByRole("heading", { level: 1 }).getByRole("status");
  await expect(status).toHaveText("Succeeded", { timeout: 60_000 });

  const { runs } = await (await page.request.get(`/api/w/${workspace.slug}/runs`)).json();
  expect(runs).toHaveLength(1);
  expect(runs[0].inputs[0]).toMatchObject({ kind: "dataset", id: dataset.id });

  // Again with the same inputs, from where they are told.
  await page.goto(`${path}?tab=inputs`);
  await page.getByRole("link", { name: "Start with these" }).click();
  await expect(page.getByRole("list", { name: "Chosen inputs" })).toContainText(dataset.name);
  await expect(page.getByText("1 asset, each once: 3 files")).toBeVisible();
});

test("a run without what it works on cannot be started: the form says what is missing, and takes it", async ({
  page,
  workspace,
  signIn,
}) => {
  const dataset = await makeDataset(workspace);
  await signIn(workspace.owner);
  const path = await createWorkflow(page, workspace, "hungry", graph({ id: "look", nodeType: "probe" }));
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.getByRole("main")).toContainText("Version 1 is published");

  await page.goto(`${path}/start`);
  const start = page.getByRole("button", { name: "Start run of 1 task" });
  const missing = page.getByRole("alert").filter({ hasText: "Something to work on is missing" });
  await expect(missing).toContainText("Choose at least one asset or dataset above.");
  await expect(start).toBeDisabled();
  await expectAccessible(page);

  // A link to an input that is not there any more, or is somebody else's.
  await page.goto(`${path}/start?asset=asset-of-nobody`);
  const chosen = page.getByRole("list", { name: "Chosen inputs" });
  await expect(chosen).toContainText("no longer in this workspace");
  await expect(page.getByText(/There is no asset asset-of-nobody/)).toBeVisible();
  await expect(start).toBeDisabled();
  await chosen.getByRole("button", { name: "Remove asset-of-nobody" }).click();
  await expect(missing).toBeVisible();

  await page.getByRole("searchbox", { name: "Find assets and datasets" }).fill(dataset.name);
  await page
    .getByRole("list", { name: "Assets and datasets" })
    .getByRole("button", { name: new RegExp(`${dataset.name}.*dataset`) })
    .click();
  await expect(page.getByText("2 assets, each once: 6 files")).toBeVisible();
  await expect(missing).toBeHidden();
  await expect(start).toBeEnabled();
});

test("who may only look sees versions and graph, and nothing to start or change", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  const path = await createWorkflow(page, workspace, "looked at", twoSteps);
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/workflows`);
  await expect(page.getByRole("link", { name: "looked at" })).toBeVisible();
  await expect(page.getByRole("link", { name: /Start run|New workflow/ })).toHaveCount(0);
  await page.goto(path);
  await expect(page.getByRole("button", { name: /^first: sleep by builtin/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /Start run|Edit/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /Publish/ })).toHaveCount(0);
  for (const forbidden of ["start", "edit"]) {
    await page.goto(`${path}/${forbidden}`);
    await expect(page.getByRole("heading", { name: "Your role does not open this page" })).toBeVisible();
  }
});
