import { execFile } from "node:child_process";
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { ingestBatch } from "@/lib/logs/ingest";
import { sealAbandoned } from "@/lib/logs/seal";
import { checkEpisode } from "@/lib/logs/verify";
import { archivedEpisode, everything, filledEpisode, flipOneBit } from "@/lib/testing/archive";
import { chunkAt } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { logLines, parsedLines, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { archiveEpisode } from "../archiver";
import { buildManifest } from "./manifest";

testDatabase();
testMongo();
const objects = testObjects();

const execute = promisify(execFile);

/** Runs a command the way somebody would who has only the files: in their directory, with the manifest beside them. */
async function shell(command: string): Promise<{ output: string; status: number }> {
  try {
    const { stdout } = await execute("sh", ["-c", command], { cwd: objects.directory });
    return { output: stdout.trim(), status: 0 };
  } catch (error) {
    if (error instanceof Error && "code" in error && "stdout" in error)
      return { output: String(error.stdout).trim(), status: Number(error.code) };
    throw error;
  }
}

async function manifestOf(...[scope, episodeId]: Parameters<typeof buildManifest>) {
  const manifest = await buildManifest(scope, episodeId);
  if (!manifest) throw new Error("There is no manifest");
  await writeFile(join(objects.directory, manifest.fileName), manifest.text);
  const commands = [...manifest.text.matchAll(/^#\$ (.*)$/gm)].map(([, command]) => command ?? "");
  return { ...manifest, commands };
}

describe("the manifest, checked with sha256sum and zcat alone", () => {
  test("counts every row and ends in the head that the check computes", async () => {
    const { scope, episodeId } = await archivedEpisode(350);
    const manifest = await manifestOf(scope, episodeId);
    const [count = "", chain = ""] = manifest.commands;
    expect(await shell(count)).toEqual({ output: "350", status: 0 });
    const { chainHead } = await checkEpisode(scope, episodeId);
    expect(await shell(chain)).toEqual({ output: `head ${chainHead}`, status: 0 });
    expect(manifest).toMatchObject({ chunks: 4, rows: 350, head: chainHead });
    expect((await shell(`sha256sum -c ${manifest.fileName}`)).output.split("\n")).toHaveLength(4);
  });

  test("one bit in one object fails it", async () => {
    const { scope, episodeId } = await archivedEpisode(350);
    const { commands } = await manifestOf(scope, episodeId);
    const { src } = await chunkAt(scope, episodeId, 2);
    await flipOneBit(join(objects.directory, src));
    const { output, status } = await shell(commands[0] ?? "");
    expect(status).not.toBe(0);
    expect(output).toContain(`${src}: FAILED`);
  });

  test("a line that was changed breaks the chain", async () => {
    const { scope, episodeId } = await archivedEpisode(350);
    const { fileName, text, commands } = await manifestOf(scope, episodeId);
    await writeFile(join(objects.directory, fileName), text.replace(/^(#chunk 1 \S+) 100 /m, "$1 101 "));
    const { output } = await shell(commands[1] ?? "");
    expect(output).toContain("chunk 1 breaks the chain");
  });

  test("names the numbers that no file holds because no row ever had them", async () => {
    const { scope, episodeId } = await filledEpisode(50);
    const stuck = { episodeId, batchId: "stuck", entries: parsedLines(logLines(30, 50)), final: true };
    await expect(
      ingestBatch(scope, stuck, () => {
        throw new Error("stuck");
      }),
    ).rejects.toThrow("stuck");
    await sealAbandoned(scope, episodeId, 0);
    await uploadLines(scope, episodeId, logLines(20, 80));
    await archiveEpisode(scope, episodeId, everything);
    const manifest = await manifestOf(scope, episodeId);
    expect(manifest.text).toContain("\n#never-written 50 79\n");
    expect((await shell(manifest.commands[0] ?? "")).output).toBe("70");
  });

  test("an episode without an archive has one too, and another workspace's has none", async () => {
    const { scope, episodeId } = await filledEpisode(20);
    const { commands, head } = await manifestOf(scope, episodeId);
    expect((await shell(commands[1] ?? "")).output).toBe(`head ${head}`);
    expect(await buildManifest(await memberScope("owner"), episodeId)).toBeNull();
  });
});

test("the head moves with every chunk and with nothing else", async () => {
  const { scope, episodeId } = await archivedEpisode(200);
  const before = await manifestOf(scope, episodeId);
  await uploadLines(scope, episodeId, logLines(100, 200));
  expect((await manifestOf(scope, episodeId)).head).toBe(before.head);
  await archiveEpisode(scope, episodeId, everything);
  const after = await manifestOf(scope, episodeId);
  expect(after.head).not.toBe(before.head);
  // The old head is still a link: what was there is there unchanged.
  expect(after.text).toContain(before.head);
  await appendFile(join(objects.directory, (await chunkAt(scope, episodeId, 0)).src), "x");
  expect((await manifestOf(scope, episodeId)).head).toBe(after.head);
});
