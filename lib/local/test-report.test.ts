import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { projectRoot } from "./home";
import { countPlaywright, countVitest, failureIn, lastLine, namedTests, noCounts } from "./test-report";

const folder = mkdtempSync(path.join(tmpdir(), "strata-report-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const totals = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };
const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 1 };

test("a green run is counted as it says", () => {
  expect(countVitest(written(totals), 0)).toEqual({ ...noCounts, passed: 7, skipped: 2 });
  expect(countPlaywright(written({ stats, suites: [] }), 0)).toEqual({ ...noCounts, passed: 5, skipped: 1 });
});

test("a test that failed is named with its file", () => {
  const report = { ...totals, numFailedTests: 1, testResults: [unitTests("failed", ["failed", "passed"])] };
  expect(countVitest(written(report), 1)).toMatchObject({ failed: 1, broken: ["lib/sum.test.ts › adds 0"] });
  const red = { stats: { ...stats, unexpected: 1 }, suites: [journeys("unexpected")] };
  expect(countPlaywright(written(red), 1)).toMatchObject({ failed: 1, broken: ["e2e/logs.spec.ts › reads"] });
});

test("a test file that could not be loaded counts as a failure", () => {
  const report = { ...totals, testResults: [unitTests("failed", []), unitTests("passed", ["passed"])] };
  expect(countVitest(written(report), 1)).toMatchObject({ failed: 1, broken: ["lib/sum.test.ts"] });
});

test("a run that fails outside of every test counts as a failure", () => {
  expect(countVitest(written(totals), 1).failed).toBe(1);
  expect(countPlaywright(written({ stats, suites: [] }), 1).failed).toBe(1);
});

test("a run that died before it reported counts as a failure", () => {
  expect(countVitest(path.join(folder, "absent.json"), 0)).toMatchObject({ passed: 0, failed: 1 });
  expect(countPlaywright(written("half of"), 0)).toMatchObject({ passed: 0, failed: 1 });
});

test("a test that passed only when repeated passes and is named", () => {
  const repeated = { ...unitTests("passed", ["passed"]), ...{ assertionResults: [again(0)] } };
  const unit = countVitest(written({ ...totals, testResults: [repeated] }), 0);
  expect(unit).toMatchObject({ passed: 7, failed: 0, repeated: ["lib/sum.test.ts › adds 0"] });
  const journey = countPlaywright(written({ stats: { ...stats, flaky: 1 }, suites: [journeys("flaky")] }), 0);
  expect(journey).toMatchObject({ passed: 6, failed: 0, repeated: ["e2e/logs.spec.ts › reads"] });
});

test("many that passed only when repeated are failures", () => {
  const many = { ...unitTests("passed", []), assertionResults: [0, 1, 2, 3].map(again) };
  expect(countVitest(written({ ...totals, testResults: [many] }), 0)).toMatchObject({ passed: 3, failed: 4 });
});

test("the end of the output names what failed and what was repeated, and nothing of a run without either", () => {
  expect(namedTests([noCounts])).toEqual([]);
  expect(namedTests([{ ...noCounts, repeated: ["one"] }, failureIn("Types")])).toEqual([
    "Passed only when repeated:",
    "  one",
    "Failed:",
    "  Types",
  ]);
});

test("the last line is the sum, and names skipped tests only when there are any", () => {
  const count = { ...noCounts, passed: 2, failed: 1 };
  expect(lastLine([count, count])).toBe("4 passed, 2 failed");
  expect(lastLine([count, { ...count, skipped: 3 }])).toBe("4 passed, 2 failed, 3 skipped");
});

function unitTests(status: string, tests: string[]) {
  return {
    name: path.join(projectRoot, "lib/sum.test.ts"),
    status,
    assertionResults: tests.map((status, at) => ({ status, fullName: `adds ${at}`, failureMessages: [] })),
  };
}

function again(at: number) {
  return { status: "passed", fullName: `adds ${at}`, failureMessages: ["expected 1 to be 2"] };
}

/** As Playwright nests them: a file, and in it a group. */
function journeys(status: string) {
  const spec = { title: "reads", file: "logs.spec.ts", tests: [{ status }] };
  return { specs: [], suites: [{ specs: [spec] }] };
}

function written(report: unknown): string {
  const file = path.join(folder, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(report));
  return file;
}
