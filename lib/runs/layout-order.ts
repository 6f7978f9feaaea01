const sweeps = 4;

/**
 * The order of the nodes within each level, by barycentre: a node moves to the mean position of its neighbours, first
 * seen from the left, then from the right. Positions are fractions of the level, so that levels of different size
 * compare. Stable: nodes without a preference keep their order.
 */
export function orderColumns(levels: number[][], parents: number[][], children: number[][]): number[][] {
  const ordered = levels.map((level) => [...level]);
  const position = new Float64Array(parents.length);
  for (const level of ordered) settle(level, position);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const fromLeft = sweep % 2 === 0;
    const walk = fromLeft ? ordered : [...ordered].reverse();
    for (const level of walk) {
      const wish = new Map(
        level.map((node) => [node, meanOf(fromLeft ? parents[node] : children[node], position)]),
      );
      level.sort((a, b) => at(wish, a, position) - at(wish, b, position));
      settle(level, position);
    }
  }
  return ordered;
}

function settle(level: number[], position: Float64Array): void {
  for (const [rank, node] of level.entries()) position[node] = (rank + 0.5) / level.length;
}

function meanOf(neighbours: number[] | undefined, position: Float64Array): number | null {
  if (!neighbours || neighbours.length === 0) return null;
  let sum = 0;
  for (const neighbour of neighbours) sum += position[neighbour] ?? 0;
  return sum / neighbours.length;
}

const at = (wish: Map<number, number | null>, node: number, position: Float64Array) =>
  wish.get(node) ?? position[node] ?? 0;
