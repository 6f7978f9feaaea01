import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { countPlaywright, countVitest, lastLine } from "./test-report";

const folder = mkdtempSync(path.join(tmpdir(), "strata-report-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const totals = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };

test("a green run is counted as it says", () => {
  expect(countVitest(written(totals), 0)).toEqual({ passed: 7, failed: 0, skipped: 2 });
  const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 1 };
  expect(countPlaywright(written({ stats }), 0)).toEqual({ passed: 5, failed: 0, skipped: 1 });
});

test("a test file that could not be loaded counts as a failure", () => {
  const testResults = [
    { status: "failed", assertionResults: [] },
    { status: "passed", assertionResults: [{ status: "passed" }] },
  ];
  expect(countVitest(written({ ...totals, testResults }), 1).failed).toBe(1);
});

test("a run that fails outside of every test counts as a failure", () => {
  expect(countVitest(written(totals), 1).failed).toBe(1);
  expect(
    countPlaywright(written({ stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 0 } }), 1).failed,
  ).toBe(1);
});

test("a run that died before it reported counts as a failure", () => {
  expect(countVitest(path.join(folder, "absent.json"), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(countPlaywright(written("half of"), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("a browser test that passed only when repeated counts as a failure", () => {
  const stats = { expected: 5, unexpected: 0, flaky: 1, skipped: 0 };
  expect(countPlaywright(written({ stats }), 0)).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

test("the last line is the sum, and names skipped tests only when there are any", () => {
  const count = { passed: 2, failed: 1, skipped: 0 };
  expect(lastLine([count, count])).toBe("4 passed, 2 failed");
  expect(lastLine([count, { ...count, skipped: 3 }])).toBe("4 passed, 2 failed, 3 skipped");
});

function written(report: unknown): string {
  const file = path.join(folder, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(report));
  return file;
}
