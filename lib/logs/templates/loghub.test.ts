import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Drain } from "./drain";

const folder = join(import.meta.dirname, "../../../../shared/data/logs/loghub");
const present = existsSync(folder);
const why = present ? "" : " (skipped: the folder ../shared/data is not there)";

/**
 * Grouping accuracy as the log parsing benchmarks measure it: the share of rows whose group holds exactly the rows that
 * people put there. Published Drain reaches 0.92 on these systems with patterns written for each; this has one set of
 * patterns for all, and reached 0.88.
 */
const floors: Record<string, number> = {
  Apache: 0.99,
  BGL: 0.95,
  HDFS: 0.99,
  Hadoop: 0.95,
  Linux: 0.65,
  OpenStack: 0.75,
  Thunderbird: 0.93,
  Windows: 0.55,
  Zookeeper: 0.95,
};

describe.skipIf(!present)(`on real logs${why}`, () => {
  test.each(Object.entries(floors))(
    "rows of %s are grouped as people group them, for %d of them",
    (system, floor) => {
      const rows = readRows(join(folder, system, `${system}_2k.log_structured.csv.gz`));
      expect(rows).toHaveLength(2000);
      const drain = new Drain();
      for (const { message } of rows) drain.add(message);
      // Asked again, a row names the template as all rows have shaped it.
      const groups = groupBy(rows, ({ message }) => drain.add(message));
      const wanted = groupBy(rows, ({ event }) => event);
      const right = [...groups.values()].filter((group) => {
        const other = wanted.get(group[0]?.event ?? "") ?? [];
        return other.length === group.length && group.every(({ event }) => event === group[0]?.event);
      });
      const accuracy = right.reduce((sum, group) => sum + group.length, 0) / rows.length;
      expect(accuracy).toBeGreaterThanOrEqual(floor);
    },
  );
});

interface Row {
  message: string;
  event: string;
}

function readRows(path: string): Row[] {
  const [header = [], ...rows] = parseCsv(gunzipSync(readFileSync(path)).toString("utf8"));
  const message = header.indexOf("Content");
  const event = header.indexOf("EventId");
  return rows.map((row) => ({ message: row[message] ?? "", event: row[event] ?? "" }));
}

function parseCsv(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g;
  const rows: string[][] = [[]];
  for (const [, quoted, plain = "", end] of text.matchAll(field)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 2);
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
