import { createLoader, createParser, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { logLevels } from "./level";
import { int64Text } from "./schema";

/** Sequence numbers stay text in the URL as in JSON; anything else there is as good as nothing. */
const parseAsSequence = createParser({
  parse: (value) => int64Text.safeParse(value).data ?? null,
  serialize: (value: string) => value,
});

/** What the explorer shows of an episode: the selected row (a permalink is episode + sequence) and the filters. */
export const explorerParams = {
  seq: parseAsSequence,
  level: parseAsArrayOf(parseAsStringLiteral(logLevels)).withDefault([]),
  q: parseAsString.withDefault(""),
};
export const loadExplorerParams = createLoader(explorerParams);

export const episodeListParams = {
  q: parseAsString.withDefault(""),
  cursor: parseAsString,
};
export const loadEpisodeListParams = createLoader(episodeListParams);
