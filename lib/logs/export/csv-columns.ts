import type { ReadEntry } from "../entry-line";
import { sourceInText } from "../read/page";
import { parsePath, plainText, textsAt } from "../search/metadata-path";
import type { ByteWriter } from "./byte-writer";
import { isPlainCell, jsonCell, textCell } from "./csv-cell";
import { isoLength, type LineCut } from "./line-cut";

/** One column of a CSV: what it says of an entry, and the same out of the bytes of an ordinary line. */
export interface CsvColumn {
  cell(entry: ReadEntry): string;
  write(line: LineCut, out: ByteWriter): void;
}

type LocalTime = (isoText: string) => string;

export function csvColumn(name: string, local: LocalTime | null): CsvColumn {
  switch (name) {
    case "sequenceNumber":
      return {
        cell: ({ seq }) => seq.toString(),
        write: ({ source, numberAt, numberEnd }, out) => out.bytes(source, numberAt, numberEnd),
      };
    case "timestamp":
      return timeColumn(
        local,
        ({ at }) => at,
        ({ timestampAt }) => timestampAt,
      );
    case "createdAt":
      return timeColumn(
        local,
        ({ receivedAt }) => receivedAt,
        ({ createdAt }) => createdAt,
      );
    case "level":
      return {
        cell: ({ level }) => level,
        write: ({ source, levelAt, levelEnd }, out) => out.bytes(source, levelAt, levelEnd),
      };
    case "message":
      return { cell: ({ message }) => textCell(message), write: writeMessage };
    case "metadata":
      return {
        cell: ({ metadataText }) => jsonCell(metadataText ?? ""),
        write: ({ source, metadataAt, metadataEnd }, out) => {
          if (metadataAt < metadataEnd) out.quoted(source, metadataAt, metadataEnd);
        },
      };
    case "flags":
      // An ordinary line has none.
      return {
        cell: ({ flags }) => (flags.length > 0 ? jsonCell(JSON.stringify(flags)) : ""),
        write: () => {},
      };
    case "source":
      return metadataColumn((metadata) => sourceInText(metadata) ?? "");
    default:
      return metadataColumn(valueAt(name.slice(name.indexOf(".") + 1)));
  }
}

function timeColumn(
  local: LocalTime | null,
  timeOf: (entry: ReadEntry) => Date,
  placeOf: (line: LineCut) => number,
): CsvColumn {
  return {
    cell: (entry) => {
      const utc = timeOf(entry).toISOString();
      return local ? local(utc) : utc;
    },
    write: (line, out) => {
      const from = placeOf(line);
      if (local) out.text(local(line.source.toString("latin1", from, from + isoLength)));
      else out.bytes(line.source, from, from + isoLength);
    },
  };
}

function writeMessage({ source, messageAt, messageEnd, escaped }: LineCut, out: ByteWriter): void {
  if (!escaped && isPlainCell(source, messageAt, messageEnd)) out.bytes(source, messageAt, messageEnd);
  else out.text(textCell(JSON.parse(source.toString("utf8", messageAt - 1, messageEnd + 1))));
}

function metadataColumn(textOf: (metadata: string) => string): CsvColumn {
  return {
    cell: ({ metadataText }) => (metadataText === null ? "" : textCell(textOf(metadataText))),
    write: ({ source, metadataAt, metadataEnd }, out) => {
      if (metadataAt < metadataEnd)
        out.text(textCell(textOf(source.toString("utf8", metadataAt, metadataEnd))));
    },
  };
}

/** The first value at a path; an object or a list as JSON. */
function valueAt(path: string): (metadata: string) => string {
  const steps = parsePath(path);
  if (!steps) throw new Error(`A column was not checked: ${path} is no path`);
  return (metadata) => {
    const [json] = textsAt(metadata, steps);
    return json === undefined ? "" : plainText(json);
  };
}
