import { expect, test } from "vitest";
import { loadExplorerParams } from "../search-params";
import { viewParams, viewPatch, viewSearch } from "./view-params";

test("a view keeps the query and the look, not where one is in it", () => {
  const search =
    "?seq=12&level=error,fatal&q=timeout&zoom=~&meta=eq:user.id:7&context=true&saved=x&wrap=true";
  const params = new URLSearchParams(viewParams(search));
  expect(Object.fromEntries(params)).toEqual({
    level: "error,fatal",
    q: "timeout",
    meta: "eq:user.id:7",
    wrap: "true",
  });
});

test("the same look is the same text, however its URL was written", () => {
  expect(viewParams("q=a%20b&level=error")).toBe(viewParams("?level=error&mode=text&q=a+b&columns=source"));
  expect(viewParams(viewParams("template=a <*> b&without=x&without=y"))).toBe(
    viewParams("template=a <*> b&without=x&without=y"),
  );
});

test("what is no parameter of the explorer is not kept", () => {
  expect(viewParams("level=nonsense&mode=sql&view=admin&next=//evil.test&q=ok")).toBe("q=ok");
});

test("opening a view leads to just what was saved, and takes away what it does not have", () => {
  const params = viewParams("level=warn&clock=local&without=a&without=b");
  const opened = loadExplorerParams(new URLSearchParams(viewSearch({ id: "v1", params })));
  expect(opened).toMatchObject({ level: ["warn"], clock: "local", without: ["a", "b"], saved: "v1", q: "" });
  expect(viewPatch(params)).toMatchObject({ level: ["warn"], q: "", since: null, zoom: null, find: "" });
});
