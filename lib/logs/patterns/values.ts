import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { readFilteredPage } from "../read/search";
import type { LogQuery } from "../search/query";
import { wildcard, wordsOf } from "../templates/mask";
import type { PatternValues } from "./schema";

const mostRows = 1_000;
const valuesListed = 10;

/**
 * What stands at each `<*>` of the query's template, in the newest rows of it before `from`. A look at so many rows is bounded
 * in time as well: where the template is rare they may be fewer, and the answer says how many they are. Null when there is no
 * such episode.
 */
export async function getPatternValues(
  scope: WorkspaceScope,
  episodeId: string,
  query: LogQuery,
  from: string,
): Promise<PatternValues | null> {
  const page = await readFilteredPage(scope, episodeId, {
    from,
    direction: "backward",
    limit: mostRows,
    filter: query,
  });
  if (!page) return null;
  const messages = page.rows.flatMap((row) => (row.kind === "entry" ? [row.message] : []));
  return {
    rows: messages.length,
    complete: page.next === null,
    places: valuesIn(query.template ?? "", messages),
  };
}

export function valuesIn(template: string, messages: readonly string[]): PatternValues["places"] {
  const words = messages.map(wordsOf);
  return template.split(" ").flatMap((word, place) => {
    if (!word.includes(wildcard)) return [];
    const counts = new Map<string, number>();
    for (const message of words) {
      const value = message[place];
      // A long message is masked to its end by one more <*>, where no single word stands.
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const ranked = [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    const values = ranked.slice(0, valuesListed);
    const all = ranked.reduce((sum, { count }) => sum + count, 0);
    const other = all - values.reduce((sum, { count }) => sum + count, 0);
    return [{ word: place, values, other, distinct: ranked.length }];
  });
}
