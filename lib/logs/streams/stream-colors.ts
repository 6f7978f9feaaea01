/** Colours that tell streams apart; the name always stands beside them. */
export const streamColors = ["c1", "c2", "c3", "c4", "c5", "c6"] as const;
export type StreamColor = (typeof streamColors)[number];

/**
 * The colour of a stream follows from its name, so it is the same on every page and for everybody. Of the streams that are drawn
 * side by side (`drawn`) no two share one: who comes later in the list takes the next that is free.
 */
export function colorOfStream(name: string, drawn: readonly string[] = []): StreamColor {
  const taken = new Set<number>();
  for (const other of drawn.slice(0, streamColors.length)) {
    let color = ownColor(other);
    while (taken.has(color)) color = (color + 1) % streamColors.length;
    taken.add(color);
    if (other === name) return colorAt(color);
  }
  return colorAt(ownColor(name));
}

const colorAt = (index: number) => streamColors[index] ?? "c1";

/** FNV-1a: names of tasks differ in a few digits, and neighbours should not look alike. */
function ownColor(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) {
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % streamColors.length;
}
