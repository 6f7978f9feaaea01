import type { Gap } from "../spans";

/** Gaps that a trailer names; the count says how many there are. */
export const gapsNamed = 100;

/** What an export, or a part of one, ends with. A download without one is not complete, whatever its length. */
export interface Trailer {
  complete: boolean;
  workspace: string;
  episode: string;
  /** Numbers this part speaks for, gaps included; parts abut. */
  from: bigint;
  through: bigint;
  /** Where the next part begins; null when this one reaches what existed when it started. */
  next: bigint | null;
  rows: bigint;
  first: bigint | null;
  last: bigint | null;
  gaps: Pick<Gap, "from" | "to" | "reason">[];
  gapCount: number;
  numbersInGaps: bigint;
  /** Bytes of this part before its trailer, and their SHA-256. */
  bytes: bigint;
  sha256: string;
  /** The parameters of the query; empty when everything was asked for. */
  query: string;
  /** Why it ends here, when it is not complete. */
  error: { code: string; message: string } | null;
}

/** For JSON lines: a line like the others, told from a row by its first key, which no row has. */
export function jsonTrailer({ gaps, gapCount, rows, bytes, numbersInGaps, ...trailer }: Trailer): string {
  const { error, query, ...place } = trailer;
  const text = (number: bigint | null) => (number === null ? null : number.toString());
  return JSON.stringify({
    _strata: error ? "error" : "trailer",
    complete: place.complete,
    workspace: place.workspace,
    episode: place.episode,
    ...(query !== "" && { query }),
    from: text(place.from),
    through: text(place.through),
    next: text(place.next),
    rows: text(rows),
    first: text(place.first),
    last: text(place.last),
    gapCount,
    numbersInGaps: text(numbersInGaps),
    gaps: gaps.map(({ from, to, reason }) => ({ from: text(from), to: text(to), reason })),
    bytes: text(bytes),
    sha256: place.sha256,
    ...(error && { error }),
  });
}

/**
 * For a CSV: a comment in the first cell. It has no comma and no quote, so that it needs no quoting and begins with `#`, by
 * which readers of comments skip it; no cell of a row begins a line with `#`.
 */
export function commentTrailer(trailer: Trailer): string {
  const gaps = trailer.gaps.map(({ from, to, reason }) => `${from}-${to}:${reason}`).join(" ");
  const fields: [string, unknown][] = [
    ["complete", trailer.complete],
    ["workspace", trailer.workspace],
    ["episode", trailer.episode],
    ["query", encodeURI(trailer.query)],
    ["from", trailer.from],
    ["through", trailer.through],
    ["next", trailer.next],
    ["rows", trailer.rows],
    ["first", trailer.first],
    ["last", trailer.last],
    ["gapCount", trailer.gapCount],
    ["numbersInGaps", trailer.numbersInGaps],
    ["gaps", gaps],
    ["bytes", trailer.bytes],
    ["sha256", trailer.sha256],
    ["error", trailer.error?.code ?? null],
  ];
  const shown = fields.filter(([, value]) => value !== null && value !== "");
  return comment(trailer.error ? "error" : "trailer", shown);
}

export function commentGap({ from, to, reason }: Gap): string {
  return comment("gap", [
    ["from", from],
    ["to", to],
    ["reason", reason],
  ]);
}

function comment(kind: string, fields: [string, unknown][]): string {
  return `# strata ${kind}; ${fields.map(([name, value]) => `${name}=${value}`).join("; ")}`.replace(
    /[",\r\n]/g,
    "_",
  );
}
