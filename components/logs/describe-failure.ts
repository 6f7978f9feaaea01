import { FetchFailure } from "@/lib/query/fetch-json";

/** A failed read in one sentence, with the id by which the server's log knows it. */
export function describeFailure(error: Error): string {
  const id = error instanceof FetchFailure ? error.requestId : null;
  return id ? `${error.message} Request ${id}.` : error.message;
}
