import { createLoader, parseAsInteger, parseAsString } from "nuqs/server";

/** The archive page: the episode whose chunks stand below the table, and the chunk whose facts are shown. */
export const archiveParams = {
  episode: parseAsString,
  chunk: parseAsInteger,
  cursor: parseAsString,
};
export const loadArchiveParams = createLoader(archiveParams);
