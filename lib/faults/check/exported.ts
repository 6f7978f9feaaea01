import "server-only";
import { createHash } from "node:crypto";
import { fromLine } from "@/lib/logs/entry-line";
import { openExport } from "@/lib/logs/export/export";
import { exportRequestFrom } from "@/lib/logs/export/request";
import type { Episode } from "../episode";
import type { World } from "../world";
import { trusted } from "./answer";
import { differenceOf, idIn } from "./content";

interface Trailer {
  complete: boolean;
  rows: string;
  sha256: string;
}

/**
 * I12, I13: the export holds every acknowledged line once, to the letter, and its trailer says so. What is
 * acknowledged while it runs need not be in it.
 */
export async function checkExported(world: World, episode: Episode): Promise<void> {
  const wanted = [...episode.ledger.acknowledged.keys()];
  const { lines, bytes, trailer } = await exported(world, episode);
  const { acknowledged, unanswered } = episode.ledger;
  const seen = new Set<string>();
  for (const text of lines) {
    const { seq, at, ...entry } = fromLine(text);
    const id = idIn(entry.message);
    if (seen.has(id)) world.violate("I1", `${id} is exported twice, the second time as ${seq}.`);
    seen.add(id);
    const line = acknowledged.get(id)?.line ?? unanswered.get(id);
    const wrong = line ? differenceOf(line, { ...entry, at: at.toISOString() }) : "nobody sent it";
    if (wrong) world.violate("I13", `${id}, exported as ${seq}: ${wrong}`);
  }
  const lost = wanted.filter((id) => !seen.has(id));
  world.assume(
    lost.length === 0,
    "I1",
    () => `${lost.length} acknowledged lines are not exported: ${lost.slice(0, 5)}`,
  );
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  world.assume(
    trailer.complete && Number(trailer.rows) === lines.length && trailer.sha256 === sha256,
    "I12",
    () => `${lines.length} lines of hash ${sha256} are exported, the trailer is ${JSON.stringify(trailer)}.`,
  );
}

async function exported(world: World, episode: Episode) {
  const request = exportRequestFrom(new URLSearchParams());
  const found = await openExport(world.scope, episode.id, request, { answer: trusted });
  if (!found) throw new Error(`Episode ${episode.id} cannot be exported`);
  const parts: Buffer[] = [];
  for await (const part of found.bytes) parts.push(part);
  const whole = Buffer.concat(parts);
  const end = whole.lastIndexOf("\n", whole.length - 2) + 1;
  const bytes = whole.subarray(0, end);
  const trailer: Trailer = JSON.parse(whole.subarray(end).toString("utf8"));
  const lines = bytes
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith('{"_strata"'));
  return { lines, bytes, trailer };
}
