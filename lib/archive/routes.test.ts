import { beforeAll, describe, expect, test, vi } from "vitest";
import { GET as getRetention } from "@/app/api/w/[workspace]/archive/retention/route";
import { GET as getSweep } from "@/app/api/w/[workspace]/archive/sweep/route";
import { GET as getActs } from "@/app/api/w/[workspace]/logs/[episodeId]/acts/route";
import { GET as getManifest } from "@/app/api/w/[workspace]/logs/[episodeId]/manifest/route";
import {
  GET as getRestores,
  POST as postRestores,
} from "@/app/api/w/[workspace]/logs/[episodeId]/restores/route";
import { POST as postScrub } from "@/app/api/w/[workspace]/logs/[episodeId]/scrub/route";
import { GET as getVerify } from "@/app/api/w/[workspace]/logs/[episodeId]/verify/route";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import { objectStore } from "@/lib/objects/store";
import { everything } from "@/lib/testing/archive";
import { chunkAt } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { logLines, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { createPerson, createWorkspace, join, signedInCookie } from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import { archiveEpisode } from "./archiver";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

const routes = { manifest: getManifest, verify: getVerify, restores: getRestores, acts: getActs };
let slug = "";
let scope: WorkspaceScope;
let cookies: Record<"viewer" | "editor" | "admin" | "stranger", string>;

beforeAll(async () => {
  const workspace = await createWorkspace();
  slug = workspace.slug;
  const found = await scopeForCommand(slug);
  if (!found) throw new Error("The workspace is not there");
  scope = found;
  const [viewer, editor, stranger] = [await createPerson(), await createPerson(), await createPerson()];
  const admin = await createPerson();
  await join(workspace, admin, "admin");
  await join(workspace, viewer, "viewer");
  await join(workspace, editor, "editor");
  cookies = {
    viewer: await signedInCookie(viewer),
    editor: await signedInCookie(editor),
    admin: await signedInCookie(admin),
    stranger: await signedInCookie(stranger),
  };
});

async function episodeOf(name: string): Promise<string> {
  await uploadLines(scope, name, logLines(250), { settings: { chunkSize: 100 } });
  await archiveEpisode(scope, name, everything);
  return name;
}

function ask(route: keyof typeof routes, episodeId: string, query = ""): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/w/${slug}/logs/${episodeId}/${route}${query}`);
  return routes[route](request, { params: Promise.resolve({ workspace: slug, episodeId }) });
}

function post(episodeId: string, body: unknown): Promise<Response> {
  const headers = { origin: "http://localhost:3000" };
  const request = new Request(`http://localhost:3000/api/w/${slug}/logs/${episodeId}/restores`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  return postRestores(request, { params: Promise.resolve({ workspace: slug, episodeId }) });
}

function scrub(episodeId: string, query = ""): Promise<Response> {
  const address = `http://localhost:3000/api/w/${slug}/logs/${episodeId}/scrub${query}`;
  const request = new Request(address, { method: "POST", headers: { origin: "http://localhost:3000" } });
  return postScrub(request, { params: Promise.resolve({ workspace: slug, episodeId }) });
}

