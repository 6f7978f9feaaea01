import { isDeepStrictEqual } from "node:util";
import { expect, test, vi } from "vitest";
import { POST as postLines } from "@/app/api/v1/logs/route";
import { POST as postLoki } from "@/app/loki/api/v1/push/route";
import { POST as postOtlp } from "@/app/v1/logs/route";
import { archiveEpisode } from "@/lib/archive/archiver";
import { testDatabase } from "@/lib/testing/database";
import { programWith, storedEntries } from "@/lib/testing/doors";
import { fuzzDoors } from "@/lib/testing/fuzz/run";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { listEpisodes } from "./queries";
import { readColdRange } from "./read/cold-rows";
import { checkEpisode } from "./verify";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

/** `npm run fuzz -- logs` sets these; the proof takes a part of the bodies. */
const bodies = Number(process.env.STRATA_FUZZ_BODIES ?? 2000);
const seed = Number(process.env.STRATA_FUZZ_SEED ?? 1);
const mostGrowthBytes = 768 * 1024 * 1024;

test(`${bodies} hostile bodies: no 5xx, no crash, bounded memory, and every stored row is what was sent, hot and archived`, {
  timeout: 60_000 + bodies * 100,
}, async () => {
  const { scope, authorization } = await programWith("logs:write");
  const startBytes = process.memoryUsage().rss;
  let peakBytes = startBytes;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
  }, 50);
  const doors = { lines: postLines, otlp: postOtlp, loki: postLoki };
  const report = await fuzzDoors({ seed, bodies, scope, authorization, doors });
  clearInterval(watch);
  if (process.env.STRATA_FUZZ_BODIES) {
    const { sent, rows, statuses } = report;
    console.log(JSON.stringify({ seed, sent, rows, statuses, peakMB: Math.round(peakBytes / 2 ** 20) }));
  }

  expect(report.failures).toEqual([]);
  expect(report.sent).toBe(bodies);
  expect(peakBytes - startBytes).toBeLessThan(mostGrowthBytes);
  // Both kinds of answers were given, so that neither half of the comparison was idle.
  expect(report.rows).toBeGreaterThan(bodies / 4);
  expect(report.statuses[400]).toBeGreaterThan(bodies / 10);
  const { episodes } = await listEpisodes(scope);
  expect(episodes).toHaveLength(8);
  for (const { episodeId, total } of episodes) {
    expect((await checkEpisode(scope, episodeId)).problems).toEqual([]);
    const hot = await storedEntries(scope, episodeId);
    await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: true });
    const cold = await readColdRange(scope, episodeId, { from: 0n, to: BigInt(total - 1) });
    expect(cold.entries.length).toBe(hot.length);
    expect(cold.entries.filter((entry, index) => !isDeepStrictEqual(entry, hot[index]))).toEqual([]);
    expect((await checkEpisode(scope, episodeId)).problems).toEqual([]);
  }
});
