import { type PageSize, pageSizes } from "./filters";

/** Columns that may be left out. Status and workflow always stand. */
export const optionalColumns = ["run", "inputs", "progress", "duration", "started", "by"] as const;
export type OptionalColumn = (typeof optionalColumns)[number];

/**
 * How a reader likes the run list. It belongs to the browser: a link shows the same runs to everybody, each in their own way.
 * The columns of a saved view are its own, and stand in the URL.
 */
export interface RunListLook {
  hidden: OptionalColumn[];
  compact: boolean;
  size: PageSize;
}

export const lookCookie = "strata.run-list";
export const usualLook: RunListLook = { hidden: [], compact: false, size: 50 };

/** `hidden=by,inputs&compact=1&size=100`; what is unknown in it counts as no choice. */
export function lookOf(cookie: string | undefined): RunListLook {
  const params = new URLSearchParams(cookie ?? "");
  const hidden = new Set(params.get("hidden")?.split(","));
  return {
    hidden: optionalColumns.filter((column) => hidden.has(column)),
    compact: params.get("compact") === "1",
    size: pageSizes.find((size) => String(size) === params.get("size")) ?? usualLook.size,
  };
}

export function lookText({ hidden, compact, size }: RunListLook): string {
  const params = new URLSearchParams();
  if (hidden.length > 0) params.set("hidden", hidden.join(","));
  if (compact) params.set("compact", "1");
  if (size !== usualLook.size) params.set("size", String(size));
  return params.toString();
}

export const shownColumns = ({ hidden }: Pick<RunListLook, "hidden">): OptionalColumn[] =>
  optionalColumns.filter((column) => !hidden.includes(column));

/** The reader's look with the columns of a saved view, where one is open. */
export function lookWith(look: RunListLook, columns: readonly OptionalColumn[] | null): RunListLook {
  if (columns === null) return look;
  return { ...look, hidden: optionalColumns.filter((column) => !columns.includes(column)) };
}
