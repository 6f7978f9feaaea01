import { expect, test } from "vitest";
import { byRisk } from "./risk";

const calm = {
  name: "calm",
  damagedChunks: 0,
  states: { damaged: 0, overdue: 0, archiving: 0, live: 3, verified: 9 },
  failedAttempts24h: 0,
  overdueChunks: 0,
  waitingLogs: 0,
  hotLogs: 10,
  sweep: null,
};
const names = (workspaces: (Omit<typeof calm, "sweep"> & { sweep: { unexplained: number } | null })[]) =>
  byRisk(workspaces).map(({ name }) => name);

test("rows that cannot be read come before whatever waits, however much that is", () => {
  const busy = { ...calm, name: "busy", waitingLogs: 9_000_000, states: { ...calm.states, overdue: 40 } };
  expect(names([busy, calm, { ...calm, name: "damaged", damagedChunks: 1 }])).toEqual([
    "damaged",
    "busy",
    "calm",
  ]);
});

test("objects that are nobody's come before a queue that drains by itself", () => {
  const queue = { ...calm, name: "queue", waitingLogs: 500 };
  expect(names([calm, queue, { ...calm, name: "odd", sweep: { unexplained: 2 } }])).toEqual([
    "odd",
    "queue",
    "calm",
  ]);
});
