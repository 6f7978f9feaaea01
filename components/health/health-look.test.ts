import { expect, test } from "vitest";
import type { Health } from "@/lib/health/schema";
import { healthItems } from "./health-look";

const at = "2026-11-20T10:00:00.000Z";
const well: Health = {
  asOf: at,
  canary: {
    state: "ok",
    checked: 12_345,
    cold: 3_210,
    wrong: { missing: 0, duplicate: 0, out_of_order: 0, changed: 0 },
    lastCheckedAt: at,
  },
  worker: { state: "ok", workers: 1, seenAt: at },
  stores: [
    { store: "mongodb", state: "ok", durationMs: 2, problem: null, checkedAt: at },
    { store: "objects", state: "ok", durationMs: 14, problem: null, checkedAt: at },
  ],
  objectStoreErrors24h: { requests: 0, kinds: [], last: null },
};
const saysOf = (health: Health) =>
  healthItems(health).map(({ name, says, more }) => `${name}: ${says}; ${more}`);

test("all well: what was checked and how fast the stores answer", () => {
  expect(saysOf(well)).toEqual([
    "Canary: 12,345 lines checked, 0 missing or changed; 3,210 of them in the archive",
    "Worker: 1 alive; ",
    "MongoDB: answers in 2 ms; ",
    "Object store: answers in 14 ms; no failed request in 24 h",
  ]);
});

test("what is wrong is counted by how it is wrong", () => {
  const wrong = { missing: 3, duplicate: 0, out_of_order: 1, changed: 2 };
  const [canary] = healthItems({ ...well, canary: { ...well.canary, state: "failing", wrong } });
  expect(canary?.says).toBe("failing: 3 missing, 1 out of order, 2 changed in 24 h");
});

test("a store that fails says why, and its failed requests are counted", () => {
  const stores: Health["stores"] = [
    { store: "objects", state: "failing", durationMs: 5, problem: "There is no bucket x.", checkedAt: at },
  ];
  const last = { kind: "throttled", at };
  const objectStoreErrors24h = { requests: 1_200, kinds: [{ kind: "throttled", requests: 1_200 }], last };
  expect(saysOf({ ...well, stores, objectStoreErrors24h })[2]).toBe(
    "Object store: failing: There is no bucket x.; 1,200 failed requests in 24 h",
  );
});

test("silence is no good news: nothing that was said before is repeated", () => {
  const silent = {
    ...well,
    canary: { ...well.canary, state: "silent" },
    worker: { ...well.worker, state: "silent" },
  } as const;
  expect(saysOf(silent)[0]).not.toContain("0 missing");
  expect(saysOf(silent)[1]).not.toContain("alive");
});
