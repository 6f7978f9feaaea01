import { expect, test } from "vitest";
import { toJsonText } from "../json-write";
import { parsePath, plainText, textsAt } from "../search/metadata-path";
import { FieldCounter, type FieldCounts } from "./field-counts";

function counted(rows: unknown[]): FieldCounts {
  const counter = new FieldCounter();
  for (const row of rows) counter.addDocument(row);
  return counter.toCounts();
}

const many = <T>(count: number, row: (n: number) => T) => Array.from({ length: count }, (_, n) => row(n));
const fieldOf = ({ fields }: FieldCounts, path: string) => fields.find((field) => field.path === path);

const mixed = many(60, (n) => ({
  node: `gpu-${n % 3}`,
  exitCode: n % 4,
  cached: n % 2 === 0,
  "a.b c:d": "odd key",
  labels: { app: n % 5 === 0 ? "api" : "web", "k8s.io/pod": `pod-${n % 2}` },
  resource: { service: "train" },
  seconds: n + 0.5,
  nothing: null,
  list: [1, 2],
}));

test("a listed count is the number of rows that the query for that value finds", () => {
  const { fields } = counted(mixed);
  const listed = fields.flatMap(({ path, values }) => values.map((value) => ({ path, ...value })));
  expect(listed.length).toBeGreaterThan(12);
  for (const { path, value, count } of listed) {
    const steps = parsePath(path);
    if (!steps) throw new Error(`${path} is no path`);
    const found = mixed.filter((row) =>
      textsAt(toJsonText(row), steps).some((text) => plainText(text) === value),
    );
    expect([path, value, found.length]).toEqual([path, value, count]);
  }
});

test("a row counts the same from its document and from its text", () => {
  const counter = new FieldCounter();
  for (const row of mixed) counter.addText(toJsonText(row));
  expect(counter.toCounts()).toEqual(counted(mixed));
});

test("numbers of a text count as they are written, and a value said twice counts once", () => {
  const counter = new FieldCounter();
  for (const text of ['{"n":1.0}', '{"n":1}', '{"n":1,"n":1}', '{"n":1,"n":2}']) counter.addText(text);
  expect(fieldOf(counter.toCounts(), "n")?.values).toEqual([
    { value: "1", count: 3 },
    { value: "1.0", count: 1 },
    { value: "2", count: 1 },
  ]);
});

test("ids, measurements and long texts are no choice, but their rows are told", () => {
  const counts = counted(
    many(500, (n) => ({
      traceId: `t${n}`,
      seconds: n / 7,
      body: "x".repeat(200),
      stage: "map",
      size: 2n ** 60n,
    })),
  );
  expect(counts.fields.filter(({ values }) => values.length > 0).map(({ path }) => path)).toEqual(["stage"]);
  expect(fieldOf(counts, "traceId")).toEqual({ path: "traceId", rows: 500, values: [] });
  expect(fieldOf(counts, "seconds")?.rows).toBe(500);
  expect(fieldOf(counts, "body")?.rows).toBe(500);
  expect(counts.complete).toBe(true);
});

test("with more values than are listed, the frequent ones are, and the rest is in the rows", () => {
  const rows = many(60, (n) => many(n + 2, () => ({ user: `user-${String(n).padStart(2, "0")}` }))).flat();
  const field = fieldOf(counted(rows), "user");
  expect(field?.values).toHaveLength(50);
  expect(field?.values[0]).toEqual({ value: "user-59", count: 61 });
  expect(field?.rows).toBe(rows.length);
});

test("is bounded, whatever producers write, and says when fields are not noted", () => {
  const counts = counted(
    many(2_000, (n) => ({ [`key${n % 500}`]: "value", [`${"long".repeat(40)}${n % 2}`]: "x" })),
  );
  expect(counts.fields.length).toBeLessThanOrEqual(40);
  expect(counts.fields.filter(({ values }) => values.length > 0).length).toBeLessThanOrEqual(12);
  expect(counts.complete).toBe(false);
});
