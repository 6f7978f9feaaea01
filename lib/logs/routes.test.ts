import { beforeAll, describe, expect, test, vi } from "vitest";
import { GET as getEntry } from "@/app/api/w/[workspace]/logs/[episodeId]/entry/route";
import { GET as getOverview } from "@/app/api/w/[workspace]/logs/[episodeId]/overview/route";
import { GET as getRows } from "@/app/api/w/[workspace]/logs/[episodeId]/rows/route";
import { GET as getSummary } from "@/app/api/w/[workspace]/logs/[episodeId]/summary/route";
import { scopeForCommand } from "@/lib/auth/access";
import { testDatabase } from "@/lib/testing/database";
import { logLines, newEpisodeId, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { createPerson, createWorkspace, join, signedInCookie } from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import { episodeOverview, episodeSummary, logEntryDetail, logPage } from "./schema";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

const routes = { rows: getRows, entry: getEntry, summary: getSummary, overview: getOverview };
const episodeId = newEpisodeId("routed");
let slug = "";
let memberCookie = "";
let strangerCookie = "";

beforeAll(async () => {
  const workspace = await createWorkspace();
  const [member, stranger] = [await createPerson(), await createPerson()];
  await join(workspace, member, "viewer");
  slug = workspace.slug;
  memberCookie = await signedInCookie(member);
  strangerCookie = await signedInCookie(stranger);
  const scope = await scopeForCommand(slug);
  if (!scope) throw new Error("The workspace is not there");
  await uploadLines(scope, episodeId, logLines(50));
});

async function get(
  route: keyof typeof routes,
  query = "",
  id = episodeId,
): Promise<{ status: number; body: unknown }> {
  const request = new Request(`http://localhost:3000/api/w/${slug}/logs/${id}/${route}?${query}`);
  const response = await routes[route](request, {
    params: Promise.resolve({ workspace: slug, episodeId: id }),
  });
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { status: response.status, body: await response.json() };
}

describe("a member", () => {
  test("gets what the explorer asks for, in the types it parses", async () => {
    arrive(memberCookie);
    const page = logPage.parse((await get("rows", "from=5&limit=3&direction=backward")).body);
    expect(page.rows.map((row) => row.kind === "entry" && row.message)).toEqual([
      "line 3",
      "line 4",
      "line 5",
    ]);
    const filtered = logPage.parse((await get("rows", "levels=error,fatal&text=line 1")).body);
    expect(filtered.rows.map((row) => row.kind === "entry" && row.seq)).toEqual(["13", "15"]);
    const entry = logEntryDetail.parse((await get("entry", "seq=7")).body);
    expect(entry.metadataText).toBe('{"source":"part-1","number":7}');
    expect(episodeSummary.parse((await get("summary")).body).total).toBe(50);
    expect(episodeOverview.parse((await get("overview", "buckets=10")).body).buckets).toHaveLength(1);
  });

  test("is told which part of the address is wrong", async () => {
    arrive(memberCookie);
    for (const [route, query, named] of [
      ["rows", "from=-1", "from"],
      ["rows", "limit=5000", "limit"],
      ["rows", "levels=loud", "levels"],
      ["rows", "direction=up", "direction"],
      ["entry", "seq=abc", "seq"],
      ["overview", "buckets=0", "buckets"],
    ] as const) {
      const { status, body } = await get(route, query);
      expect({ route, query, status }).toEqual({ route, query, status: 400 });
      expect(JSON.stringify(body)).toContain(named);
    }
  });

  test("gets 404 for an episode or a row that is not there", async () => {
    arrive(memberCookie);
    for (const route of ["rows", "summary", "overview"] as const) {
      expect((await get(route, "", "nowhere")).status).toBe(404);
    }
    expect((await get("entry", "seq=50")).status).toBe(404);
  });
});

test("a stranger gets 404 and somebody signed out 401, whatever they ask for", async () => {
  for (const route of ["rows", "entry", "summary", "overview"] as const) {
    arrive(strangerCookie);
    expect((await get(route, "seq=1")).status).toBe(404);
    arrive(undefined);
    expect((await get(route, "seq=1")).status).toBe(401);
  }
});
