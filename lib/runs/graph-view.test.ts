import { expect, test } from "vitest";
import { boundsOf, isInView, itemAt, originFor, viewPadding } from "./graph-view";
import { nodeHeight, nodeWidth } from "./layout";

test("bounds hold every box whole", () => {
  const items = [
    { x: 24, y: 300 },
    { x: 156, y: -10 },
  ];
  expect(boundsOf(items)).toEqual({ left: 24, top: -10, right: 156 + nodeWidth, bottom: 300 + nodeHeight });
});

test("a graph that fits is centred, whatever is looked at", () => {
  expect(originFor(0, 0, 400, 600, 1)).toBe(100);
  expect(originFor(400, 0, 400, 600, 1)).toBe(100);
});

test("what is looked at stands in the middle of a graph that does not fit", () => {
  const origin = originFor(1_000, 0, 2_000, 600, 0.5);
  expect(1_000 * 0.5 + origin).toBe(300);
});

test.each([0, 500, 2_000])("no edge of the graph comes loose when %i is looked at", (at) => {
  const [low, high, size, zoom] = [0, 2_000, 600, 0.85];
  const origin = originFor(at, low, high, size, zoom);
  expect(low * zoom + origin).toBeLessThanOrEqual(viewPadding);
  expect(high * zoom + origin).toBeGreaterThanOrEqual(size - viewPadding);
});

test("a press finds the box it falls on, edges included, and none between boxes", () => {
  const items = [
    { id: "a", x: 0, y: 0 },
    { id: "b", x: 0, y: nodeHeight + 10 },
  ];
  expect(itemAt(items, { x: nodeWidth, y: nodeHeight })?.id).toBe("a");
  expect(itemAt(items, { x: 1, y: nodeHeight + 10 })?.id).toBe("b");
  expect(itemAt(items, { x: 1, y: nodeHeight + 5 })).toBeNull();
});

test("a box is in view as soon as any of it is, at every scale", () => {
  const frame = { transform: [-100, 0, 0.5], width: 400, height: 300 } as const;
  expect(isInView({ x: 200 - nodeWidth + 1, y: 0 }, frame)).toBe(true);
  expect(isInView({ x: 200 - nodeWidth, y: 0 }, frame)).toBe(false);
  expect(isInView({ x: 999, y: 599 }, frame)).toBe(true);
  expect(isInView({ x: 1_000, y: 0 }, frame)).toBe(false);
  expect(isInView({ x: 200, y: 600 }, frame)).toBe(false);
});
