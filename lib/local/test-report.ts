import { readFileSync } from "node:fs";
import { z } from "zod";

export type Counts = { passed: number; failed: number; skipped: number };

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/**
 * Counts of a Vitest run. A file that could not even be loaded has no test in it that failed, and an error outside of
 * all tests has no file: each counts as a failure, so that a red run never adds up to "0 failed".
 */
export function countVitest(reportFile: string, status: number): Counts {
  const report = read(reportFile, vitestReport);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  return orOneFailure(status, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/** Counts of a Playwright run. A test that passed only when repeated is one that failed. */
export function countPlaywright(reportFile: string, status: number): Counts {
  const report = read(reportFile, playwrightReport);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return orOneFailure(status, { passed: expected, failed: unexpected + flaky, skipped });
}

export function lastLine(counts: Counts[]): string {
  const sum = (pick: (count: Counts) => number) => counts.reduce((total, count) => total + pick(count), 0);
  const skipped = sum((count) => count.skipped);
  const tail = skipped > 0 ? `, ${skipped} skipped` : "";
  return `${sum((count) => count.passed)} passed, ${sum((count) => count.failed)} failed${tail}`;
}

function orOneFailure(status: number, counts: Counts): Counts {
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Null when the run died before it could write its report, or wrote half of one. */
function read<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}
