import { describe, expect, test } from "vitest";
import { seededRandom } from "@/lib/seeded-random";
import { type LayoutNode, layoutGraph, nodeHeight, nodeWidth } from "./layout";
import { withGaps } from "./layout-rows";
import type { PlacedNode, RunGraph } from "./schema";

const node = (id: string, upstreamNodeIds: string[] = []): LayoutNode => ({
  id,
  name: id,
  nodeType: "t",
  upstreamNodeIds,
});

/** A random graph: each node waits for up to three of the nodes before it. */
function randomGraph(size: number, seed: number): LayoutNode[] {
  const random = seededRandom(`layout ${seed}`);
  const reach = random.whole(2, Math.max(2, size));
  return Array.from({ length: size }, (_, index) => {
    const parents = Array.from({ length: random.whole(0, 3) }, () => index - random.whole(1, reach));
    return node(
      `n${index}`,
      [...new Set(parents.filter((parent) => parent >= 0))].map((parent) => `n${parent}`),
    );
  });
}

/** The shape of the largest real workflow: one level of 1,890 tasks, 6,114 edges in all. */
function wideGraph(): LayoutNode[] {
  const first = Array.from({ length: 220 }, (_, index) => node(`a${index}`));
  const wide = Array.from({ length: 1_890 }, (_, index) =>
    node(`b${index}`, [`a${index % 220}`, `a${(index * 7) % 219}`]),
  );
  const last = Array.from({ length: 12 }, (_, index) =>
    node(
      `c${index}`,
      wide.filter((_, at) => at % 12 === index).map(({ id }) => id),
    ),
  );
  return [...first, ...wide, ...last];
}

function overlaps({ nodes }: RunGraph): number {
  const byColumn = new Map<number, PlacedNode[]>();
  for (const placed of nodes) byColumn.set(placed.x, [...(byColumn.get(placed.x) ?? []), placed]);
  const columns = [...byColumn.keys()].sort((a, b) => a - b);
  const tooNear = columns.filter((x, at) => at > 0 && x - (columns[at - 1] ?? 0) < nodeWidth).length;
  return [...byColumn.values()].reduce((sum, column) => {
    const heights = column.map(({ y }) => y).sort((a, b) => a - b);
    return sum + heights.filter((y, at) => at > 0 && y - (heights[at - 1] ?? 0) < nodeHeight).length;
  }, tooNear);
}

function expectSound(source: LayoutNode[], graph: RunGraph): void {
  expect(graph.nodes).toHaveLength(source.length);
  expect(overlaps(graph)).toBe(0);
  const placeOf = new Map(graph.nodes.map((placed) => [placed.id, placed]));
  for (const { from, to } of graph.edges) {
    const [parent, child] = [placeOf.get(from), placeOf.get(to)];
    expect((child?.x ?? 0) - (parent?.x ?? 0), `${from} -> ${to}`).toBeGreaterThanOrEqual(nodeWidth);
    expect(child?.level ?? 0).toBeGreaterThan(parent?.level ?? 0);
  }
  for (const { x, y } of graph.nodes) {
    expect(x >= 0 && y >= 0 && x + nodeWidth <= graph.width && y + nodeHeight <= graph.height).toBe(true);
  }
}

describe("a layout", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "of random graph %i has no overlap, and every edge goes forward",
    (seed) => {
      const source = randomGraph(20 + seed * 25, seed);
      expectSound(source, layoutGraph(source));
    },
  );

  test("of one level of 1,890 tasks is sound, and no taller than a page of that size has to be", () => {
    const source = wideGraph();
    const graph = layoutGraph(source);
    expectSound(source, graph);
    expect(graph.height / graph.width).toBeLessThan(1.5);
  });

  test("does not depend on the order in which nodes come", () => {
    const source = randomGraph(80, 99);
    const shuffled = [...source].sort(
      (a, b) => ((a.id.length * 7 + a.id.charCodeAt(1)) % 5) - (b.id.charCodeAt(1) % 5),
    );
    const sorted = (graph: RunGraph) => [...graph.nodes].sort((a, b) => a.id.localeCompare(b.id));
    expect(shuffled.map(({ id }) => id)).not.toEqual(source.map(({ id }) => id));
    expect(sorted(layoutGraph(shuffled))).toEqual(sorted(layoutGraph(source)));
  });

  test("of a chain is a straight line", () => {
    const chain = layoutGraph([node("a"), node("b", ["a"]), node("c", ["b"])]);
    expect(new Set(chain.nodes.map(({ y }) => y)).size).toBe(1);
    expect(chain.nodes.map(({ level }) => level)).toEqual([0, 1, 2]);
  });

  test("of two crossed pairs uncrosses them", () => {
    const graph = layoutGraph([node("a"), node("b"), node("y", ["b"]), node("z", ["a"])]);
    const yOf = (id: string) => graph.nodes.find((placed) => placed.id === id)?.y ?? Number.NaN;
    expect(Math.sign(yOf("a") - yOf("b"))).toBe(Math.sign(yOf("z") - yOf("y")));
  });

  test("of nothing is nothing, and an upstream id that is no node draws no edge", () => {
    expect(layoutGraph([])).toEqual({ nodes: [], edges: [], width: 0, height: 0 });
    expect(layoutGraph([node("a", ["gone"])]).edges).toEqual([]);
  });

  test("of 400 levels is sound", () => {
    const source = Array.from({ length: 4_000 }, (_, at) =>
      node(`n${at}`, at < 10 ? [] : [`n${at - 10}`, `n${at - (at % 10) - 5}`]),
    );
    expectSound(source, layoutGraph(source));
  });

  test("of 2,122 tasks takes a moment that nobody notices", () => {
    const source = wideGraph();
    expect(source).toHaveLength(2_122);
    expect(fastest(() => layoutGraph(source))).toBeLessThan(150);
  });
});

test("heights keep their order and their gap, and stay where they want to be when they can", () => {
  expect(withGaps([0, 100, 300], 50)).toEqual([0, 100, 300]);
  expect(withGaps([0, 0, 0], 50)).toEqual([-50, 0, 50]);
  const crowded = withGaps([40, 10, 500, 20, 20], 54);
  for (const [rank, height] of crowded.entries()) {
    if (rank > 0) expect(height - (crowded[rank - 1] ?? 0)).toBeGreaterThanOrEqual(54);
  }
});

function fastest(work: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}
