/**
 * The cycles of a graph: one for each strongly connected group of nodes, as a walk along its edges that ends where it began.
 * `next[i]` are the nodes that node i points at. Tarjan's algorithm with a stack of its own: linear, and a chain of any length
 * does not exhaust the call stack. An edge of a node to itself is no cycle here; it is named by itself.
 */
export function findCycles(next: readonly (readonly number[])[]): number[][] {
  const group = groupsOf(next);
  const sizes = new Map<number, number>();
  for (const of of group) sizes.set(of, (sizes.get(of) ?? 0) + 1);
  const told = new Set<number>();
  const cycles: number[][] = [];
  for (const [start, of] of group.entries()) {
    if ((sizes.get(of) ?? 0) < 2 || told.has(of)) continue;
    told.add(of);
    cycles.push(walkWithin(next, group, start));
  }
  return cycles;
}

/** The shortest way from a node back to it that stays in its group; there is one, or it would not be a group of several. */
function walkWithin(next: readonly (readonly number[])[], group: readonly number[], start: number): number[] {
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at] ?? start;
    for (const to of next[node] ?? []) {
      if (to === start && node !== start) return pathTo(node, start, cameFrom);
      if (to === start || cameFrom.has(to) || group[to] !== group[start]) continue;
      cameFrom.set(to, node);
      queue.push(to);
    }
  }
  return [start];
}

function pathTo(end: number, start: number, cameFrom: ReadonlyMap<number, number>): number[] {
  const path = [end];
  for (let node = end; node !== start; ) {
    node = cameFrom.get(node) ?? start;
    path.push(node);
  }
  return path.reverse();
}

/** The strongly connected group of each node, as a number. */
function groupsOf(next: readonly (readonly number[])[]): number[] {
  const size = next.length;
  const seenAt = new Array<number>(size).fill(-1);
  const lowest = new Array<number>(size).fill(0);
  const group = new Array<number>(size).fill(-1);
  const open: number[] = [];
  let clock = 0;
  let groups = 0;
  for (let root = 0; root < size; root++) {
    if (seenAt[root] !== -1) continue;
    const work: { node: number; edge: number }[] = [];
    const enter = (node: number) => {
      seenAt[node] = lowest[node] = clock++;
      open.push(node);
      work.push({ node, edge: 0 });
    };
    enter(root);
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const { node } = frame;
      const to = next[node]?.[frame.edge++];
      if (to !== undefined) {
        if (seenAt[to] === -1) enter(to);
        else if (group[to] === -1) lowest[node] = Math.min(lowest[node] ?? 0, seenAt[to] ?? 0);
        continue;
      }
      if (lowest[node] === seenAt[node]) {
        for (let member = open.pop(); member !== undefined; member = open.pop()) {
          group[member] = groups;
          if (member === node) break;
        }
        groups++;
      }
      work.pop();
      const above = work.at(-1)?.node;
      if (above !== undefined) lowest[above] = Math.min(lowest[above] ?? 0, lowest[node] ?? 0);
    }
  }
  return group;
}
