import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "@/lib/testing/temporary-folder";
import { readArguments } from "./arguments";

test("a file or run is replayed a thousand times as fast, without failures, unless something else is said", () => {
  expect(readArguments(["run-1"])).toEqual({
    sources: ["run-1"],
    speed: 1_000,
    failureRate: 0,
    seed: 1,
    untilDone: false,
    slots: 32,
    atOnce: 1,
    workspace: "demo",
  });
  expect(
    readArguments(["a.json", "b.json", "--speed", "5", "--failures", "0.1", "--seed", "7", "--until-done"]),
  ).toMatchObject({ sources: ["a.json", "b.json"], speed: 5, failureRate: 0.1, seed: 7, untilDone: true });
});

test("a folder stands for its files, smallest first, packed or not", () => {
  const folder = temporaryFolder();
  for (const [name, bytes] of [
    ["large.json.gz", 300],
    ["small.json", 10],
    ["notes.txt", 1],
  ] as const)
    writeFileSync(join(folder, name), "x".repeat(bytes));
  expect(readArguments(["--all", folder]).sources).toEqual([
    join(folder, "small.json"),
    join(folder, "large.json.gz"),
  ]);
});

test.each([
  [[], "Nothing to replay is named."],
  [["run-1", "--failures", "5"], "--failures: At most 1."],
  [["run-1", "--speed", "fast"], "--speed: A number, such as 60."],
  [["run-1", "--slots", "0"], "--slots 0: a whole number from 1 to 256 is wanted."],
  [["--all", "/nowhere/at/all"], "--all /nowhere/at/all: there is no such folder."],
  [["run-1", "--faster"], "Unknown option '--faster'"],
])("%j is refused by name, with the usage", (args, message) => {
  expect(() => readArguments(args)).toThrow(
    expect.objectContaining({ message: expect.stringContaining(message) }),
  );
});
