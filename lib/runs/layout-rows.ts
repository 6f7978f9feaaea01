/**
 * The height of each node: as near to its neighbours' as its column allows. Within a column the order is given and two
 * nodes keep at least `pitch` between them, so nothing overlaps. Heights are whole pixels, the topmost is 0.
 */
export function placeRows(
  columns: number[][],
  parents: number[][],
  children: number[][],
  pitch: number,
): Float64Array {
  const y = new Float64Array(parents.length);
  for (const column of columns) {
    for (const [rank, node] of column.entries()) y[node] = (rank - (column.length - 1) / 2) * pitch;
  }
  const reversed = [...columns].reverse();
  for (const [walk, neighbours] of [
    [columns, parents],
    [reversed, children],
    [columns, parents],
  ] as const) {
    for (const column of walk) {
      const wishes = column.map((node) => middleOf(neighbours[node], y) ?? y[node] ?? 0);
      const heights = withGaps(wishes, pitch);
      for (const [rank, node] of column.entries()) y[node] = heights[rank] ?? 0;
    }
  }
  let top = Number.POSITIVE_INFINITY;
  for (const height of y) top = Math.min(top, height);
  for (const [node, height] of y.entries()) y[node] = height - top;
  return y;
}

function middleOf(neighbours: number[] | undefined, y: Float64Array): number | null {
  if (!neighbours || neighbours.length === 0) return null;
  let sum = 0;
  for (const neighbour of neighbours) sum += y[neighbour] ?? 0;
  return sum / neighbours.length;
}

interface Block {
  mean: number;
  size: number;
}

/**
 * The heights nearest to `wishes` (least squares) that rise by at least `pitch`. Without the gaps that is isotonic
 * regression: pool neighbours that disagree, and pool again, each once at most.
 */
export function withGaps(wishes: number[], pitch: number): number[] {
  const blocks: Block[] = [];
  for (const [rank, wish] of wishes.entries()) {
    let block: Block = { mean: wish - rank * pitch, size: 1 };
    for (let above = blocks.at(-1); above && above.mean > block.mean; above = blocks.at(-1)) {
      const size = above.size + block.size;
      block = { mean: (above.mean * above.size + block.mean * block.size) / size, size };
      blocks.pop();
    }
    blocks.push(block);
  }
  let rank = 0;
  return blocks.flatMap(({ mean, size }) => {
    const base = Math.round(mean);
    return Array.from({ length: size }, () => base + rank++ * pitch);
  });
}
