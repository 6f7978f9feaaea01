import "server-only";
import type { LogRow } from "@/lib/logs/schema";
import type { Episode } from "../episode";
import type { World } from "../world";
import { idIn } from "./content";

/** What holds of every reading, also of one with holes: numbers are dense (I2), and a row is the one that was sent (I1). */
export function checkRows(world: World, episode: Episode, rows: LogRow[]): Map<string, string> {
  const { acknowledged, unanswered } = episode.ledger;
  const seen = new Map<string, string>();
  let next = rows[0] ? startOf(rows[0]) : 0n;
  for (const row of rows) {
    const from = startOf(row);
    if (from !== next) world.violate("I2", `${episode.id}: after ${next - 1n} comes ${from}.`);
    if (row.kind === "gap") {
      next = BigInt(row.to) + 1n;
      continue;
    }
    next = from + 1n;
    const id = idIn(row.message);
    if (seen.has(id)) world.violate("I1", `${id} is read twice, as ${seen.get(id)} and ${row.seq}.`);
    seen.set(id, row.seq);
    const told = acknowledged.get(id)?.seq;
    if (told === undefined && !unanswered.has(id))
      world.violate("I1", `Nobody sent ${id}, read as ${row.seq}.`);
    else if (told !== undefined && told !== null && told !== from)
      world.violate("I1", `${id} was acknowledged as ${told} and is read as ${row.seq}.`);
  }
  return seen;
}

/** What holds of a reading of everything when nothing is damaged: all numbers, every acknowledged line, no hole but where nobody wrote. */
export async function checkWhole(world: World, episode: Episode, rows: LogRow[]): Promise<void> {
  const seen = checkRows(world, episode, rows);
  for (const row of rows) {
    if (row.kind === "gap" && row.reason !== "never_written" && row.reason !== "in_flight")
      world.violate("I1", `${episode.id}: rows ${row.from} to ${row.to} are ${row.reason}: ${row.detail}`);
  }
  const lost = [...episode.ledger.acknowledged.keys()].filter((id) => !seen.has(id));
  world.assume(
    lost.length === 0,
    "I1",
    () => `${lost.length} acknowledged lines are not read: ${lost.slice(0, 5)}`,
  );
  const { nextSequenceNumber } = await episode.record();
  const last = rows.at(-1);
  const end = last ? BigInt(last.kind === "gap" ? last.to : last.seq) : -1n;
  world.assume(
    end === nextSequenceNumber - 1n && (rows.length === 0 || startOf(rows[0]) === 0n),
    "I2",
    () => `${episode.id}: pages end at ${end}, ${nextSequenceNumber} is the next number.`,
  );
}

function startOf(row: LogRow | undefined): bigint {
  if (!row) return 0n;
  return BigInt(row.kind === "entry" ? row.seq : row.from);
}
