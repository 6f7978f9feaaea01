import {
  createLoader,
  createSerializer,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";

export const pairSorts = ["difference", "start", "name", "change", "percent"] as const;
export type PairSort = (typeof pairSorts)[number];

/** What the comparison of two runs shows; the first run stands in the path. */
export const runCompareParams = {
  with: parseAsString,
  /** Only tasks with this in their name. */
  q: parseAsString.withDefault(""),
  /** Also tasks that are the same. */
  all: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(pairSorts).withDefault("difference"),
  /** The other way round. */
  turned: parseAsBoolean.withDefault(false),
  /** Which difference of the runs as a whole is spread out. */
  open: parseAsStringLiteral(["inputs", "graph"] as const),
};
export const loadRunCompareParams = createLoader(runCompareParams);
export const runCompareSearch = createSerializer(runCompareParams);
