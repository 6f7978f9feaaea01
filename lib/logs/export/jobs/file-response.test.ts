import { beforeAll, describe, expect, test, vi } from "vitest";
import { GET } from "@/app/api/w/[workspace]/exports/[exportId]/file/route";
import { GET as list } from "@/app/api/w/[workspace]/exports/route";
import { GET as exportNow } from "@/app/api/w/[workspace]/logs/[episodeId]/export/route";
import { scopeForMember, type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { testDatabase } from "@/lib/testing/database";
import { logLines, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { createPerson, createWorkspace, join, memberScope, signedInCookie } from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import { mostOfWorkspace } from "../slots";
import { claimExport } from "./claim";
import { wantedRange } from "./file-response";
import { startExport } from "./mutations";
import { runExport } from "./run";
import { exportJobs } from "./schema";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

const episodeId = "train:7";
const exportId = crypto.randomUUID();
let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let cookie = "";
let colleague = "";
let scope: WorkspaceScope;

beforeAll(async () => {
  workspace = await createWorkspace();
  const [person, other] = [await createPerson(), await createPerson()];
  await join(workspace, person, "viewer");
  await join(workspace, other, "owner");
  cookie = await signedInCookie(person);
  colleague = await signedInCookie(other);
  const owner = await memberScope("owner", workspace);
  await uploadLines(owner, episodeId, logLines(3_000));
  const found = await scopeForMember({ userId: person.id, workspaceId: workspace.id }, "logs:read");
  if (!found) throw new Error("A new member is none");
  scope = found;
  await startExport(scope, { exportId, episodeId, params: "" });
  const claim = await claimExport(workerPlatformScope());
  if (!claim) throw new Error("There is nothing to do");
  const signal = new AbortController().signal;
  const stillAllowed = async () => true;
  expect(await runExport(scope, claim, { signal, stillAllowed, partBytes: 50_000 })).toBe("done");
});

function download(headers: Record<string, string> = {}, id = exportId): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/w/${workspace.slug}/exports/${id}/file`, {
    headers,
  });
  return GET(request, { params: Promise.resolve({ workspace: workspace.slug, exportId: id }) });
}

describe("the download", () => {
  test("has a name, a length, and the hash that its owner was shown", async () => {
    arrive(cookie);
    const request = new Request("http://localhost:3000/");
    const answer = await list(request, { params: Promise.resolve({ workspace: workspace.slug }) });
    const [job] = exportJobs.parse(await answer.json()).exports;
    const response = await download();
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toBe(`attachment; filename="${job?.fileName}"`);
    expect(response.headers.get("content-length")).toBe(String(bytes.length));
    expect(Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex")).toBe(
      job?.result?.sha256,
    );
  });

  test("that broke off goes on where it was, if the file is the same", async () => {
    arrive(cookie);
    const first = await download();
    const whole = Buffer.from(await first.arrayBuffer());
    const tag = first.headers.get("etag") ?? "";
    const rest = await download({ range: "bytes=49990-", "if-range": tag });
    expect(rest.status).toBe(206);
    expect(rest.headers.get("content-range")).toBe(`bytes 49990-${whole.length - 1}/${whole.length}`);
    expect(Buffer.from(await rest.arrayBuffer())).toEqual(whole.subarray(49_990));
    expect((await download({ range: "bytes=49990-", "if-range": '"another"' })).status).toBe(200);
    expect((await download({ range: `bytes=${whole.length}-` })).status).toBe(416);
  });

  test("is for its owner alone, as long as they are a member, by session", async () => {
    arrive(colleague);
    expect((await download()).status).toBe(404);
    arrive(await signedInCookie(await createPerson()));
    expect((await download()).status).toBe(404);
    arrive(undefined);
    expect((await download()).status).toBe(401);
    arrive(cookie);
    for (const id of [crypto.randomUUID(), "no-id", "../file"])
      expect((await download({}, id)).status).toBe(404);
  });
});

test.each<[string, ReturnType<typeof wantedRange>]>([
  ["bytes=0-9", { start: 0, end: 10 }],
  ["bytes=90-", { start: 90, end: 100 }],
  ["bytes=90-500", { start: 90, end: 100 }],
  ["bytes=-10", { start: 90, end: 100 }],
  ["bytes=-500", { start: 0, end: 100 }],
  ["bytes=100-", "unsatisfiable"],
  ["bytes=9-5", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=-", null],
  ["bytes=1-2,4-5", null],
  ["lines=1-2", null],
])("of a file of 100 bytes, %s is %o", (range, wanted) => {
  expect(wantedRange(new Headers({ range }), '"tag"', 100)).toEqual(wanted);
});

test("direct exports of a workspace are two at a time; the third is told when to come back", async () => {
  arrive(cookie);
  const ask = () => {
    const request = new Request(`http://localhost:3000/api/w/${workspace.slug}/logs/${episodeId}/export`);
    return exportNow(request, { params: Promise.resolve({ workspace: workspace.slug, episodeId }) });
  };
  const open = [];
  for (let n = 0; n < mostOfWorkspace; n++) open.push(await ask());
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  // One is read to its end, of the other the reader leaves: both make room.
  await open[0]?.text();
  await open[1]?.body?.cancel();
  for (const _ of open) expect((await (await ask()).text()).length).toBeGreaterThan(0);
});
