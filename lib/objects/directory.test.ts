import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { objectStoreConformance } from "./conformance";
import { DirectoryStore } from "./directory";
import { chunkKey, episodePrefix } from "./keys";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "strata-store-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const fresh = () => join(root, randomBytes(4).toString("hex"));

objectStoreConformance("A directory", async () => new DirectoryStore(fresh()));

test("an unfinished object is in no list and is cleared away", async () => {
  const directory = fresh();
  const store = new DirectoryStore(directory);
  await store.put("k=1/o", Buffer.from("x"));
  expect(await readdir(join(directory, ".unfinished"))).toEqual([]);
  await writeFile(join(directory, ".unfinished", "left-behind"), "half an object");
  const keys: string[] = [];
  for await (const { key } of store.list("")) keys.push(key);
  expect(keys).toEqual(["k=1/o"]);
  expect(await store.sweepUnfinished(new Date(Date.now() - 60_000))).toBe(0);
  expect(await store.sweepUnfinished(new Date(Date.now() + 60_000))).toBe(1);
  expect(await readdir(join(directory, ".unfinished"))).toEqual([]);
  expect(await store.get("k=1/o")).toEqual(Buffer.from("x"));
});

test("a directory that cannot be one is told by its place", async () => {
  const path = fresh();
  await writeFile(path, "a file stands here");
  await expect(new DirectoryStore(path).put("k=1/o", Buffer.from("x"))).rejects.toThrow(path);
});

describe("keys", () => {
  const chunk = { chunkNumber: 7, epoch: 3, sha256: "0123456789abcdef" };

  test("are Hive partitions with the chunk's number, epoch and hash", () => {
    expect(chunkKey("0a1b", "train-1", chunk)).toBe(
      "workspace=0a1b/episode=train-1/chunk-000007-e3-01234567.jsonl.gz",
    );
  });

  test("escape what has a meaning of its own, so that two episodes never share one", () => {
    expect(episodePrefix("w", "a:b")).toBe("workspace=w/episode=a%3Ab/");
    expect(episodePrefix("w", "a/../b")).toBe("workspace=w/episode=a%2F..%2Fb/");
    expect(episodePrefix("w", "a%3Ab")).not.toBe(episodePrefix("w", "a:b"));
  });
});

const small = mountSmallDisk();
const onSmallDisk = small ? "" : " (skipped: this user cannot mount a small disk to fill)";
describe.skipIf(!small)(`a full disk${onSmallDisk}`, () => {
  test("is told with its place and what to do, and leaves nothing behind", async () => {
    const directory = join(small ?? "", "objects");
    await mkdir(directory);
    const store = new DirectoryStore(directory);
    await store.put("k=1/fits", randomBytes(20_000));
    await expect(store.put("k=1/too-large", randomBytes(400_000))).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(new RegExp(`${directory} is full \\(ENOSPC\\).*Free some space`)),
    });
    expect(await store.get("k=1/too-large")).toBeNull();
    expect(await readdir(join(directory, ".unfinished"))).toEqual([]);
    expect(await store.get("k=1/fits")).toHaveLength(20_000);
    // The space of the failed attempt is free again.
    expect(await store.put("k=1/fits-too", randomBytes(20_000))).toBe("created");
  });
});

/** A disk of 256 KB, where this user may mount one. */
function mountSmallDisk(): string | null {
  const place = join(tmpdir(), `strata-small-disk-${process.pid}`);
  try {
    execFileSync("mkdir", ["-p", place], { stdio: "ignore" });
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", place], { stdio: "ignore" });
  } catch {
    rmSync(place, { recursive: true, force: true });
    return null;
  }
  afterAll(() => {
    execFileSync("umount", [place], { stdio: "ignore" });
    execFileSync("rmdir", [place], { stdio: "ignore" });
  });
  return place;
}
