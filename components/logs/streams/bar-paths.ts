/** Bars of stacked counts as one path for each part of the stack; the highest bar fills the height. */
export function barPaths(
  stacks: readonly (readonly number[])[],
  parts: number,
  height: number,
  pitch: number,
): string[] {
  const total = (stack: readonly number[]) => stack.reduce((sum, count) => sum + count, 0);
  const most = Math.max(1, ...stacks.map(total));
  const paths = Array.from({ length: parts }, () => "");
  for (const [index, stack] of stacks.entries()) {
    let y = height;
    for (let part = 0; part < parts; part++) {
      const count = stack[part] ?? 0;
      if (count === 0) continue;
      // However rare, it is seen.
      const tall = Math.max(1, (count / most) * (height - 2));
      paths[part] += `M${index * pitch} ${y}h${pitch - 1}v${-tall}h${1 - pitch}z`;
      y -= tall;
    }
  }
  return paths;
}
