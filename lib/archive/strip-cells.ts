import { type ChunkState, chunkStates, type StripCell } from "./schema";

type ChunkCell = Extract<StripCell, { kind: "chunk" }>;

/** Puts a hole where numbers below the archive's end stand in no chunk. `through` null: the end is not known. */
export function withHoles(chunks: readonly ChunkCell[], through: number | null): StripCell[] {
  const cells: StripCell[] = [];
  let next = 0;
  for (const chunk of chunks) {
    if (chunk.from > next) cells.push({ kind: "hole", from: next, to: chunk.from - 1 });
    cells.push(chunk);
    next = Math.max(next, chunk.to + 1);
  }
  if (through !== null && next <= through) cells.push({ kind: "hole", from: next, to: through });
  return cells;
}

/** Neighbours of the strip that are drawn as one cell; of one alone when the strip is short. */
export interface StripGroup {
  cells: StripCell[];
  /** The worst of them: folding hides nothing that is wrong. */
  state: ChunkState | "hole";
  rows: number;
}

/** The strip as at most `most` groups of equally many cells. */
export function foldCells(cells: readonly StripCell[], most: number): StripGroup[] {
  const size = Math.max(1, Math.ceil(cells.length / most));
  return Array.from({ length: Math.ceil(cells.length / size) }, (_, group) => {
    const those = cells.slice(group * size, (group + 1) * size);
    return {
      cells: those,
      state: worstOf(those),
      rows: those.reduce((sum, cell) => sum + numbersOf(cell), 0),
    };
  });
}

/** How many numbers a cell stands for: what its width is made of. */
export function numbersOf(cell: StripCell): number {
  return cell.kind === "hole" ? cell.to - cell.from + 1 : cell.rows + cell.neverWritten;
}

function worstOf(cells: readonly StripCell[]): StripGroup["state"] {
  if (cells.some(({ kind }) => kind === "hole")) return "hole";
  const ranks = cells.map((cell) => (cell.kind === "chunk" ? chunkStates.indexOf(cell.state) : 0));
  return chunkStates[Math.min(...ranks)] ?? "verified";
}

/** How many cells there are of each kind, for the legend. */
export function countCells(cells: readonly StripCell[]) {
  const states: Partial<Record<ChunkState, number>> = {};
  let missingNumbers = 0;
  let neverWritten = 0;
  for (const cell of cells) {
    if (cell.kind === "hole") missingNumbers += cell.to - cell.from + 1;
    else {
      states[cell.state] = (states[cell.state] ?? 0) + 1;
      neverWritten += cell.neverWritten;
    }
  }
  return { states, missingNumbers, neverWritten };
}
