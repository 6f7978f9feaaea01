import { expect, test } from "vitest";
import { loadRunListParams, runFiltersOf, runListQuery } from "./search-params";

const filtersOf = (query: string) => runFiltersOf(loadRunListParams(new URLSearchParams(query)));

test("a filter survives its way through the URL", () => {
  const query = runListQuery({
    status: ["failed", "running"],
    workflow: "wf-1",
    cursor: "c",
    direction: "newer",
  });
  expect(filtersOf(query)).toEqual({
    statuses: ["failed", "running"],
    workflowId: "wf-1",
    cursor: "c",
    direction: "newer",
  });
});

test("what no run can have is left out, and an empty URL is the first page of every run", () => {
  const everyRun = { statuses: [], workflowId: null, cursor: null, direction: "older" };
  expect(filtersOf("?status=exploded&workflow=&direction=sideways")).toEqual(everyRun);
  expect(filtersOf("")).toEqual(everyRun);
});

test("defaults stay out of the URL", () => {
  expect(runListQuery({ status: [], workflow: null, cursor: null, direction: "older" })).toBe("");
});

test("a status named twice is asked for once", () => {
  expect(filtersOf("?status=failed,failed").statuses).toEqual(["failed"]);
});
