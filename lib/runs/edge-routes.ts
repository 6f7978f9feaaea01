import { nodeHeight, nodeWidth } from "./layout";

export interface Place {
  x: number;
  y: number;
}

/** Above this many boxes no way around them is clear, so edges go behind them. */
const mostRouted = 300;
/** Clearance between an edge and a box it passes. */
const clearance = 8;

/** Boxes of one column, top to bottom. */
interface Column {
  x: number;
  tops: number[];
}

/** Draws an edge as an SVG path. */
export function routerFor(places: ReadonlyMap<string, Place>): (from: string, to: string) => string {
  return places.size > mostRouted ? straightRouter(places) : edgeRouter(places);
}

/**
 * Draws an edge as an SVG path from the right side of one box to the left side of another. An edge that spans several
 * columns passes each of them through the gap between boxes that is nearest to its straight line, so it is never
 * drawn across a box it has nothing to do with.
 */
export function edgeRouter(places: ReadonlyMap<string, Place>): (from: string, to: string) => string {
  const columns = columnsOf(places);
  const columnAt = new Map(columns.map((column, index) => [column.x, index]));
  return (from, to) => {
    const start = places.get(from);
    const end = places.get(to);
    if (!start || !end) return "";
    let [x, y] = [start.x + nodeWidth, start.y + nodeHeight / 2];
    const endY = end.y + nodeHeight / 2;
    let path = `M${x} ${round(y)}`;
    const first = (columnAt.get(start.x) ?? 0) + 1;
    const last = columnAt.get(end.x) ?? first;
    for (let index = first; index < last; index += 1) {
      const column = columns[index];
      if (!column) continue;
      const wish = y + (endY - y) / (last - index + 1);
      const passY = nearestGap(column.tops, wish);
      path += curve(x, y, column.x, passY);
      path += `H${column.x + nodeWidth}`;
      [x, y] = [column.x + nodeWidth, passY];
    }
    return path + curve(x, y, end.x, endY);
  };
}

/** One curve from box to box, whatever lies between. */
function straightRouter(places: ReadonlyMap<string, Place>): (from: string, to: string) => string {
  return (from, to) => {
    const start = places.get(from);
    const end = places.get(to);
    if (!start || !end) return "";
    const [x, y] = [start.x + nodeWidth, start.y + nodeHeight / 2];
    return `M${x} ${round(y)}${curve(x, y, end.x, end.y + nodeHeight / 2)}`;
  };
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = Math.max(8, (x2 - x1) * 0.6);
  return `C${round(x1 + bend)} ${round(y1)} ${round(x2 - bend)} ${round(y2)} ${round(x2)} ${round(y2)}`;
}

/** Height nearest to `wish` that keeps clear of every box of the column. */
export function nearestGap(tops: readonly number[], wish: number): number {
  let best = Number.POSITIVE_INFINITY;
  const consider = (low: number, high: number) => {
    // A gap too narrow for the clearance on both sides is passed in its middle.
    const candidate = low > high ? (low + high) / 2 : Math.min(Math.max(wish, low), high);
    if (Math.abs(candidate - wish) < Math.abs(best - wish)) best = candidate;
  };
  const below = firstBelow(tops, wish);
  for (let index = Math.max(0, below - 2); index <= Math.min(tops.length, below + 2); index += 1) {
    const above = tops[index - 1];
    const next = tops[index];
    const low = above === undefined ? Number.NEGATIVE_INFINITY : above + nodeHeight + clearance;
    const high = next === undefined ? Number.POSITIVE_INFINITY : next - clearance;
    consider(low, high);
  }
  return best;
}

/** Index of the first box whose top lies under `y`. */
function firstBelow(tops: readonly number[], y: number): number {
  let [low, high] = [0, tops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? 0) > y) high = middle;
    else low = middle + 1;
  }
  return low;
}

function columnsOf(places: ReadonlyMap<string, Place>): Column[] {
  const byX = new Map<number, number[]>();
  for (const { x, y } of places.values()) {
    const tops = byX.get(x);
    if (tops) tops.push(y);
    else byX.set(x, [y]);
  }
  return [...byX].map(([x, tops]) => ({ x, tops: tops.sort((a, b) => a - b) })).sort((a, b) => a.x - b.x);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
