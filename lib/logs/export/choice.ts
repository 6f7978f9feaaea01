import { type LogQuery, parseQuery } from "../search/query";
import { exportParams } from "./params";
import type { ExportFormat } from "./request";

/** What somebody chose in the export dialog. */
export interface ExportChoice {
  format: ExportFormat;
  rows: "all" | "filtered";
  /** Row numbers as typed; empty for the first and the last. */
  from: string;
  to: string;
  columns: string[];
  timezone: string;
}

/** Files up to this size are written while one waits; the browser holds them until they are whole. */
export const directBytes = 32 * 1024 * 1024;

/** Why the row numbers are no range, in words; null when they are one. */
export function rangeProblem({ from, to }: Pick<ExportChoice, "from" | "to">): string | null {
  for (const [name, text] of [
    ["first", from],
    ["last", to],
  ] as const) {
    if (text !== "" && !/^\d{1,15}$/.test(digits(text))) return `The ${name} row is a number, like 1200.`;
  }
  if (from !== "" && to !== "" && BigInt(digits(from)) > BigInt(digits(to)))
    return "The first row is behind the last one.";
  return null;
}

/** The URL parameters of the export that was chosen. `query` is what the page filters by. */
export function choiceParams(choice: ExportChoice, query: LogQuery): URLSearchParams {
  const { format, rows, from, to, columns, timezone } = choice;
  return exportParams({
    format,
    query: rows === "filtered" ? query : parseQuery({}),
    from: from === "" ? 0n : BigInt(digits(from)),
    to: to === "" ? null : BigInt(digits(to)),
    columns,
    timezone,
  });
}

/** Numbers are shown with their thousands parted, so they are typed so too. */
const digits = (text: string) => text.replace(/[,_\s]/g, "").replace(/^0+(?=\d)/, "");
