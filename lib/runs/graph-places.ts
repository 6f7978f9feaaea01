import type { GraphItem, GraphItems } from "./graph-groups";
import type { RunGraph } from "./schema";

export const nodeWidth = 106;
export const nodeHeight = 38;
const columnPitch = 126;
const rowPitch = 58;
const sweeps = 4;

export interface Place {
  x: number;
  y: number;
}

/** Places of a graph in which every task is its own box: the ones the server computed. */
export function serverPlaces(graph: RunGraph): Map<string, Place> {
  return new Map(graph.nodes.map((node) => [node.id, { x: node.x, y: node.y }]));
}

/**
 * Places for a folded graph: a column per level, the server's order within a column, and each box as near to its
 * neighbours as the order and the row pitch allow. Reads structure only, so a change of status moves nothing.
 */
export function foldedPlaces({ items, edges }: GraphItems): Map<string, Place> {
  const columns = columnsOf(items);
  const y = new Map<string, number>();
  for (const column of columns) spread(column, (_, index) => (index - (column.length - 1) / 2) * rowPitch, y);
  const up = new Map<string, string[]>();
  const down = new Map<string, string[]>();
  for (const { from, to } of edges) {
    up.set(to, [...(up.get(to) ?? []), from]);
    down.set(from, [...(down.get(from) ?? []), to]);
  }
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns : columns.toReversed()) {
      const toward = forward ? up : down;
      spread(column, (item) => mean(toward.get(item.id), y) ?? y.get(item.id) ?? 0, y);
    }
  }
  const top = Math.min(...y.values());
  return new Map(
    items.map((item) => [item.id, { x: item.level * columnPitch, y: (y.get(item.id) ?? top) - top }]),
  );
}

function columnsOf(items: readonly GraphItem[]): GraphItem[][] {
  const columns: GraphItem[][] = [];
  for (const item of items) {
    while (columns.length <= item.level) columns.push([]);
    columns[item.level]?.push(item);
  }
  for (const column of columns) column.sort((a, b) => a.hintY - b.hintY || (a.id < b.id ? -1 : 1));
  return columns;
}

/**
 * Puts a column's boxes at their wished heights, keeping order and pitch, with the least total squared move: with the
 * pitch taken out this is isotonic regression, solved by pooling neighbours that would overlap.
 */
function spread(
  column: readonly GraphItem[],
  wish: (item: GraphItem, index: number) => number,
  y: Map<string, number>,
): void {
  const pools: { sum: number; count: number }[] = [];
  column.forEach((item, index) => {
    let pool = { sum: wish(item, index) - index * rowPitch, count: 1 };
    for (
      let last = pools.at(-1);
      last && last.sum / last.count > pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
      pools.pop();
    }
    pools.push(pool);
  });
  let index = 0;
  for (const pool of pools) {
    for (let member = 0; member < pool.count; member += 1) {
      const item = column[index];
      if (item) y.set(item.id, pool.sum / pool.count + index * rowPitch);
      index += 1;
    }
  }
}

function mean(ids: readonly string[] | undefined, y: ReadonlyMap<string, number>): number | null {
  if (!ids || ids.length === 0) return null;
  return ids.reduce((sum, id) => sum + (y.get(id) ?? 0), 0) / ids.length;
}
