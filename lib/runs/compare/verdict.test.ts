import { describe, expect, test } from "vitest";
import { inOrder } from "./order";
import type { ComparedTaskSide, PairTemplates, TaskPair } from "./schema";
import type { PairSort } from "./search-params";
import { verdictOf, verdictOfRuns } from "./verdict";

const side = (parts: Partial<ComparedTaskSide> = {}): ComparedTaskSide => ({
  taskId: "t",
  status: "succeeded",
  startedMs: 0,
  endedMs: 10_000,
  durationMs: 10_000,
  attempt: 1,
  errorMessage: null,
  episodeId: "e",
  rows: 1,
  failing: 0,
  ...parts,
});
const pair = (key: string, parts: Partial<TaskPair> = {}): TaskPair => ({
  key,
  name: key,
  a: side(),
  b: side(),
  ...parts,
});
const says = (key: string, onlyA = 0, equal = 2): PairTemplates => ({
  key,
  onlyA: { templates: onlyA, rows: onlyA },
  onlyB: { templates: 0, rows: 0 },
  both: { templates: 2, equal },
  other: 0,
  exact: true,
});
const verdict = (tasks: TaskPair[], known: PairTemplates[] = []) =>
  verdictOfRuns({ tasks }, new Map(known.map((found) => [found.key, found])));

describe("the task at which two runs part", () => {
  test("is the earliest by the clock of its run that ended otherwise, not the first of the list", () => {
    const { first } = verdict([
      pair("late", { b: side({ status: "failed", endedMs: 90_000 }), a: side({ endedMs: 95_000 }) }),
      pair("early", { b: side({ status: "failed", endedMs: 20_000 }), a: side({ endedMs: 30_000 }) }),
    ]);
    expect(first?.key).toBe("early");
  });

  test("is the one that failed, not those that were skipped for it at the same moment", () => {
    const { first } = verdict([
      pair("behind", {
        a: side({ endedMs: 60_000 }),
        b: side({ status: "skipped", startedMs: null, endedMs: 20_000, durationMs: null }),
      }),
      pair("cause", { a: side({ endedMs: 25_000 }), b: side({ status: "failed", endedMs: 20_000 }) }),
    ]);
    expect(first?.key).toBe("cause");
  });

  test("may be one that only one of the runs has", () => {
    const { first } = verdict([
      pair("failed", { b: side({ status: "failed", endedMs: 50_000 }), a: side({ endedMs: 60_000 }) }),
      pair("new", { a: null, b: side({ endedMs: 5_000 }) }),
    ]);
    expect(first?.key).toBe("new");
  });

  test("goes by the logs where all tasks ended alike, and waits until the earlier ones were looked at", () => {
    const tasks = [pair("one"), pair("two"), pair("three")];
    expect(verdict(tasks, [says("two", 1)])).toMatchObject({ first: null, waiting: 2 });
    expect(verdict(tasks, [says("one"), says("two", 1), says("three", 2)]).first?.key).toBe("two");
  });

  test("is none where nothing but counts and durations differ", () => {
    const slower = pair("slower", { b: side({ durationMs: 20_000 }) });
    const found = verdict([pair("counts"), slower], [says("counts", 0, 1), says("slower")]);
    expect(found.first).toBeNull();
    expect(found.different.map(({ key }) => key)).toEqual(["slower"]);
  });
});

describe("a pair of tasks", () => {
  test.each([
    ["ended otherwise", pair("x", { b: side({ status: "failed" }) }), "outcome"],
    ["is only in A", pair("x", { b: null }), "only_a"],
    ["is only in B", pair("x", { a: null }), "only_b"],
    ["took longer", pair("x", { b: side({ durationMs: 12_000 }) }), "duration"],
    ["took a little longer", pair("x", { b: side({ durationMs: 10_900 }) }), "none"],
    [
      "took longer, but only by a blink",
      pair("x", { a: side({ durationMs: 100 }), b: side({ durationMs: 900 }) }),
      "none",
    ],
    ["needed another attempt", pair("x", { b: side({ attempt: 2 }) }), "attempts"],
    ["is the same", pair("x"), "none"],
  ])("that %s is told so", (_, tasks, difference) => {
    expect(verdictOf(tasks, says("x"))).toMatchObject({
      difference,
      log: tasks.a && tasks.b ? "same" : "silent",
    });
  });

  test("says how much longer B took, and has no share of nothing", () => {
    expect(verdictOf(pair("x", { b: side({ durationMs: 4_000 }) }), undefined)).toMatchObject({
      changeMs: -6_000,
      changeShare: -0.6,
      log: "waiting",
    });
    expect(verdictOf(pair("x", { a: side({ durationMs: 0 }) }), undefined)).toMatchObject({
      changeMs: 10_000,
      changeShare: null,
    });
    expect(verdictOf(pair("x", { a: side({ durationMs: null }) }), undefined).changeMs).toBeNull();
  });
});

describe("the order of pairs", () => {
  const tasks = [
    pair("same"),
    pair("slower 10", { b: side({ durationMs: 30_000 }) }),
    pair("slower 9", { b: side({ durationMs: 60_000 }) }),
    pair("faster", { a: side({ durationMs: 1_000_000 }), b: side({ durationMs: 900_000 }) }),
    pair("failed", { b: side({ status: "failed" }) }),
    pair("gone", { b: null }),
  ];
  const { verdicts } = verdict(
    tasks,
    tasks.map(({ key }) => says(key)),
  );
  const order = (sort: PairSort, turned = false) =>
    inOrder(tasks, verdicts, { sort, turned }).map(({ key }) => key);

  test("is by what matters most unless another is asked for", () => {
    expect(order("difference")).toEqual(["failed", "gone", "faster", "slower 9", "slower 10", "same"]);
    expect(order("start")).toEqual(tasks.map(({ key }) => key));
    expect(order("start", true)).toEqual(tasks.map(({ key }) => key).reverse());
    expect(order("change").slice(0, 3)).toEqual(["faster", "slower 9", "slower 10"]);
    expect(order("percent").slice(0, 3)).toEqual(["slower 9", "slower 10", "faster"]);
    expect(order("name").slice(-2)).toEqual(["slower 9", "slower 10"]);
  });
});
