import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { getEpisode } from "@/lib/logs/queries";
import { testDatabase } from "@/lib/testing/database";
import { logLines, messagesOf, newEpisodeId, range, walkEpisode } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { runImport } from "./cli";

testDatabase();
testMongo();
testObjects();

let scope: WorkspaceScope;
let folder = "";
beforeAll(async () => {
  scope = await memberScope("owner");
  folder = await mkdtemp(join(tmpdir(), "strata-import-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs the command in the folder of this test and collects what it says. */
async function run(...args: string[]): Promise<{ status: number; out: string[]; errors: string[] }> {
  const out: string[] = [];
  const errors: string[] = [];
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  vi.spyOn(console, "log").mockImplementation((line) => out.push(line));
  vi.spyOn(console, "error").mockImplementation((line) => errors.push(line));
  const status = await runImport([...args, "--workspace", scope.workspaceSlug]);
  return { status, out, errors };
}

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const ndjson = (count: number) => `${logLines(count).join("\n")}\n`;

test("a file is imported, packed or not, and importing it again adds nothing", async () => {
  const episodeId = newEpisodeId();
  const plain = await file("plain.ndjson", ndjson(2500));
  const packed = await file("packed.ndjson.gz", gzipSync(ndjson(2500)));
  for (const path of [plain, packed, plain]) {
    expect(await run("logs", path, "--episode", episodeId)).toEqual({
      status: 0,
      out: ["accepted 2500 rows, rejected 0"],
      errors: [],
    });
  }
  expect(await getEpisode(scope, episodeId)).toMatchObject({ total: 2500 });
  expect(messagesOf(await walkEpisode(scope, episodeId, { limit: 1000 }))).toEqual(
    range(2500).map((n) => `line ${n}`),
  );
  expect((await readdir(folder)).filter((name) => name.includes("rejected"))).toEqual([]);
});

test("broken lines are counted, kept in a file and named; the good ones land", async () => {
  const episodeId = newEpisodeId();
  const [first = "", second = ""] = logLines(2);
  const path = await file("broken.ndjson", `${first}\n{"cut":\n${second}\nplain text\n`);
  const { status, out, errors } = await run("logs", path, "--episode", episodeId);
  expect(status).toBe(1);
  expect(out).toEqual(["accepted 2 rows, rejected 2"]);
  const rejected = join(folder, "broken.ndjson.rejected.ndjson");
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain(`${path}, line 2: The text ends too early`);
  expect(errors[0]).toContain(rejected);
  const kept = (await readFile(rejected, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(kept).toEqual([
    { line: 2, reason: expect.stringContaining("ends too early"), text: '{"cut":' },
    { line: 4, reason: expect.stringContaining("Not a JSON object"), text: "plain text" },
  ]);
  expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(["line 0", "line 1"]);
});

test("input that cannot be imported gets one sentence with its place, status 1, and stores nothing", async () => {
  const good = await file("good.ndjson", ndjson(3));
  const cut = await file("cut.ndjson.gz", gzipSync(ndjson(5000)).subarray(0, 900));
  const bytes = gzipSync(ndjson(5000));
  bytes.fill(0x55, 200, 260);
  const broken = await file("broken.ndjson.gz", bytes);
  const missing = join(folder, "missing.ndjson");
  const cases: [args: string[], sentence: string][] = [
    [["logs", missing, "--episode", "e"], `${missing}: there is no such file.`],
    [["logs", folder, "--episode", "e"], `${folder} is not a file.`],
    [["logs", cut, "--episode", "e"], `${cut}: the gzip data ends too early`],
    [["logs", broken, "--episode", "e"], `${broken}: the gzip data is broken`],
    [["logs", good, "--episode", "no such/episode"], "--episode no such/episode: An episode id has"],
    [["logs", good], "--episode <id> is missing"],
    [["logs"], "No file is named"],
    [["logs", good, good, "--episode", "e"], "One file at a time"],
    [["logs", good, "--epsiode", "e"], "epsiode"],
    [["elsewhere", good], "Usage:"],
  ];
  for (const [args, sentence] of cases) {
    const { status, out, errors } = await run(...args);
    expect({ args, status, out }).toEqual({ args, status: 1, out: [] });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(sentence);
  }
  expect(await getEpisode(scope, "e")).toBeNull();
});

test("an unknown workspace is named", async () => {
  const good = await file("good.ndjson", ndjson(3));
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  expect(await runImport(["logs", good, "--episode", "e", "--workspace", "nowhere"])).toBe(1);
  expect(said).toHaveBeenCalledExactlyOnceWith("--workspace nowhere: there is no such workspace.");
});
