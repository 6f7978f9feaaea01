import "server-only";
import { readLogPage } from "@/lib/logs/queries";
import type { LogRow } from "@/lib/logs/schema";
import type { Episode } from "../episode";
import type { World } from "../world";

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
    const page = await readLogPage(world.scope, episode.id, { from, direction, limit, filter: {} });
    if (!page) throw new Error(`Episode ${episode.id} is gone`);
    if (direction === "forward") rows.push(...page.rows);
    else rows.unshift(...page.rows);
    from = page.next;
  }
  return joinGaps(rows);
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
