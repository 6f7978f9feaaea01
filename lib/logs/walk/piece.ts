import type { ReadEntry } from "../entry-line";
import type { Gap } from "../spans";
import type { Lines } from "./lines";

/** A stretch of an episode in order: rows as lines of the archive, wherever they lie, or numbers without a row. */
export type Piece = ({ kind: "lines" } & Lines) | { kind: "gap"; gap: Gap };

export function inNumberOrder(pieces: Piece[]): Piece[] {
  return pieces.sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
}

/** Lines of ascending numbers as pieces without a hole in them. */
export function piecesFrom(rows: { seq: bigint; line: string }[]): Piece[] {
  const pieces: Piece[] = [];
  let run: { seq: bigint; line: string }[] = [];
  const close = () => {
    const [first] = run;
    const last = run.at(-1);
    if (first && last) {
      const bytes = Buffer.from(run.map(({ line }) => `${line}\n`).join(""));
      pieces.push({ kind: "lines", bytes, rows: run.length, first: first.seq, last: last.seq });
    }
    run = [];
  };
  for (const row of rows) {
    const last = run.at(-1);
    if (last && row.seq !== last.seq + 1n) close();
    run.push(row);
  }
  close();
  return pieces;
}

/**
 * The line of an entry that was read in some other way than from its line. It says the same; an entry that had to be kept
 * word for word (`raw`) has its words in the ordinary fields here.
 */
export function lineOf({ seq, at, level, message, metadataText, receivedAt, flags }: ReadEntry): string {
  const metadata = metadataText === null ? "" : `,"metadata":${metadataText}`;
  const flagged = flags.length > 0 ? `,"flags":${JSON.stringify(flags)}` : "";
  return (
    `{"sequenceNumber":${seq},"timestamp":"${at.toISOString()}","level":"${level}","message":${JSON.stringify(message)}` +
    `${metadata},"createdAt":"${receivedAt.toISOString()}"${flagged}}`
  );
}

function startOf(piece: Piece): bigint {
  return piece.kind === "gap" ? piece.gap.from : piece.first;
}
