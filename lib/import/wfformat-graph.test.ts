import { expect, test } from "vitest";
import { joinTasks, WfformatProblem } from "./wfformat-graph";
import type { ExecutedTask, SpecificationTask } from "./wfformat-schema";
import { layOutTimes } from "./wfformat-times";

function task(id: string, parents: string[] = [], children: string[] = []): SpecificationTask {
  return { id, name: id, parents, children, inputFiles: [], outputFiles: [] };
}
const ran = (id: string, runtimeInSeconds = 1): ExecutedTask => ({ id, runtimeInSeconds });
const ranAll = (tasks: SpecificationTask[]) => tasks.map(({ id }) => ran(id));

function problemOf(tasks: SpecificationTask[], executed = ranAll(tasks)): WfformatProblem {
  try {
    joinTasks(tasks, executed);
  } catch (error) {
    if (error instanceof WfformatProblem) return error;
    throw error;
  }
  throw new Error("The graph was accepted");
}

test("tasks come in an order in which they can run", () => {
  const joined = joinTasks([task("c", ["b"]), task("b", ["a"]), task("a")], [ran("a"), ran("b"), ran("c")]);
  expect(joined.map(({ specification }) => specification.id)).toEqual(["a", "b", "c"]);
  expect(joined.map(({ level }) => level)).toEqual([0, 1, 2]);
});

test("an edge counts once, whether one of its ends names it or both do", () => {
  const joined = joinTasks(
    [task("a", [], ["b", "c"]), task("b", ["a"]), task("c")],
    ["a", "b", "c"].map((id) => ran(id)),
  );
  expect(joined.map(({ parents }) => parents)).toEqual([[], ["a"], ["a"]]);
});

test("a parent that is no task is named with its place", () => {
  expect(problemOf([task("a"), task("b", ["a", "x"])]).message).toBe(
    'workflow.specification.tasks[1].parents[1]: "x" is not a task',
  );
});

test("a child that is no task is named with its place", () => {
  expect(problemOf([task("a", [], ["y"])]).message).toBe(
    'workflow.specification.tasks[0].children[0]: "y" is not a task',
  );
});

test("a cycle is named, also when other tasks hang behind it", () => {
  const problem = problemOf([task("z", ["c"]), task("a", ["c"]), task("b", ["a"]), task("c", ["b"])]);
  expect(problem.place).toBe("workflow.specification.tasks[3].parents");
  expect(problem.problem).toBe('the graph has a cycle: "c" -> "a" -> "b" -> "c"');
});

test("a task that waits for itself is a cycle", () => {
  expect(problemOf([task("a", ["a"])]).problem).toBe('the graph has a cycle: "a" -> "a"');
});

test("an id that repeats is named with both places", () => {
  expect(problemOf([task("a"), task("b"), task("a")]).message).toBe(
    'workflow.specification.tasks[2].id: "a" is already the id of workflow.specification.tasks[0]',
  );
  expect(problemOf([task("a")], [ran("a"), ran("a")]).place).toBe("workflow.execution.tasks[1].id");
});

test("a task that was not executed, and an executed one that is not specified, are named", () => {
  expect(problemOf([task("a"), task("b")], [ran("a")]).message).toBe(
    'workflow.specification.tasks[1].id: "b" has no entry in workflow.execution.tasks',
  );
  expect(problemOf([task("a")], [ran("a"), ran("q")]).place).toBe("workflow.execution.tasks[1].id");
});

test("a task starts when the last of its parents has ended", () => {
  const tasks = joinTasks(
    [task("a"), task("b"), task("c", ["a", "b"])],
    [ran("a", 2), ran("b", 5), ran("c", 1)],
  );
  const { times, cut } = layOutTimes(tasks, new Date(0), 60_000);
  expect(times.get("c")).toEqual({ startedAt: new Date(5_000), finishedAt: new Date(6_000) });
  expect(cut).toBe(0);
});

test("no task is placed after the end of the run, whatever the durations add up to", () => {
  const tasks = joinTasks([task("a"), task("b", ["a"])], [ran("a", 8), ran("b", 8)]);
  const { times, cut } = layOutTimes(tasks, new Date(0), 10_000);
  expect(times.get("b")).toEqual({ startedAt: new Date(8_000), finishedAt: new Date(10_000) });
  expect(cut).toBe(1);
});
