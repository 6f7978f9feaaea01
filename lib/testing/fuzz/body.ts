import { isDeepStrictEqual } from "node:util";
import type { ReadEntry } from "@/lib/logs/entry-line";

export type Door = "lines" | "otlp" | "loki";

/** What is wrong with a stored row; null when nothing is. */
export type RowCheck = (row: ReadEntry) => string | null;

/** Rows that an answer promises, in their order. */
export type Promised = RowCheck[];

export interface FuzzBody {
  door: Door;
  /** How it was made, for the report of a failure. */
  kind: string;
  body: Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
  /** Statuses that this body may be answered with; every one below 500 when it is not known better. */
  statuses?: number[];
  /** Sent a second time under the same key: the second answer adds no row. */
  twice?: boolean;
  /** Of a 2xx (and of a 400 that stores a part): what must be found stored. */
  promised: (status: number, answer: string) => Promised;
}

export const anyRow: RowCheck = () => null;
export const nothing = (): Promised => [];

/** A row of which every part is known to the letter. */
export function exactRow(expected: {
  message: string;
  metadataText: string | null;
  level?: string | undefined;
  at?: string | undefined;
}): RowCheck {
  return (row) => {
    if (row.message !== expected.message) return differ("message", row.message, expected.message);
    if (row.metadataText !== expected.metadataText)
      return differ("metadata", row.metadataText, expected.metadataText);
    if (expected.level !== undefined && row.level !== expected.level)
      return differ("level", row.level, expected.level);
    if (expected.at !== undefined && row.at.toISOString() !== expected.at)
      return differ("time", row.at.toISOString(), expected.at);
    return null;
  };
}

/** A row of which message and metadata are known as values: spelling and lost digits apart. */
export function equalRow(expected: { message: string; metadataText: string | null }): RowCheck {
  return (row) => {
    if (row.message !== expected.message) return differ("message", row.message, expected.message);
    const [stored, wanted] = [parsed(row.metadataText), parsed(expected.metadataText)];
    return isDeepStrictEqual(stored, wanted)
      ? null
      : differ("metadata", row.metadataText, expected.metadataText);
  };
}

export function differ(what: string, stored: unknown, wanted: unknown): string {
  const shown = (value: unknown) => String(JSON.stringify(value)).slice(0, 600);
  return `${what} is ${shown(stored)} instead of ${shown(wanted)}`;
}

const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