function askWorkspace(route: typeof getSweep, path: string): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/w/${slug}/archive/${path}`);
  return route(request, { params: Promise.resolve({ workspace: slug }) });
}

async function linesOf(response: Response): Promise<Record<string, unknown>[]> {
  return (await response.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("a member", () => {
  test("sees a check while it is made, and its result last", async () => {
    const episodeId = await episodeOf("checked");
    arrive(cookies.viewer);
    const lines = await linesOf(await ask("verify", episodeId));
    expect(lines.slice(0, 3)).toEqual([1, 2, 3].map((checked) => ({ kind: "progress", checked, chunks: 3 })));
    expect(lines.at(-1)).toMatchObject({ kind: "result", ok: true, archivedRows: 250, problems: [] });

    await objectStore().delete((await chunkAt(scope, episodeId, 1)).src);
    const bad = (await linesOf(await ask("verify", episodeId))).at(-1);
    expect(bad).toMatchObject({ kind: "result", ok: false, moving: false });
    expect(String(bad?.problems)).toContain("Chunk 1: its object");
  });

  test("downloads the manifest as a file of its name", async () => {
    const episodeId = await episodeOf("listed:1");
    arrive(cookies.viewer);
    const response = await ask("manifest", episodeId);
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="listed_1.manifest"');
    expect(await response.text()).toMatch(/^#head [0-9a-f]{64}$/m);
  });

  test("asks for a restore when the role allows it, after having seen its cost", async () => {
    const episodeId = await episodeOf("restored");
    arrive(cookies.viewer);
    expect((await post(episodeId, { from: "0", to: "10" })).status).toBe(403);
    const cost = await ask("restores", episodeId, "?from=0&to=10");
    expect(await cost.json()).toMatchObject({ from: "0", to: "99", chunks: 1, rows: 100, fits: true });
    expect((await ask("restores", episodeId, "?from=10&to=1")).status).toBe(400);
    expect((await ask("restores", episodeId, "?from=900&to=901")).status).toBe(404);

    arrive(cookies.editor);
    expect((await post(episodeId, { from: 1.5 })).status).toBe(400);
    expect((await post(episodeId, null)).status).toBe(400);
    expect((await post(episodeId, { from: "0", to: "9999999999999999999" })).status).toBe(400);
    const asked = await post(episodeId, { from: "0", to: "10", hours: 2 });
    expect(asked.status).toBe(202);
    const { restoreId } = await asked.json();
    expect(await (await ask("restores", episodeId)).json()).toMatchObject({
      restores: [{ restoreId, state: "copying", from: "0", to: "99" }],
    });
  });
});

describe("a scrub that somebody watches", () => {
  test("is for those who may write, tells each chunk, and leaves what it found on the chunks", async () => {
    const episodeId = await episodeOf("watched");
    await objectStore().delete((await chunkAt(scope, episodeId, 2)).src);
    arrive(cookies.viewer);
    expect((await scrub(episodeId)).status).toBe(403);
    expect(await chunkAt(scope, episodeId, 2)).toMatchObject({ state: "verified" });

    arrive(cookies.editor);
    expect((await scrub(episodeId, "?chunk=x")).status).toBe(400);
    expect(await linesOf(await scrub(episodeId, "?chunk=0"))).toMatchObject([
      { kind: "progress", chunksChecked: 1, chunks: 1, problems: 0 },
      { kind: "result", state: "done", chunksChecked: 1, problems: [] },
    ]);
    const lines = await linesOf(await scrub(episodeId));
    expect(lines.map(({ kind, chunksChecked }) => [kind, chunksChecked])).toEqual([
      ["progress", 1],
      ["progress", 2],
      ["progress", 3],
      ["result", 3],
    ]);
    expect(String(lines.at(-1)?.problems)).toContain("Chunk 2: its object");
    expect(await chunkAt(scope, episodeId, 2)).toMatchObject({ state: "missing" });
  });

  test("gives its place back when it has ended, and one too many is told when to come again", async () => {
    const episodeId = await episodeOf("crowded");
    arrive(cookies.editor);
    const open = [await scrub(episodeId), await scrub(episodeId)];
    const refused = await scrub(episodeId);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "20"]);
    for (const answer of open) await answer.text();
    const answer = await scrub(episodeId);
    expect(answer.status).toBe(200);
    await answer.text();
  });
});

test("previews of a workspace's archive say what would go, to those who may have it go", async () => {
  const episodeId = await episodeOf("swept");
  arrive(cookies.editor);
  expect((await askWorkspace(getSweep, "sweep")).status).toBe(403);
  expect((await askWorkspace(getRetention, "retention?days=0")).status).toBe(400);
  expect(await (await askWorkspace(getRetention, "retention?days=1")).json()).toMatchObject({ chunks: 0 });
  arrive(cookies.admin);
  const sweep = await (await askWorkspace(getSweep, "sweep")).json();
  expect(sweep).toMatchObject({ orphans: [], total: { objects: 0 }, olderThanHours: 24 });
  expect(await (await ask("acts", episodeId)).json()).toMatchObject({ chunks: 3, hotRows: 0, holds: [] });
});

test("a range is also given by the times of its rows", async () => {
  const episodeId = await episodeOf("timed");
  arrive(cookies.viewer);
  const { startTime, endTime } = await chunkAt(scope, episodeId, 1);
  const span = new URLSearchParams({ since: startTime.toISOString(), until: endTime.toISOString() });
  const cost = await (await ask("restores", episodeId, `?${span}`)).json();
  expect(cost).toMatchObject({ from: "100", to: "199", chunks: 1, rows: 100 });
  expect((await ask("restores", episodeId, "?since=yesterday&until=today")).status).toBe(400);
  const nowhere = new URLSearchParams({ since: "2001-01-01T00:00:00Z", until: "2001-01-02T00:00:00Z" });
  expect((await ask("restores", episodeId, `?${nowhere}`)).status).toBe(404);
});

test("a stranger gets 404 and somebody signed out 401; an unknown episode is 404", async () => {
  const episodeId = await episodeOf("private");
  for (const route of ["manifest", "verify", "restores", "acts"] as const) {
    arrive(cookies.stranger);
    expect((await ask(route, episodeId)).status).toBe(404);
    arrive(undefined);
    expect((await ask(route, episodeId)).status).toBe(401);
    arrive(cookies.viewer);
    expect((await ask(route, "nowhere")).status).toBe(404);
  }
});
