import { describe, expect, test } from "vitest";
import { seededRandom } from "@/lib/seeded-random";
import { checkGraph } from "@/lib/workflows/check-graph";
import { isRetried, liveWorkflows, nextWorkflow, pauseBeforeNext } from "./heartbeat";
import { graphOf } from "./workflow-graph";
import { demoWorkflows, neighbourWorkflows } from "./workflows";

describe("the demo's workflows", () => {
  test.each([...demoWorkflows, ...neighbourWorkflows])("$name can be started as it is", (workflow) => {
    const graph = graphOf(workflow);
    expect(checkGraph(graph)).toEqual([]);
    expect(new Set(graph.map(({ executorType }) => executorType))).toEqual(new Set(["replay"]));
  });
});

describe("the demo's heartbeat", () => {
  const live = liveWorkflows(demoWorkflows);

  test("runs what runs often more often, and nothing that nobody would see the end of", () => {
    const random = seededRandom("choice");
    const chosen = Array.from({ length: 5_000 }, () => nextWorkflow(live, random.next)?.name);
    const times = (name: string) => chosen.filter((one) => one === name).length;
    expect(times("fleet-telemetry")).toBeGreaterThan(2 * times("genome-align"));
    expect(times("nightly-train")).toBeGreaterThan(0);
    expect(times("catalogue-backfill")).toBe(0);
  });

  test("retries about half of the failures, and decides anew after each retry", () => {
    const runs = Array.from({ length: 2_000 }, (_, n) => `run-${n}`);
    const retried = runs.filter((runId) => isRetried(runId, 0));
    expect(retried.length).toBeGreaterThan(800);
    expect(retried.length).toBeLessThan(1_200);
    expect(retried.every((runId) => isRetried(runId, 0))).toBe(true);
    expect(retried.some((runId) => !isRetried(runId, 1))).toBe(true);
  });

  test("slows down: half a minute at first, a quarter of an hour in the end, never longer", () => {
    expect(pauseBeforeNext(0, () => 0.5)).toBe(30_000);
    expect(pauseBeforeNext(200, () => 0.5)).toBe(330_000);
    expect(pauseBeforeNext(100_000, () => 0.5)).toBe(900_000);
  });
});
