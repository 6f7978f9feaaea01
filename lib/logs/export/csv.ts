import "server-only";
import { sourceInText } from "../read/page";
import { parsePath, plainText, textsAt } from "../search/metadata-path";
import { jsonCell, textCell } from "./csv-cell";
import { type LineParts, partsOf } from "./line-parts";
import { textLines } from "./lines";
import type { ExportRequest } from "./request";
import type { RowWriter } from "./row-writer";
import { commentGap, commentTrailer } from "./trailer";
import { zoneTime } from "./zone-time";

type Cell = (parts: LineParts) => string;

const rowEnd = "\r\n";

/** RFC 4180: a head, every row with as many cells as the head, also the rows that are comments. */
export function csvRows({
  columns,
  timezone,
  resumed,
}: Pick<ExportRequest, "columns" | "timezone" | "resumed">): RowWriter {
  const cells = columns.map((column) => cellOf(column, zoneTime(timezone)));
  const padding = ",".repeat(columns.length - 1);
  const row = (line: string) => {
    const parts = partsOf(line);
    let text = "";
    for (const [index, cell] of cells.entries()) text += index === 0 ? cell(parts) : `,${cell(parts)}`;
    return text + rowEnd;
  };
  return {
    head: resumed ? "" : columns.map(textCell).join(",") + rowEnd,
    lines: (bytes) => Buffer.from(textLines(bytes).map(row).join("")),
    gap: (gap) => commentGap(gap) + padding + rowEnd,
    trailer: (trailer) => commentTrailer(trailer) + padding + rowEnd,
  };
}

function cellOf(column: string, local: (isoText: string) => string): Cell {
  switch (column) {
    case "sequenceNumber":
      return ({ sequenceNumber }) => sequenceNumber;
    case "timestamp":
      return ({ timestamp }) => local(timestamp);
    case "level":
      return ({ level }) => level;
    case "message":
      return ({ message }) => textCell(message);
    case "metadata":
      return ({ metadata }) => jsonCell(metadata);
    case "createdAt":
      return ({ createdAt }) => local(createdAt);
    case "flags":
      return ({ flags }) => jsonCell(flags);
    case "source":
      return ({ metadata }) => textCell(sourceInText(metadata || null) ?? "");
    default:
      return metadataCell(column.slice(column.indexOf(".") + 1));
  }
}

/** The first value at a path; an object or a list as JSON. */
function metadataCell(path: string): Cell {
  const steps = parsePath(path);
  if (!steps) throw new Error(`A column was not checked: ${path} is no path`);
  return ({ metadata }) => {
    const [json] = metadata === "" ? [] : textsAt(metadata, steps);
    return json === undefined ? "" : textCell(plainText(json));
  };
}
