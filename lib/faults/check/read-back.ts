import "server-only";
import { logLevels } from "@/lib/logs/level";
import { getEpisode, getEpisodeOverview, getLogEntry, readLogPage } from "@/lib/logs/queries";
import type { LogEntryDetail, LogEntryRow, LogGapRow, LogRow } from "@/lib/logs/schema";
import { noLevels } from "@/lib/logs/verify/tally";
import type { Episode } from "../episode";
import type { SentLine } from "../lines";
import type { World } from "../world";

const detailsAtOnce = 8;
const detailsPerCheck = 60;

/** I1, I12, I13: what was acknowledged is read exactly once, as it was sent, whichever way one reads. */
export async function checkReadBack(world: World, episode: Episode): Promise<void> {
  const forward = await walk(world, episode, "forward", world.random.whole(20, 400));
  const backward = await walk(world, episode, "backward", world.random.whole(20, 400));
  world.assume(
    JSON.stringify(forward) === JSON.stringify(backward),
    "I12",
    () => `${episode.id}: ${firstDifference(forward, backward)}`,
  );
  await checkDense(world, episode, forward);
  const rows = forward.filter((row) => row.kind === "entry");
  checkLedger(world, episode, rows);
  await checkCounts(world, episode, rows);
  await checkContent(world, episode, rows);
}

/** Every row, page by page, ascending. */
export async function walk(
  world: World,
  episode: Episode,
  direction: "forward" | "backward",
  limit: number,
): Promise<LogRow[]> {
  const rows: LogRow[] = [];
  let from: string | null = direction === "forward" ? "0" : "9999999999";
  while (from !== null) {
    const filter = { levels: [], text: "" };
    const page = await readLogPage(world.scope, episode.id, { from, direction, limit, filter });
    if (!page) throw new Error(`Episode ${episode.id} is gone`);
    if (direction === "forward") rows.push(...page.rows);
    else rows.unshift(...page.rows);
    from = page.next;
  }
  return joinGaps(rows);
}

/** I2: rows and gaps cover 0 … next-1 in order, and each gap is one that may be. */
async function checkDense(world: World, episode: Episode, rows: LogRow[]): Promise<void> {
  let next = 0n;
  for (const row of rows) {
    const from = BigInt(row.kind === "entry" ? row.seq : row.from);
    if (from !== next) world.violate("I2", `${episode.id}: after ${next - 1n} comes ${from}.`);
    next = row.kind === "entry" ? from + 1n : BigInt(row.to) + 1n;
    if (row.kind === "gap" && row.reason !== "never_written" && row.reason !== "in_flight")
      world.violate("I1", `${episode.id}: rows ${row.from} to ${row.to} are ${row.reason}: ${row.detail}`);
  }
  const { nextSequenceNumber } = await episode.record();
  world.assume(
    next === nextSequenceNumber,
    "I2",
    () => `${episode.id}: pages end at ${next - 1n}, ${nextSequenceNumber} is the next number.`,
  );
}

/** I1, by the names of the lines, which stand at the beginning of each message. */
function checkLedger(world: World, episode: Episode, rows: LogEntryRow[]): void {
  const { acknowledged, unanswered } = episode.ledger;
  const seen = new Map<string, string>();
  for (const { seq, message } of rows) {
    const id = idIn(message);
    if (seen.has(id)) world.violate("I1", `${id} is read twice, as ${seen.get(id)} and ${seq}.`);
    seen.set(id, seq);
    if (!acknowledged.has(id) && !unanswered.has(id))
      world.violate("I1", `Nobody sent ${id}, read as ${seq}.`);
  }
  for (const [id, { seq }] of acknowledged) {
    const as = seen.get(id);
    if (as === undefined) world.violate("I1", `${id} was acknowledged and is not read.`);
    else if (seq !== null && BigInt(as) !== seq)
      world.violate("I1", `${id} was acknowledged as ${seq} and is read as ${as}.`);
  }
}

/** I12: counters and the overview say what the pages show. */
async function checkCounts(world: World, episode: Episode, rows: LogEntryRow[]): Promise<void> {
  const summary = await getEpisode(world.scope, episode.id);
  const overview = await getEpisodeOverview(world.scope, episode.id, world.random.whole(1, 50));
  if (!summary || !overview) throw new Error(`Episode ${episode.id} is gone`);
  const sum = noLevels();
  for (const { level } of rows) sum[level]++;
  const drawn = noLevels();
  for (const { levels } of overview.buckets) {
    for (const level of logLevels) drawn[level] += levels[level];
  }
  const spell = (counts: typeof sum) => logLevels.map((level) => counts[level]).join("/");
  // Rows of a writer that has not finished are read before they are counted.
  if (rows.some(({ message }) => !episode.ledger.acknowledged.has(idIn(message)))) return;
  world.assume(
    spell(sum) === spell(summary.levels) && spell(sum) === spell(drawn) && summary.total === rows.length,
    "I12",
    () =>
      `${episode.id}: pages show ${spell(sum)}, counters ${spell(summary.levels)}, the overview ${spell(drawn)}, total ${summary.total}.`,
  );
}

/** I13: message, metadata, level and time are what was sent, to the letter. */
async function checkContent(world: World, episode: Episode, rows: LogEntryRow[]): Promise<void> {
  const wanted = rows.filter(() => world.random.chance(detailsPerCheck / Math.max(1, rows.length)));
  for (let start = 0; start < wanted.length; start += detailsAtOnce) {
    const part = wanted.slice(start, start + detailsAtOnce);
    await Promise.all(
      part.map(async (row) => {
        const entry = await getLogEntry(world.scope, episode.id, BigInt(row.seq));
        const id = idIn(row.message);
        const line = episode.ledger.acknowledged.get(id)?.line ?? episode.ledger.unanswered.get(id);
        const wrong = line && differenceOf(line, entry);
        if (wrong) world.violate("I13", `${id} (${row.seq}): ${wrong}`);
      }),
    );
  }
}

function differenceOf(line: SentLine, entry: LogEntryDetail | LogGapRow | null): string | null {
  if (entry === null || "reason" in entry)
    return `it is in the page and not read alone: ${JSON.stringify(entry)}`;
  const pairs: [string, string | null, string | null][] = [
    ["message", line.message, entry.message],
    ["metadata", line.metadataText, entry.metadataText],
    ["level", line.level, entry.level],
    ["time", line.at, entry.at],
  ];
  const differing = pairs.find(([, sent, read]) => sent !== read);
  if (!differing) return null;
  const [name, sent, read] = differing;
  return `${name} was sent as ${JSON.stringify(sent)?.slice(0, 300)} and is read as ${JSON.stringify(read)?.slice(0, 300)}`;
}

function idIn(message: string): string {
  return message.slice(0, Math.max(0, message.indexOf(" ")));
}

/** Gaps that touch are one: where pages cut them is chance. */
function joinGaps(rows: LogRow[]): LogRow[] {
  const joined: LogRow[] = [];
  for (const row of rows) {
    const last = joined.at(-1);
    if (row.kind === "gap" && last?.kind === "gap" && last.reason === row.reason) last.to = row.to;
    else joined.push(row.kind === "gap" ? { ...row } : row);
  }
  return joined;
}

function firstDifference(forward: LogRow[], backward: LogRow[]): string {
  const at = forward.findIndex((row, index) => JSON.stringify(row) !== JSON.stringify(backward[index]));
  return `forward reads ${JSON.stringify(forward[at])} where backward reads ${JSON.stringify(backward[at])}`;
}
