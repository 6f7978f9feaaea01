import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { bulkItemStates } from "./kinds";

/** The page of a job: which outcomes, and from where. */
export const bulkParams = {
  state: parseAsStringLiteral(bulkItemStates),
  cursor: parseAsString,
};

export const loadBulkParams = createLoader(bulkParams);
export const bulkQuery = createSerializer(bulkParams);
export type BulkParams = Awaited<ReturnType<typeof loadBulkParams>>;
