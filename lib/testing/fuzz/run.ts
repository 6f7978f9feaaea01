import type { WorkspaceScope } from "@/lib/auth/access";
import { storedEntries } from "../doors";
import type { Door, FuzzBody, RowCheck } from "./body";
import { Chance } from "./chance";
import { absurdHeadersBody, badGzipBody, garbageBody, zipBombBody } from "./hostile";
import { linesBody, mutatedLinesBody } from "./lines";
import { lokiBody, mutatedLokiBody } from "./loki";
import { deepOtlpBody, mutatedOtlpBody, otlpBody } from "./otlp";

export interface FuzzPlan {
  seed: number;
  bodies: number;
  scope: WorkspaceScope;
  authorization: string;
  doors: Record<Door, (request: Request) => Promise<Response>>;
}

export interface FuzzReport {
  sent: number;
  statuses: Record<string, number>;
  rows: number;
  /** Each names the seed of its body: `fuzzBody(seed)` makes it again. */
  failures: string[];
}

const paths: Record<Door, string> = { lines: "/api/v1/logs", otlp: "/v1/logs", loki: "/loki/api/v1/push" };
/** Senders at a time; each has an episode to itself, so that its rows can be told in their order. */
const lanes = 8;
const mostFailures = 20;

const makers: [weight: number, make: (chance: Chance) => FuzzBody][] = [
  [14, linesBody],
  [14, otlpBody],
  [10, lokiBody],
  [14, mutatedLinesBody],
  [20, mutatedOtlpBody],
  [14, mutatedLokiBody],
  [2, deepOtlpBody],
  [8, garbageBody],
  [3, badGzipBody],
  [4, absurdHeadersBody],
  [0.1, zipBombBody],
];

export function fuzzBody(seed: number): FuzzBody {
  const chance = new Chance(Math.imul(seed, 0x9e3779b1));
  let left = chance.next() * makers.reduce((sum, [weight]) => sum + weight, 0);
  const chosen = makers.find(([weight]) => {
    left -= weight;
    return left < 0;
  });
  return (chosen?.[1] ?? linesBody)(chance);
}

/** Sends bodies through all doors and compares what is stored with what their answers promise. */
export async function fuzzDoors(plan: FuzzPlan): Promise<FuzzReport> {
  const report: FuzzReport = { sent: 0, statuses: {}, rows: 0, failures: [] };
  let next = plan.seed;
  const end = plan.seed + plan.bodies;
  const takeSeed = () => (next < end && report.failures.length < mostFailures ? next++ : null);
  await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(plan, lane, takeSeed, report)));
  return report;
}

async function runLane(
  plan: FuzzPlan,
  lane: number,
  takeSeed: () => number | null,
  report: FuzzReport,
): Promise<void> {
  const episode = `fuzz-${plan.seed}-${lane}`;
  const promised: { seed: number; body: FuzzBody; check: RowCheck }[] = [];
  for (let seed = takeSeed(); seed !== null; seed = takeSeed()) {
    const body = fuzzBody(seed);
    for (const check of await send(plan, episode, seed, body, report)) promised.push({ seed, body, check });
  }
  const stored = await storedEntries(plan.scope, episode);
  report.rows += stored.length;
  for (const [index, row] of stored.entries()) {
    const wanted = promised[index];
    if (!wanted) continue;
    const problem = row.seq === BigInt(index) ? wanted.check(row) : `row ${index} has number ${row.seq}`;
    if (problem) {
      report.failures.push(
        `seed ${wanted.seed} (${wanted.body.kind}), row ${index} of ${episode}: ${problem}`,
      );
      // What follows is out of step, or would say the same.
      return;
    }
  }
  if (stored.length !== promised.length) {
    report.failures.push(`${episode} has ${stored.length} rows instead of ${promised.length}`);
  }
}

async function send(
  { authorization, doors }: FuzzPlan,
  episode: string,
  seed: number,
  body: FuzzBody,
  report: FuzzReport,
): Promise<RowCheck[]> {
  const fail = (problem: string) => report.failures.push(`seed ${seed} (${body.kind}): ${problem}`);
  const headers = {
    authorization,
    "x-strata-episode": episode,
    "idempotency-key": `fuzz-${seed}`,
    ...body.headers,
  };
  const request = () =>
    new Request(`http://localhost:3000${paths[body.door]}`, { method: "POST", body: body.body, headers });
  try {
    const response = await doors[body.door](request());
    const answer = await response.text();
    report.sent++;
    report.statuses[response.status] = (report.statuses[response.status] ?? 0) + 1;
    const { statuses } = body;
    if (statuses ? !statuses.includes(response.status) : response.status >= 500 || response.status === 429) {
      fail(`answered ${response.status}: ${answer.slice(0, 300)}`);
      return [];
    }
    if (body.twice) {
      const again = await doors[body.door](request());
      if (again.status !== response.status)
        fail(`answered ${response.status}, and ${again.status} when repeated`);
    }
    return body.promised(response.status, answer);
  } catch (error) {
    fail(`threw ${error instanceof Error ? error.stack : error}`);
    return [];
  }
}
