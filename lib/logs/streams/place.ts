import { z } from "zod";
import { AppError } from "@/lib/errors";
import { episodeId } from "../schema";

/**
 * A place in the order of many streams: by time, then stream, then sequence number. It names a row, or a place between rows,
 * and stays true while rows are written and archived, so a reader goes on from it without the server remembering anything.
 */
export interface Place {
  at: number;
  episodeId: string;
  seq: bigint;
}

const beforeEveryRow = -1n;
const behindEveryRow = 2n ** 63n - 1n;
/** The first and last moment that a Date knows. */
const [earliest, latest] = [-8.64e15, 8.64e15];

export const startOfAll: Place = { at: earliest, episodeId: "", seq: beforeEveryRow };
export const endOfAll: Place = { at: latest, episodeId: "", seq: behindEveryRow };

/** Before every row at this time or behind it. */
export function placeAt(time: number): Place {
  return { at: time, episodeId: "", seq: beforeEveryRow };
}

/** Before every row of this stream that stands at this time, whatever its number. */
export function beforeStream(at: number, episodeId: string): Place {
  return { at, episodeId, seq: beforeEveryRow };
}

export function behindStream(at: number, episodeId: string): Place {
  return { at, episodeId, seq: behindEveryRow };
}

/** Null where the place names no row of its stream. */
export function rowOf({ seq }: Place): bigint | null {
  return seq === beforeEveryRow || seq === behindEveryRow ? null : seq;
}

/** `<milliseconds>~<stream>~<number>`; a stream's name has no `~`. */
export function placeText({ at, episodeId: stream, seq }: Place): string {
  return `${at}~${stream}~${seq}`;
}

const parts = z.tuple([
  z.coerce.number().int().min(earliest).max(latest),
  z.union([z.literal(""), episodeId]),
  z.string().regex(/^(-1|0|[1-9]\d{0,18})$/),
]);

/** A place as a URL names it: `start`, `end`, `now`, an ISO time, or what `placeText` wrote. */
export function placeFrom(text: string, now: Date): Place {
  if (text === "start") return startOfAll;
  if (text === "end") return endOfAll;
  if (text === "now") return placeAt(latestBelieved(now) + 1);
  const time = z.iso.datetime({ offset: true }).safeParse(text);
  if (time.success) return placeAt(Date.parse(time.data));
  const read = parts.safeParse(text.split("~"));
  if (!read.success) throw new AppError("bad_input", "from: a time, start, end, now, or the place of a row.");
  const [at, stream, seq] = read.data;
  return { at, episodeId: stream, seq: BigInt(seq) };
}

/** The row that a place in a URL names; null when it names none. */
export function rowAt(text: string | null): { episodeId: string; seq: string } | null {
  const read = parts.safeParse(text?.split("~"));
  if (!read.success) return null;
  const [, stream, seq] = read.data;
  return stream === "" || seq === "-1" ? null : { episodeId: stream, seq };
}

const day = 86_400_000;

/** A time later than this is a clock that is wrong: nobody writes tomorrow's log. */
export function latestBelieved(now: Date): number {
  return now.getTime() + day;
}
