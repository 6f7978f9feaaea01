import { expect, test } from "vitest";
import { loadRunPageParams } from "./run-page-params";

test("an address without choices opens the graph and the overview", () => {
  const { view, tab, status, sort, fold, task } = loadRunPageParams({});
  expect({ view, tab, status, sort, fold, task }).toEqual({
    view: "graph",
    tab: "overview",
    status: [],
    sort: "start",
    fold: null,
    task: null,
  });
});

test("unknown values in an address fall back instead of failing the page", () => {
  const { view, tab, status, sort, desc } = loadRunPageParams({
    view: "poster",
    tab: "drop",
    status: "failed,exploded",
    sort: "$where",
    desc: "maybe",
  });
  expect({ view, tab, status, sort, desc }).toEqual({
    view: "graph",
    tab: "overview",
    status: ["failed"],
    sort: "start",
    desc: false,
  });
});
