import { describe, expect, test } from "vitest";
import { countTasks, deriveStatus } from "@/lib/runs/derive-status";
import { seededRandom } from "@/lib/seeded-random";
import { type Outcome, type PlannedTask, planRun } from "./run-plan";
import { scheduleRuns } from "./schedule";
import { nodesOf } from "./workflow-graph";
import { demoWorkflows, neighbourWorkflows } from "./workflows";

const outcomes: Outcome[] = ["succeeded", "failed", "cancelled", "running", "queued"];
const cases = [...demoWorkflows, ...neighbourWorkflows].flatMap((workflow) =>
  outcomes.map((outcome) => ({ workflow, outcome, name: workflow.name })),
);

describe("a planned run", () => {
  test.each(cases)(
    "of $name that is $outcome is one that the platform could have made",
    ({ workflow, outcome }) => {
      const nodes = nodesOf(workflow);
      for (let seed = 0; seed < 5; seed++) {
        const { tasks } = planRun(nodes, outcome, 45_000, seededRandom(`${workflow.name} ${seed}`));
        const byNode = new Map(tasks.map((task) => [task.node.id, task]));
        expect(byNode.size).toBe(nodes.length);
        for (const task of tasks) expectPossible(task, byNode);
        const cancelRequestedAt = outcome === "cancelled" ? new Date() : null;
        expect(deriveStatus(countTasks(tasks), { status: "queued", control: null, cancelRequestedAt })).toBe(
          outcome,
        );
      }
    },
  );

  test("is the same for the same seed", () => {
    const [workflow] = demoWorkflows;
    if (!workflow) throw new Error("There are no demo workflows");
    const plan = () => planRun(nodesOf(workflow), "failed", 0, seededRandom("again"));
    expect(plan()).toEqual(plan());
  });
});

/** Invariants of the state machine, as a stored task shows them. */
function expectPossible(task: PlannedTask, byNode: Map<string, PlannedTask>): void {
  const upstream = task.node.upstreamNodeIds.map((id) => byNode.get(id));
  const { status, queuedAt, startedAt, finishedAt } = task;
  if (status === "queued" || status === "running") {
    expect(
      upstream.every((parent) => parent?.status === "succeeded"),
      task.node.id,
    ).toBe(true);
  }
  if (status === "skipped") {
    expect(task.blockedBy.length).toBeGreaterThan(0);
    expect(task.blockedBy.every((id) => byNode.get(id)?.status !== "succeeded")).toBe(true);
  }
  if (startedAt !== null) {
    expect(startedAt).toBeGreaterThanOrEqual(queuedAt ?? Number.NaN);
    for (const parent of upstream) expect(startedAt).toBeGreaterThanOrEqual(parent?.finishedAt ?? Number.NaN);
  }
  if (finishedAt !== null && startedAt !== null) expect(finishedAt).toBeGreaterThanOrEqual(startedAt);
  expect(task.errorMessage !== null).toBe(status === "failed");
}

describe("the demo's past", () => {
  const anchor = new Date("2026-03-01T12:00:00Z");
  const scheduled = scheduleRuns(demoWorkflows, anchor, ["schedule", "Somebody"]);
  const share = (outcome: Outcome) =>
    scheduled.filter((run) => run.outcome === outcome).length / scheduled.length;

  test("has about 250 runs in the seven days before its end, most of them good", () => {
    expect(scheduled.length).toBeGreaterThan(220);
    expect(scheduled.length).toBeLessThan(300);
    const oldest = Math.min(...scheduled.map((run) => run.createdAt.getTime()));
    const newest = Math.max(...scheduled.map((run) => run.createdAt.getTime()));
    expect(anchor.getTime() - oldest).toBeLessThan(8 * 86_400_000);
    expect(newest).toBeLessThanOrEqual(anchor.getTime());
    expect(share("succeeded")).toBeGreaterThan(0.88);
    for (const outcome of outcomes) expect(share(outcome), outcome).toBeGreaterThan(0);
  });

  test("has failures that nothing has made good, and some that were", () => {
    const byTime = [...scheduled].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    const unresolved = demoWorkflows.filter(({ name }) => {
      const ended = byTime.filter(
        (run) => run.workflow.name === name && /succeeded|failed/.test(run.outcome),
      );
      return ended[0]?.outcome === "failed";
    });
    expect(unresolved.length).toBeGreaterThanOrEqual(2);
    expect(unresolved.length).toBeLessThan(demoWorkflows.length);
    expect(scheduled.filter((run) => run.outcome === "failed").length).toBeGreaterThan(unresolved.length + 2);
  });

  test("has small graphs and one of about 900 tasks", () => {
    const sizes = demoWorkflows.map((workflow) => nodesOf(workflow).length).sort((a, b) => a - b);
    expect(sizes[0]).toBe(6);
    expect(sizes.at(-1)).toBeGreaterThan(850);
  });
});
