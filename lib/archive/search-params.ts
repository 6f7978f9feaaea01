import {
  createLoader,
  createSerializer,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { archiveStates, attemptOutcomes } from "./schema";

/** The archive page: which episodes are listed, the one whose chunks stand below, and the chunk whose facts are shown. */
export const archiveParams = {
  state: parseAsStringLiteral(archiveStates),
  /** A part of an episode's id. */
  q: parseAsString.withDefault(""),
  cursor: parseAsString,
  episode: parseAsString,
  chunk: parseAsInteger,
  // The attempts of the episode: how they ended, under which epoch or by whom, and those before this one.
  outcome: parseAsStringLiteral(attemptOutcomes),
  by: parseAsString.withDefault(""),
  before: parseAsString,
};
export const loadArchiveParams = createLoader(archiveParams);
export type ArchiveParams = Awaited<ReturnType<typeof loadArchiveParams>>;
/** The page's part of a URL: `?…`, or nothing. */
export const archiveSearch = createSerializer(archiveParams);
