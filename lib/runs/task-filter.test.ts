import { expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { adjacencyOf } from "./graph-paths";
import { passingNodes } from "./task-filter";

const { up } = adjacencyOf([
  { from: "input", to: "align" },
  { from: "align", to: "report" },
  { from: "side", to: "report" },
]);
const tasks = [
  taskRowOf({ nodeId: "input" }),
  taskRowOf({ nodeId: "side" }),
  taskRowOf({ nodeId: "align", status: "failed" }),
  taskRowOf({ nodeId: "report", status: "skipped" }),
];
const all = { statuses: [], failedAndUpstream: false, hideSucceeded: false };

test("without a filter nothing is left out", () => {
  expect(passingNodes(tasks, all, up)).toBeNull();
});

test("several statuses are joined", () => {
  expect(passingNodes(tasks, { ...all, statuses: ["failed", "skipped"] }, up)).toEqual(
    new Set(["align", "report"]),
  );
});

test("failed and upstream leaves what the failure was made from, and not what lies beside it", () => {
  expect(passingNodes(tasks, { ...all, failedAndUpstream: true }, up)).toEqual(new Set(["align", "input"]));
});

test("filters narrow each other", () => {
  expect(passingNodes(tasks, { ...all, failedAndUpstream: true, hideSucceeded: true }, up)).toEqual(
    new Set(["align"]),
  );
});

test("a filter that nothing passes leaves nothing, which is not the same as no filter", () => {
  expect(passingNodes(tasks, { ...all, statuses: ["running"] }, up)).toEqual(new Set());
});
