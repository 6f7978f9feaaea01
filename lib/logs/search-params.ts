import {
  createLoader,
  createParser,
  createSerializer,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsNativeArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { logLevels } from "./level";
import { int64Text } from "./schema";
import { searchModes } from "./search/query";

/** Sequence numbers stay text in the URL as in JSON; anything else there is as good as nothing. */
const parseAsSequence = createParser({
  parse: (value) => int64Text.safeParse(value).data ?? null,
  serialize: (value: string) => value,
});

/** Where two episodes stand side by side: the next row of either, `<a>.<b>`. */
const parseAsPlaces = createParser({
  parse: (value) => {
    const [, a, b] = /^(\d{1,15})\.(\d{1,15})$/.exec(value) ?? [];
    return a !== undefined && b !== undefined ? { a: Number(a), b: Number(b) } : null;
  },
  serialize: ({ a, b }: { a: number; b: number }) => `${a}.${b}`,
  eq: (one, other) => one.a === other.a && one.b === other.b,
});

/** What the middle of the explorer shows. */
export const explorerViews = ["rows", "patterns", "compare"] as const;
export type ExplorerView = (typeof explorerViews)[number];

/** How a row's time is written: in UTC, in the reader's zone, since the first row, since the row above. */
export const clocks = ["utc", "local", "start", "delta"] as const;
export type Clock = (typeof clocks)[number];

/**
 * Everything the explorer shows of an episode, so that a link shows the same to somebody else: the selected row (a permalink
 * is episode + sequence), the query, and how it is looked at.
 */
export const explorerParams = {
  view: parseAsStringLiteral(explorerViews).withDefault("rows"),
  seq: parseAsSequence,
  // The query: lib/logs/search/query.ts says what each part means.
  level: parseAsArrayOf(parseAsStringLiteral(logLevels)).withDefault([]),
  q: parseAsString.withDefault(""),
  mode: parseAsStringLiteral(searchModes).withDefault("text"),
  /** ISO times, or a time before now: `-15m`, `-6h`, `-7d`. */
  since: parseAsString,
  until: parseAsString,
  /** `<op>:<path>:<value>`, as in the API. */
  meta: parseAsNativeArrayOf(parseAsString),
  template: parseAsString,
  /** Templates whose rows are left out. */
  without: parseAsNativeArrayOf(parseAsString),
  /** Time ranges looked at before this one, `<since>~<until>`, the oldest first: where zooming out leads. */
  zoom: parseAsArrayOf(parseAsString).withDefault([]),
  /** The query is put aside for a moment: all rows are listed, and one step leads back to those it keeps. */
  context: parseAsBoolean.withDefault(false),
  /** Marks hits and walks them; hides nothing. */
  find: parseAsString.withDefault(""),
  findMode: parseAsStringLiteral(searchModes).withDefault("text"),
  clock: parseAsStringLiteral(clocks).withDefault("utc"),
  /** Columns between time and message: `source`, or a path in the metadata. */
  columns: parseAsArrayOf(parseAsString).withDefault(["source"]),
  wrap: parseAsBoolean.withDefault(false),
  /** Follows new rows. */
  live: parseAsBoolean.withDefault(false),
  /** The episode that is compared with this one. */
  with: parseAsString,
  /** The saved view that this look began with; it applies nothing by itself once the other parameters are there. */
  saved: parseAsString,
  /** Both are shown side by side from these rows on; without it by template. */
  at: parseAsPlaces,
};
export const loadExplorerParams = createLoader(explorerParams);
/** The explorer's part of a URL: `?…`, or nothing. */
export const explorerSearch = createSerializer(explorerParams);
