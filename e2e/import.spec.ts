import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, runImport, test } from "./fixtures";

/* The commands as a person types them, and what the pages show afterwards. */

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-import-"));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const task = (id: string, parents: string[], children: string[]) => ({
  id,
  name: id.replace(/_\d+$/, ""),
  parents,
  children,
  inputFiles: [],
  outputFiles: [],
});

const workflow = {
  name: "diamond",
  description: "four tasks, four edges",
  createdAt: "2026-03-01T08:00:00Z",
  schemaVersion: "1.5",
  runtimeSystem: { name: "Journey", version: "1", url: "https://example.org" },
  workflow: {
    specification: {
      tasks: [
        task("split_1", [], ["work_1", "work_2"]),
        task("work_1", ["split_1"], ["join_1"]),
        task("work_2", ["split_1"], ["join_1"]),
        task("join_1", ["work_1", "work_2"], []),
      ],
      files: [],
    },
    execution: {
      makespanInSeconds: 30,
      executedAt: "2026-03-01T08:00:00+00:00",
      tasks: ["split_1", "work_1", "work_2", "join_1"].map((id, index) => ({
        id,
        runtimeInSeconds: 4 + index,
        command: { program: "step", arguments: [id] },
        machines: ["node-1"],
      })),
      machines: [{ nodeName: "node-1" }],
    },
  },
};

test("a WfFormat file becomes a run on screen, and a second import adds nothing", async ({
  page,
  workspace,
  signIn,
}) => {
  const file = join(folder, "diamond.json.gz");
  writeFileSync(file, gzipSync(JSON.stringify(workflow)));
  for (const time of ["first", "second"]) {
    const { status, output } = await runImport("wfformat", file, "--workspace", workspace.slug);
    expect(status, output).toBe(0);
    expect(output.trim().split("\n").at(-1), time).toBe("imported 4 tasks, 4 edges");
  }
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/runs`);
  const rows = page.getByRole("table", { name: /runs/i }).getByRole("row", { name: /diamond/ });
  await expect(rows).toHaveCount(1);
  await rows.getByRole("link").first().click();
  await expect(page.getByLabel(/^Graph of 4 tasks/)).toBeVisible();
});

test("a log file becomes an episode, its broken lines are named and kept, and the good ones land once", async ({
  page,
  workspace,
  signIn,
}) => {
  const file = join(folder, "mixed.ndjson");
  writeFileSync(
    file,
    ['{"message":"one"}', "{broken", '{"message":"three","level":"WARNING"}', ""].join("\n"),
  );
  for (const _ of ["first", "second"]) {
    const { status, output } = await runImport(
      "logs",
      file,
      "--episode",
      "mixed",
      "--workspace",
      workspace.slug,
    );
    expect(status, output).toBe(1);
    expect(output).toContain("accepted 2 rows, rejected 1");
    expect(output).toMatch(/mixed\.ndjson.*2/);
    expect(output).not.toMatch(/^\s+at /m);
  }
  rmSync("mixed.ndjson.rejected.ndjson", { force: true });
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}/logs/mixed`);
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "2");
  await expect(page.locator('[data-seq="1"]')).toContainText("three");
});

const dangling = structuredClone(workflow);
dangling.workflow.specification.tasks[3]?.parents.push("nobody");
const cyclic = structuredClone(workflow);
cyclic.workflow.specification.tasks[0]?.parents.push("join_1");
cyclic.workflow.specification.tasks[3]?.children.push("split_1");

for (const [name, content, words] of [
  ["broken JSON", "{ not json", /JSON/],
  ["a dangling parent", JSON.stringify(dangling), /tasks\[3\]\.parents.*nobody/],
  ["a cycle", JSON.stringify(cyclic), /cycl/i],
] as const) {
  test(`${name} gets one clear error that names the place, and stores nothing`, async ({
    page,
    workspace,
    signIn,
  }) => {
    const file = join(folder, `${name.replaceAll(" ", "-")}.json`);
    writeFileSync(file, content);
    const { status, output } = await runImport("wfformat", file, "--workspace", workspace.slug);
    expect(status).toBe(1);
    expect(output).toMatch(words);
    expect(output).not.toMatch(/^\s+at /m);
    await signIn(workspace.viewer);
    const { runs } = await (await page.request.get(`/api/w/${workspace.slug}/runs`)).json();
    expect(runs).toEqual([]);
  });
}

test("an unknown workspace, a wrong episode and a missing file are named", async ({ workspace }) => {
  const file = join(folder, "one.ndjson");
  writeFileSync(file, '{"message":"one"}\n');
  for (const [args, words] of [
    [["logs", file, "--episode", "x", "--workspace", "no-such-place"], /no-such-place/],
    [["logs", file, "--episode", "not an id!", "--workspace", workspace.slug], /episode/i],
    [
      ["logs", join(folder, "absent.ndjson"), "--episode", "x", "--workspace", workspace.slug],
      /absent\.ndjson/,
    ],
    [["wfformat", join(folder, "absent.json"), "--workspace", workspace.slug], /absent\.json/],
  ] as const) {
    const { status, output } = await runImport(...args);
    expect(status, output).toBe(1);
    expect(output).toMatch(words);
    expect(output).not.toMatch(/^\s+at /m);
  }
});
