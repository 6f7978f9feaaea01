import { expect, test } from "vitest";
import { edgeRouter, nearestGap } from "./edge-routes";
import { columnPitch, nodeHeight, nodeWidth } from "./layout";

const clearOf = (tops: number[], y: number) => tops.every((top) => y <= top - 8 || y >= top + nodeHeight + 8);

test.each([-50, 0, 10, 19, 40, 57, 60, 77, 100, 116, 135, 500])(
  "a wish of %i is answered beside the boxes",
  (wish) => {
    const tops = [0, 58, 116, 300];
    expect(clearOf(tops, nearestGap(tops, wish))).toBe(true);
  },
);

test("a height that is already clear is kept", () => {
  expect(nearestGap([0, 200], 120)).toBe(120);
});

test("a gap too narrow for the clearance is passed in its middle", () => {
  expect(nearestGap([0, nodeHeight + 4], nodeHeight + 1)).toBe(nodeHeight + 2);
});

test("an edge that skips a column goes around the box standing in its way", () => {
  const places = new Map([
    ["a", { x: 0, y: 0 }],
    ["between", { x: columnPitch, y: 0 }],
    ["b", { x: 2 * columnPitch, y: 0 }],
  ]);
  const passesAt = Number(
    new RegExp(` (-?[\\d.]+)H${columnPitch + nodeWidth}`).exec(edgeRouter(places)("a", "b"))?.[1],
  );
  expect(clearOf([0], passesAt)).toBe(true);
});

test("an edge to a box that is not drawn is not drawn either", () => {
  expect(edgeRouter(new Map([["a", { x: 0, y: 0 }]]))("a", "hidden")).toBe("");
});
