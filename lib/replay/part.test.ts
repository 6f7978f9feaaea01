import { describe, expect, test } from "vitest";
import { type ReplayConfig, replayConfig } from "./config";
import { partOf } from "./part";

const task = { runId: "run-1", nodeId: "align-1", nodeType: "align", attempt: 1 };
const config = (values: Partial<ReplayConfig> = {}) => replayConfig.parse(values);
const nodes = Array.from({ length: 2_000 }, (_, n) => `node-${n}`);

describe("the part of a replayed task", () => {
  test("lasts as long as it was recorded, divided by the speed", () => {
    expect(partOf(config({ durationMs: 90_000, speed: 60 }), task)).toMatchObject({
      lastsMs: 1_500,
      errorMessage: null,
    });
  });

  test("differs between runs by the spread and no more", () => {
    const lasts = nodes.map(
      (nodeId) => partOf(config({ durationMs: 10_000, spread: 0.2 }), { ...task, nodeId }).lastsMs,
    );
    expect(Math.min(...lasts)).toBeGreaterThanOrEqual(8_000);
    expect(Math.max(...lasts)).toBeLessThanOrEqual(12_000);
    expect(Math.max(...lasts) - Math.min(...lasts)).toBeGreaterThan(3_000);
  });

  test("is the same whenever the same attempt is played, and fails at the rate that was asked for", () => {
    const settings = config({ failureRate: 0.05, seed: 7 });
    const failed = (attempt: number) =>
      nodes.filter((nodeId) => partOf(settings, { ...task, nodeId, attempt }).errorMessage !== null);
    expect(failed(1)).toEqual(failed(1));
    expect(failed(1).length / nodes.length).toBeGreaterThan(0.03);
    expect(failed(1).length / nodes.length).toBeLessThan(0.07);
    // Another attempt is another draw: nearly all that failed once succeed then.
    const again = new Set(failed(2));
    expect(failed(1).filter((nodeId) => again.has(nodeId)).length).toBeLessThan(failed(1).length / 3);
  });

  test("is its own for each seed, and for each run without one", () => {
    const fails = (settings: ReplayConfig, runId: string) =>
      nodes.filter((nodeId) => partOf(settings, { ...task, runId, nodeId }).errorMessage !== null);
    const seeded = (seed: number | null) => config({ failureRate: 0.1, seed });
    expect(fails(seeded(1), "run-1")).toEqual(fails(seeded(1), "run-2"));
    expect(fails(seeded(1), "run-1")).not.toEqual(fails(seeded(2), "run-1"));
    expect(fails(seeded(null), "run-1")).not.toEqual(fails(seeded(null), "run-2"));
  });

  test("never fails at rate 0 and always at rate 1", () => {
    const failed = (failureRate: number) =>
      nodes.filter((nodeId) => partOf(config({ failureRate }), { ...task, nodeId }).errorMessage !== null);
    expect([failed(0).length, failed(1).length]).toEqual([0, nodes.length]);
  });

  test("tells of the command, the files with their sizes and the bytes that were recorded", () => {
    const { lines } = partOf(
      config({
        durationMs: 60_000,
        speed: 1000,
        command: { program: "bwa", arguments: ["mem", "ref.fa"] },
        inputFiles: Array.from({ length: 23 }, (_, n) => `reads-${n}.fq`),
        inputSizes: Array.from({ length: 23 }, () => 2048),
        outputFiles: ["out.bam"],
        outputSizes: [1_048_576],
        readBytes: 4096,
      }),
      task,
    );
    const said = lines.map(({ message }) => message);
    expect(said[0]).toBe("align-1 starts, attempt 1, replayed at 1,000 times the recorded speed");
    expect(said).toContain("read reads-0.fq, 2 KiB");
    expect(said).toContain("read 3 more files, 6 KiB");
    expect(said).toContain("$ bwa mem ref.fa");
    expect(said).toContain("50 % done, 2 KiB of 4 KiB read");
    expect(said).toContain("wrote out.bam, 1 MiB");
    expect(said.at(-1)).toBe("took 1 min 00 s when it was recorded");
  });

  test("ends a failure with its whole error on stderr, before the time is over", () => {
    const part = partOf(config({ durationMs: 60_000, failureRate: 1 }), task);
    expect(part.lastsMs).toBeLessThan(60_000);
    const errors = part.lines.filter(({ level }) => level === "error");
    expect(errors).toEqual([expect.objectContaining({ stream: "stderr", message: part.errorMessage })]);
    expect(part.lines.at(-1)).toMatchObject({ level: "error", at: 1 });
  });

  test("says its lines in the order of their times, from the start to the end", () => {
    const { lines } = partOf(config(), task);
    const times = lines.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect([times[0], times.at(-1)]).toEqual([0, 1]);
  });
});
