import { expect, test } from "vitest";
import { everyRun, type RunFilters } from "./list/filters";
import { durationText, loadRunListParams, paramsOf, runFiltersOf, runListQuery } from "./search-params";

const filtersOf = (query: string) => runFiltersOf(loadRunListParams(new URLSearchParams(query)));

test("every filter survives its way through the URL", () => {
  const filters: RunFilters = {
    statuses: ["running", "failed"],
    workflowId: "wf-1",
    version: 3,
    projectId: "p-1",
    triggeredBy: "schedule: nightly, at 2",
    inputId: "dataset-7",
    since: "-24h",
    until: "2026-03-01T08:00:00.000Z",
    longerThanMs: 90_000,
    shorterThanMs: 7_200_000,
    text: "a b&c=d",
    cursor: "c",
    direction: "newer",
    size: 50,
  };
  expect(filtersOf(runListQuery(paramsOf(filters)))).toEqual(filters);
});

test("what no run can have is left out, and an empty URL is the first page of every run", () => {
  expect(filtersOf("?status=exploded&workflow=&direction=sideways&longer=soon&size=7&q=%20")).toEqual(
    everyRun,
  );
  expect(filtersOf(`?cursor=${"x".repeat(400)}&workflow=${"w".repeat(200)}&by=${"b".repeat(300)}`)).toEqual(
    everyRun,
  );
  expect(filtersOf("")).toEqual(everyRun);
});

test("defaults stay out of the URL", () => {
  expect(runListQuery(paramsOf(everyRun))).toBe("");
});

test("a status named twice is asked for once, in the order that is used everywhere", () => {
  expect(filtersOf("?status=failed,running,failed").statuses).toEqual(["running", "failed"]);
});

test("a version counts only together with its workflow", () => {
  expect(filtersOf("?version=3").version).toBeNull();
  expect(filtersOf("?workflow=wf-1&version=3").version).toBe(3);
  expect(filtersOf("?workflow=wf-1&version=-3").version).toBeNull();
});

test.each([
  [90_000, "90s"],
  [300_000, "5m"],
  [7_200_000, "2h"],
  [172_800_000, "2d"],
])("%d ms is written %s", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
