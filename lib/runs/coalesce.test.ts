import { expect, test, vi } from "vitest";
import { Coalesced } from "./coalesce";

/** Work that records when it begins and ends only when it is let. */
function gate() {
  const begun: string[] = [];
  const open: (() => void)[] = [];
  return {
    begun,
    work: (name: string) => () => {
      begun.push(name);
      return new Promise<void>((resolve) => open.push(resolve));
    },
    let: () => open.shift()?.(),
  };
}

const fail = (error: unknown) => {
  throw error;
};

test("the first request begins at once, and however many come meanwhile, one more follows after them", async () => {
  const { begun, work, let: finish } = gate();
  const coalesced = new Coalesced(0, fail);
  for (const name of ["first", "second", "third", "last"]) coalesced.request("run", work(name));
  expect(begun).toEqual(["first"]);
  finish();
  await vi.waitUntil(() => begun.length === 2);
  expect(begun).toEqual(["first", "last"]);
  finish();
  await coalesced.idle();
  expect(begun).toHaveLength(2);
});

test("a request while the work is under way is not answered by that work", async () => {
  const { begun, work, let: finish } = gate();
  const coalesced = new Coalesced(0, fail);
  coalesced.request("run", work("before"));
  finish();
  coalesced.request("run", work("after"));
  await vi.waitUntil(() => begun.includes("after"));
  finish();
  await coalesced.idle();
});

test("names do not wait for each other", () => {
  const { begun, work } = gate();
  const coalesced = new Coalesced(60_000, fail);
  coalesced.request("a", work("a"));
  coalesced.request("b", work("b"));
  expect(begun).toEqual(["a", "b"]);
});

test("a stop does not wait for the pause to end, and leaves nothing undone", async () => {
  const done: string[] = [];
  const coalesced = new Coalesced(60_000, fail);
  coalesced.request("run", async () => void done.push("first"));
  coalesced.request("run", async () => void done.push("last"));
  await coalesced.idle();
  expect(done).toEqual(["first", "last"]);
});

test("work that fails is reported, and what was requested after it is done", async () => {
  const failures: unknown[] = [];
  const done: string[] = [];
  const coalesced = new Coalesced(60_000, (error, name) => failures.push([error, name]));
  const away = new Error("the store is away");
  coalesced.request("run", () => Promise.reject(away));
  coalesced.request("run", async () => void done.push("again"));
  await coalesced.idle();
  expect([failures, done]).toEqual([[[away, "run"]], ["again"]]);
});
