import { expect, test } from "./fixtures";
import { makeWorkspace } from "./people";

const pages = (slug: string, episode: string, run: string) => [
  `/w/${slug}`,
  `/w/${slug}/runs`,
  `/w/${slug}/runs/${run}`,
  `/w/${slug}/logs`,
  `/w/${slug}/logs/${episode}`,
  `/w/${slug}/archive`,
];

test("a workspace of others answers like one that does not exist", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("private", [{ message: "nobody else reads this" }]);
  const stranger = await makeWorkspace();
  await signIn(stranger.owner);
  const foreign = pages(workspace.slug, "private", "run-x");
  const invented = pages("e2e-never-made", "private", "run-x");
  for (const [index, path] of foreign.entries()) {
    const real = await page.goto(path);
    const realText = await page.getByRole("main").textContent();
    const random = await page.goto(invented[index] ?? "");
    const randomText = await page.getByRole("main").textContent();
    expect(real?.status(), path).toBe(404);
    expect(random?.status()).toBe(404);
    expect(realText?.replaceAll(workspace.slug, "…")).toBe(randomText?.replaceAll("e2e-never-made", "…"));
    expect(realText).not.toContain("nobody else reads this");
  }
});

test("an episode of another workspace answers like one that was never written", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await sendLogs("shared-name", [{ message: "the owner's own line" }]);
  const other = await makeWorkspace();
  await signIn(other.owner);
  for (const part of ["rows?from=0", "summary", "entry?seq=0", "overview?buckets=10"]) {
    const foreign = await page.request.get(`/api/w/${other.slug}/logs/shared-name/${part}`);
    const random = await page.request.get(`/api/w/${other.slug}/logs/never-written/${part}`);
    expect(foreign.status(), part).toBe(404);
    expect(random.status(), part).toBe(404);
    const stranger = await page.request.get(`/api/w/${workspace.slug}/logs/shared-name/${part}`);
    expect(stranger.status(), part).toBe(404);
    expect(await stranger.text()).not.toContain("owner's own line");
  }
});

test("both workspaces may use one episode id and see only their own lines", async ({
  page,
  workspace,
  signIn,
  sendLogs,
  request,
}) => {
  await sendLogs("train-1", [{ message: "ours" }]);
  const other = await makeWorkspace();
  const answer = await request.post("/api/v1/logs", {
    headers: {
      authorization: `Bearer ${other.token}`,
      "content-type": "application/x-ndjson",
      "x-strata-episode": "train-1",
    },
    data: JSON.stringify({ message: "theirs" }),
  });
  expect(answer.status()).toBe(200);
  for (const [place, line, foreignLine] of [
    [workspace, "ours", "theirs"],
    [other, "theirs", "ours"],
  ] as const) {
    await signIn(place.owner);
    const rows = await page.request.get(`/api/w/${place.slug}/logs/train-1/rows?from=0`);
    const text = await rows.text();
    expect(text).toContain(`"${line}"`);
    expect(text).not.toContain(`"${foreignLine}"`);
  }
});

test("programs without a valid token learn nothing and land nothing", async ({ request, workspace }) => {
  const bodies: string[] = [];
  for (const authorization of ["", "Bearer nonsense", `Bearer strata_${"A".repeat(43)}`]) {
    const answer = await request.post("/api/v1/logs", {
      headers: {
        ...(authorization && { authorization }),
        "x-strata-episode": "intruder",
        "content-type": "application/x-ndjson",
      },
      data: JSON.stringify({ message: "intruder" }),
    });
    expect(answer.status()).toBe(401);
    const { error } = await answer.json();
    bodies.push(`${error.code}: ${error.message}`);
  }
  expect(new Set(bodies).size).toBe(1);
  expect(workspace.token).not.toBe("");
});
