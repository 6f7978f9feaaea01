import { expect, test } from "vitest";
import { mostTabs, tabsOf } from "./tabs";

const views = Array.from({ length: mostTabs + 3 }, (_, index) => ({ id: `v${index}`, own: index % 2 === 1 }));
const idsOf = (openId: string | null) => tabsOf(views, openId).map(({ id }) => id);

test("one's own views come first", () => {
  expect(idsOf(null)).toEqual(["v1", "v3", "v5", "v7", "v0"]);
});

test("opening a tab moves none; a view from the menu takes the last place", () => {
  expect(idsOf("v3")).toEqual(idsOf(null));
  expect(idsOf("v6")).toEqual(["v1", "v3", "v5", "v7", "v6"]);
  expect(idsOf("gone")).toEqual(idsOf(null));
});
