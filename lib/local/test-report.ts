import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { projectRoot } from "./home";

export type Counts = {
  passed: number;
  failed: number;
  skipped: number;
  /** Tests that failed, by file and name. */
  broken: string[];
  /** Tests that failed once and passed when repeated. */
  repeated: string[];
};

/** A busy machine is forgiven so many of thousands. More is no chance any more: then each counts as a failure. */
const mostRepeated = 3;

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(z.object({ status: z.string() })),
});
const playwrightSuite = z.object({
  specs: z.array(playwrightSpec),
  get suites() {
    return z.array(playwrightSuite).optional();
  },
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  suites: z.array(playwrightSuite),
});

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0, broken: [], repeated: [] };
export const failureIn = (what: string): Counts => ({ ...noCounts, failed: 1, broken: [what] });

/**
 * Counts of a Vitest run. A file that could not even be loaded has no test in it that failed, and an error outside of
 * all tests has no file: each counts as a failure, so that a red run never adds up to "0 failed".
 */
export function countVitest(reportFile: string, status: number): Counts {
  const report = read(reportFile, vitestReport);
  if (!report) return failureIn("Vitest ended without a report");
  const fileName = (name: string) => path.relative(projectRoot, name);
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, place: `${fileName(name)} › ${test.fullName.trim()}` })),
  );
  const unloaded = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const broken = tests.filter((test) => test.status === "failed").map(({ place }) => place);
  return judged(status, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    broken: [...broken, ...unloaded.map(({ name }) => fileName(name))],
    // What went wrong the first time is kept with a test that passed the second time.
    repeated: tests
      .filter(({ status, failureMessages }) => status === "passed" && failureMessages.length > 0)
      .map(({ place }) => place),
  });
}

export function countPlaywright(reportFile: string, status: number): Counts {
  const report = read(reportFile, playwrightReport);
  if (!report) return failureIn("Playwright ended without a report");
  const { expected, unexpected, flaky, skipped } = report.stats;
  const named = (wanted: string) =>
    specsOf(report.suites)
      .filter(({ tests }) => tests.some((test) => test.status === wanted))
      .map(({ file, title }) => `e2e/${file} › ${title}`);
  return judged(status, {
    passed: expected + flaky,
    failed: unexpected,
    skipped,
    broken: named("unexpected"),
    repeated: named("flaky"),
  });
}

/** Which tests failed, and which passed only when repeated: what one looks for at the end of a long output. */
export function namedTests(counts: Counts[]): string[] {
  const list = (title: string, names: string[]) =>
    names.length === 0 ? [] : [title, ...names.map((name) => `  ${name}`)];
  return [
    ...list(
      "Passed only when repeated:",
      counts.flatMap(({ repeated }) => repeated),
    ),
    ...list(
      "Failed:",
      counts.flatMap(({ broken }) => broken),
    ),
  ];
}

export function lastLine(counts: Counts[]): string {
  const sum = (pick: (count: Counts) => number) => counts.reduce((total, count) => total + pick(count), 0);
  const skipped = sum((count) => count.skipped);
  const tail = skipped > 0 ? `, ${skipped} skipped` : "";
  return `${sum((count) => count.passed)} passed, ${sum((count) => count.failed)} failed${tail}`;
}

function judged(status: number, counts: Counts): Counts {
  const { passed, failed, repeated } = counts;
  if (repeated.length > mostRepeated)
    return { ...counts, passed: passed - repeated.length, failed: failed + repeated.length };
  if (status !== 0 && failed === 0)
    return { ...counts, failed: 1, broken: ["something outside of every test"] };
  return counts;
}

type Suite = z.infer<typeof playwrightSuite>;

function specsOf(suites: Suite[]): z.infer<typeof playwrightSpec>[] {
  return suites.flatMap(({ specs, suites }) => [...specs, ...specsOf(suites ?? [])]);
}

/** Null when the run died before it could write its report, or wrote half of one. */
function read<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}
