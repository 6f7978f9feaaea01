import { fromLine } from "../entry-line";
import { eachLine } from "../walk/lines";
import { ByteWriter } from "./byte-writer";
import { textCell } from "./csv-cell";
import { csvColumn } from "./csv-columns";
import { cutLine } from "./line-cut";
import type { ExportRequest } from "./request";
import type { RowWriter } from "./row-writer";
import { commentGap, commentTrailer } from "./trailer";
import { zoneTime } from "./zone-time";

const rowEnd = "\r\n";
const comma = 0x2c;

/** RFC 4180: a head, and every row with as many cells as the head, also the rows that are comments. */
export function csvRows({
  columns: names,
  timezone,
  resumed,
}: Pick<ExportRequest, "columns" | "timezone" | "resumed">): RowWriter {
  const local = timezone === "UTC" ? null : zoneTime(timezone);
  const columns = names.map((name) => csvColumn(name, local));
  const padding = ",".repeat(columns.length - 1);

  const writeRow = (source: Buffer, start: number, end: number, out: ByteWriter) => {
    const cut = cutLine(source, start, end);
    if (!cut) {
      const entry = fromLine(source.toString("utf8", start, end));
      out.text(columns.map((column) => column.cell(entry)).join(","));
      return;
    }
    for (const [index, column] of columns.entries()) {
      if (index > 0) out.byte(comma);
      column.write(cut, out);
    }
  };
  return {
    head: resumed ? "" : names.map(textCell).join(",") + rowEnd,
    lines: (bytes) => {
      const out = new ByteWriter(bytes.length + bytes.length / 4);
      eachLine(bytes, (start, end) => {
        writeRow(bytes, start, end, out);
        out.text(rowEnd);
      });
      return out.take();
    },
    gap: (gap) => commentGap(gap) + padding + rowEnd,
    trailer: (trailer) => commentTrailer(trailer) + padding + rowEnd,
  };
}
