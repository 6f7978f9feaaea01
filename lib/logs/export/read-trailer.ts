import { z } from "zod";

/** The last line of an export, as a reader of the file sees it. */
export interface ReadTrailer {
  complete: boolean;
  rows: number;
  first: string | null;
  last: string | null;
  gapCount: number;
  /** Of everything before it. */
  sha256: string | null;
  /** Why it is not complete. */
  problem: string | null;
}

const jsonTrailer = z.object({
  _strata: z.enum(["trailer", "error"]),
  complete: z.boolean(),
  rows: z.coerce.number(),
  first: z.string().nullish(),
  last: z.string().nullish(),
  gapCount: z.coerce.number().default(0),
  sha256: z.string().nullish(),
  error: z.object({ message: z.string() }).nullish(),
});

/** Longer than any trailer: it names a hundred gaps. */
export const trailerBytes = 64 * 1024;

/** The trailer at the end of a file's text; null where there is none, so that the file is not complete. */
export function readTrailer(text: string): ReadTrailer | null {
  const line = text.trimEnd().split("\n").at(-1)?.trim() ?? "";
  const fields = line.startsWith("# strata ") ? commentFields(line) : jsonFields(line);
  const parsed = jsonTrailer.safeParse(fields);
  if (!parsed.success) return null;
  const { complete, rows, first, last, gapCount, sha256, error } = parsed.data;
  return {
    complete,
    rows,
    first: first ?? null,
    last: last ?? null,
    gapCount,
    sha256: sha256 ?? null,
    problem: complete ? null : (error?.message ?? "The server stopped before the end."),
  };
}

function jsonFields(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** `# strata trailer; complete=true; rows=5; …,,,` */
function commentFields(line: string): unknown {
  const [head = "", ...fields] = line.replace(/,+$/, "").slice("# strata ".length).split("; ");
  const values = Object.fromEntries(fields.map((field) => field.split(/=(.*)/s, 2)));
  const { error, ...rest } = values;
  return {
    ...rest,
    _strata: head,
    complete: values.complete === "true",
    error: error ? { message: error } : null,
  };
}
