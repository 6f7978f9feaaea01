import {
  createLoader,
  createSerializer,
  parseAsNativeArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { explorerParams } from "../search-params";

export const logTabs = ["streams", "time"] as const;
export type LogTab = (typeof logTabs)[number];

const { level, q, mode, since, until, meta, template, without, clock } = explorerParams;

/** The logs of a workspace or a run: which streams, which rows, which of them is open. The query is the explorer's. */
export const streamLogParams = {
  tab: parseAsStringLiteral(logTabs).withDefault("streams"),
  run: parseAsString,
  /** Streams that are shown alone, and streams that are left out. */
  in: parseAsNativeArrayOf(parseAsString),
  out: parseAsNativeArrayOf(parseAsString),
  /** The open row, as a place (place.ts). */
  row: parseAsString,
  /** Where the list begins: an ISO time. */
  time: parseAsString,
  /** What the bars of the chart are made of. */
  stack: parseAsStringLiteral(["level", "stream"]).withDefault("level"),
  ...{ level, q, mode, since, until, meta, template, without, clock },
};
export const loadStreamLogParams = createLoader(streamLogParams);
export const streamLogSearch = createSerializer(streamLogParams);

/** Filters of the list of streams. */
export const streamListParams = {
  q: parseAsString.withDefault(""),
  cursor: parseAsString,
  by: parseAsStringLiteral(["run", "external"]),
  state: parseAsStringLiteral(["open", "ended"]),
  errors: parseAsStringLiteral(["some"]),
  /** The last row is not older than this: `1h`, `24h`, `7d`. */
  age: parseAsStringLiteral(["1h", "24h", "7d"]),
};
export const loadStreamListParams = createLoader(streamListParams);
export const streamListSearch = createSerializer(streamListParams);
