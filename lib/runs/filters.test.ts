import { expect, test } from "vitest";
import { runFiltersFrom } from "./filters";

const from = (query: string) => runFiltersFrom(new URLSearchParams(query));

test("a URL without filters is the first page of all runs", () => {
  expect(from("")).toEqual({ statuses: [], workflowId: null, cursor: null, direction: "older" });
  expect(from("status=&workflow=&cursor=")).toEqual(from(""));
});

test("filters come from the URL, statuses each once and in the order they are shown everywhere", () => {
  expect(from("status=failed,running,failed&workflow=wf-1&cursor=abc&direction=newer")).toEqual({
    statuses: ["running", "failed"],
    workflowId: "wf-1",
    cursor: "abc",
    direction: "newer",
  });
});

test("what is unknown or too long falls back to its default", () => {
  expect(
    from(`status=gone,failed&direction=sideways&cursor=${"x".repeat(400)}&workflow=${"w".repeat(200)}`),
  ).toEqual({
    statuses: ["failed"],
    workflowId: null,
    cursor: null,
    direction: "older",
  });
});
