import { beforeAll, describe, expect, test, vi } from "vitest";
import { GET as forPrograms } from "@/app/api/v1/logs/export/route";
import { GET } from "@/app/api/w/[workspace]/logs/[episodeId]/export/route";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { issueApiToken } from "@/lib/auth/issue-token";
import type { Permission } from "@/lib/auth/roles";
import { everything } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { sha256, withoutTrailer } from "@/lib/testing/export";
import { logLines, messagesOf, uploadLines, walkEpisode } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { createPerson, createWorkspace, join, memberScope, signedInCookie } from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import { countRows, getHistogram } from "../queries";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

const episodeId = "train:7";
const rowCount = 600;
let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let scope: WorkspaceScope;
let cookie = "";

beforeAll(async () => {
  workspace = await createWorkspace();
  const member = await createPerson();
  await join(workspace, member, "viewer");
  cookie = await signedInCookie(member);
  scope = await memberScope("owner", workspace);
  const settings = { chunkSize: 150, archiveThreshold: 100, keepHot: 100 };
  await uploadLines(scope, episodeId, logLines(rowCount), { settings });
});

function ask(query = "", id = episodeId): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/w/${workspace.slug}/logs/${id}/export?${query}`);
  return GET(request, { params: Promise.resolve({ workspace: workspace.slug, episodeId: id }) });
}

async function tokenWith(...scopes: Permission[]): Promise<string> {
  const issued = await issueApiToken(scope, { name: "exports", scopes, days: 1 });
  if (!issued.ok) throw new Error(issued.code);
  return issued.token;
}

describe("the file", () => {
  test("has a safe name, is not changed on the way, and proves itself", async () => {
    arrive(cookie);
    const response = await ask("to=99");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="train_7_0-99.jsonl"');
    expect(response.headers.get("content-type")).toContain("application/x-ndjson");
    expect(response.headers.get("cache-control")).toBe("no-store, no-transform");
    const { body, trailer } = withoutTrailer(await response.text());
    expect(trailer).toMatchObject({
      workspace: workspace.slug,
      rows: "100",
      next: "100",
      sha256: sha256(body),
    });
    const csv = await ask("format=csv");
    expect(csv.headers.get("content-type")).toContain("text/csv");
    await csv.body?.cancel();
  });

  test("agrees with pages, count and histogram while the archiver runs", async () => {
    arrive(cookie);
    const archiving = archiveEpisode(scope, episodeId, everything);
    for (let round = 0; round < 4; round++) {
      const [text, pages, counted, histogram] = await Promise.all([
        ask().then((response) => response.text()),
        walkEpisode(scope, episodeId),
        countRows(scope, episodeId, { levels: [], time: { from: null, to: null } }),
        getHistogram(scope, episodeId, { from: null, to: null, bars: 20 }),
      ]);
      const { body, trailer } = withoutTrailer(text);
      const lines = body.split("\n").filter(Boolean);
      expect(lines.map((line) => JSON.parse(line).message)).toEqual(messagesOf(pages));
      expect([Number(trailer.rows), counted?.total, histogram?.total]).toEqual([
        rowCount,
        rowCount,
        rowCount,
      ]);
    }
    expect(await archiving).toMatchObject({ outcome: "done" });
  });

  test("is foretold by its estimate", async () => {
    arrive(cookie);
    for (const query of ["", "levels=error,fatal", "from=100&to=549", "from=590"]) {
      const { trailer } = withoutTrailer(await (await ask(query)).text());
      const estimate = await (await ask(`${query}&only=estimate`)).json();
      expect(estimate).toMatchObject({ rows: Number(trailer.rows), exact: true });
      expect(estimate.bytes / Number(trailer.bytes)).toBeGreaterThan(0.8);
      expect(estimate.bytes / Number(trailer.bytes)).toBeLessThan(1.25);
    }
    expect(await (await ask("text=line 5&from=10&to=20&only=estimate")).json()).toMatchObject({
      rows: 11,
      exact: false,
    });
  });
});

test("what is asked for wrongly is refused by its name", async () => {
  arrive(cookie);
  for (const [query, named] of [
    ["format=xml", "format"],
    ["from=-1", "from"],
    ["from=1&after=1", "after"],
    ["to=x", "to"],
    ["format=csv&columns=level,secrets", "secrets"],
    ["columns=level", "columns"],
    ["format=csv&timezone=Mars/Base", "timezone"],
    ["timezone=Europe/Berlin", "timezone"],
    ["mode=regex&text=(", "text"],
  ] as const) {
    const response = await ask(query);
    expect({ query, status: response.status }).toEqual({ query, status: 400 });
    expect(await response.text()).toContain(named);
  }
});

describe("who may have it", () => {
  test("a member, and a program whose token may read", async () => {
    const token = await tokenWith("logs:read");
    arrive(undefined, { authorization: `Bearer ${token}` });
    const { trailer: own } = withoutTrailer(await (await ask()).text());
    expect(own).toMatchObject({ complete: true, rows: String(rowCount) });
    const address = `http://localhost:3000/api/v1/logs/export?episode=${episodeId}&only=trailer`;
    const headers = { authorization: `Bearer ${token}` };
    const trailer = await (await forPrograms(new Request(address, { headers }))).json();
    expect(trailer).toMatchObject({ complete: true, rows: String(rowCount) });
    expect((await forPrograms(new Request(address))).status).toBe(401);
    const writing = { authorization: `Bearer ${await tokenWith("logs:write")}` };
    expect((await forPrograms(new Request(address, { headers: writing }))).status).toBe(403);
  });

  test("no stranger, nobody signed out, and no name that is not there", async () => {
    arrive(await signedInCookie(await createPerson()));
    expect((await ask()).status).toBe(404);
    arrive(undefined);
    expect((await ask()).status).toBe(401);
    arrive(cookie);
    expect((await ask("", "nowhere")).status).toBe(404);
    expect((await ask("only=estimate", "nowhere")).status).toBe(404);
  });
});
