import { expect, test } from "vitest";
import { loadRunListParams, runFiltersOf } from "../search-params";
import { runViewParams, runViewSearch } from "./view-params";

test("a view keeps filters and columns, not the page one is on nor which view it was", () => {
  const search =
    "?status=failed&q=nightly&since=-24h&columns=run,started&cursor=abc&direction=newer&size=25&saved=x";
  expect(Object.fromEntries(new URLSearchParams(runViewParams(search)))).toEqual({
    status: "failed",
    q: "nightly",
    since: "-24h",
    columns: "run,started",
  });
});

test("the same look is the same text, however its URL was written", () => {
  expect(runViewParams("status=failed,running&q=a%20b")).toBe(runViewParams("?q=+a+b&status=running,failed"));
  expect(runViewParams("columns=started,run")).toBe(runViewParams("columns=run,started"));
  const written = runViewParams("longer=90s&by=schedule:%20nightly&columns=");
  expect(runViewParams(written)).toBe(written);
});

test("no columns at all is another look than one's own columns", () => {
  expect(runViewParams("columns=")).not.toBe(runViewParams(""));
});

test("what is no parameter of the list, or no value of one, is not kept", () => {
  expect(runViewParams("status=exploded&version=3&columns=secrets&next=//evil.test&q=ok")).toBe(
    "columns=&q=ok",
  );
});

test("opening a view leads to just what was saved", () => {
  const params = runViewParams("status=failed&columns=by&shorter=5m");
  const opened = loadRunListParams(new URLSearchParams(runViewSearch({ id: "v1", params })));
  expect(opened).toMatchObject({ columns: ["by"], saved: "v1", cursor: null });
  expect(runFiltersOf(opened)).toMatchObject({ statuses: ["failed"], shorterThanMs: 300_000, text: null });
  expect(runViewSearch({ id: "v1", params: "" })).toBe("?saved=v1");
});
