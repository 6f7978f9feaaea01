import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { compareTemplates } from "@/lib/logs/compare/groups";
import { recordsOf } from "@/lib/logs/compare/records";
import { type KnownTemplates, templatesOfMany } from "@/lib/logs/compare/stored-templates";
import { TemplateGroups } from "@/lib/logs/patterns/groups";
import type { PairTemplates, PairTemplatesPage } from "./schema";
import { type ComparedTaskDocument, findComparedTasks, isRun, type MatchedTasks, matchTasks } from "./tasks";

/** What one answer looks at, at the most: so many pairs, and so many rows that lie in MongoDB. */
const mostPairs = 200;
const mostStoredRows = 40_000;

/**
 * What the logs of two runs say differently, task by task, for the pairs behind `after` in the order of their keys. An answer is
 * bounded work, so a run of thousands of tasks takes several. Null when either run is not there.
 */
export async function comparePairs(
  scope: WorkspaceScope,
  runA: string,
  runB: string,
  after: string | null,
): Promise<PairTemplatesPage | null> {
  const there = await Promise.all([isRun(scope, runA), isRun(scope, runB)]);
  if (there.includes(false)) return null;
  const [tasksA, tasksB] = await Promise.all([
    findComparedTasks(scope, runA),
    findComparedTasks(scope, runB),
  ]);
  const waiting = matchTasks(tasksA, tasksB)
    .filter(({ key }) => after === null || key > after)
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const records = await recordsOf(scope, waiting.slice(0, mostPairs).flatMap(tasksOfPair));
  const storedRows = (pair: Pair) =>
    tasksOfPair(pair).reduce(
      (sum, { logRef }) => sum + Number(records.get(logRef ?? "")?.currentLogs ?? 0n),
      0,
    );
  const batch: Pair[] = [];
  let rows = 0;
  for (const pair of waiting.slice(0, mostPairs)) {
    rows += storedRows(pair);
    // The first one is looked at however large it is, or the answers would not move on.
    if (batch.length > 0 && rows > mostStoredRows) break;
    batch.push(pair);
  }
  const wanted = batch.flatMap(tasksOfPair).flatMap(({ logRef }) => records.get(logRef ?? "") ?? []);
  const known = await templatesOfMany(scope, wanted);
  const of = (task: ComparedTaskDocument | null) => known.get(task?.logRef ?? "") ?? nothing;
  return {
    pairs: batch.map((pair) => ({ key: pair.key, ...comparePair(of(pair.a), of(pair.b)) })),
    next: batch.length < waiting.length ? (batch.at(-1)?.key ?? null) : null,
  };
}

type Pair = MatchedTasks<ComparedTaskDocument>;
const nothing: KnownTemplates = { templates: [], other: 0, known: true };

const tasksOfPair = ({ a, b }: Pair) => [a, b].filter((task) => task !== null);

function comparePair(a: KnownTemplates, b: KnownTemplates): Omit<PairTemplates, "key"> {
  const { onlyA, onlyB, both } = compareTemplates(new TemplateGroups([a.templates, b.templates]), [a], [b]);
  return {
    onlyA: { templates: onlyA.length, rows: onlyA.reduce((sum, found) => sum + found.a, 0) },
    onlyB: { templates: onlyB.length, rows: onlyB.reduce((sum, found) => sum + found.b, 0) },
    both: { templates: both.length, equal: both.filter((found) => found.a === found.b).length },
    other: a.other + b.other,
    exact: a.known && b.known,
  };
}
