import { createLoader, createSerializer, parseAsBoolean, parseAsString } from "nuqs/server";

/** What the comparison of two runs shows; the first run stands in the path. */
export const runCompareParams = {
  with: parseAsString,
  /** Only tasks with this in their name. */
  q: parseAsString.withDefault(""),
  /** Also tasks whose logs and outcome are the same. */
  all: parseAsBoolean.withDefault(false),
};
export const loadRunCompareParams = createLoader(runCompareParams);
export const runCompareSearch = createSerializer(runCompareParams);
