import { expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { graphItems } from "./graph-groups";
import { adjacencyOf } from "./graph-paths";
import { itemSummary } from "./item-summary";
import { layoutGraph } from "./layout";
import type { TaskRow } from "./schema";
import { spokenBox } from "./spoken-box";

const asOf = "2026-01-01T00:00:04.000Z";

function spoken(tasks: TaskRow[], id: string, folded = false): string {
  const graph = layoutGraph(
    tasks.map(({ nodeId, name, nodeType, upstreamNodeIds }) => ({
      id: nodeId,
      name,
      nodeType,
      upstreamNodeIds,
    })),
  );
  const drawing = graphItems(graph, { folded, open: new Set() });
  const items = new Map(drawing.items.map((item) => [item.id, item]));
  const item = items.get(drawing.itemOf.get(id) ?? "");
  if (!item) throw new Error(`${id} has no box`);
  const taskByNode = new Map(tasks.map((task) => [task.nodeId, task]));
  return spokenBox(item, itemSummary(item, taskByNode, asOf), items, adjacencyOf(drawing.edges));
}

const running = taskRowOf({
  nodeId: "encode",
  status: "running",
  startedAt: "2026-01-01T00:00:00.000Z",
  upstreamNodeIds: ["load", "probe"],
});
const tasks = [
  taskRowOf({ nodeId: "load" }),
  taskRowOf({ nodeId: "probe" }),
  running,
  taskRowOf({ nodeId: "report", status: "pending", upstreamNodeIds: ["encode"] }),
];

test("a box says what it is, how it stands, and what lies before and behind it", () => {
  expect(spoken(tasks, "encode")).toBe("encode: running, 4 s; 2 upstream: load, probe; 1 downstream: report");
});

test("the ends of the graph are said as such", () => {
  expect(spoken(tasks, "load")).toContain("; begins the run; ");
  expect(spoken(tasks, "report")).toContain("; nothing waits for it");
});

test("of many neighbours three are named and the rest is counted", () => {
  const fan = ["a", "b", "c", "d", "e"].map((nodeId) => taskRowOf({ nodeId }));
  const merge = taskRowOf({ nodeId: "merge", upstreamNodeIds: fan.map(({ nodeId }) => nodeId) });
  expect(spoken([...fan, merge], "merge")).toContain("5 upstream: a, b, c and 2 more;");
});
