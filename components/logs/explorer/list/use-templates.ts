"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { patternsOptions } from "@/lib/logs/patterns/query-options";
import { type EpisodeAddress, isSettled } from "@/lib/logs/query-options";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { parseQuery } from "@/lib/logs/search/query";
import { templateOf } from "@/lib/logs/view/template-of";
import { describeFailure } from "../../describe-failure";

const everything = parseQuery({});

/** The patterns of the whole episode, which say the template of a row. */
export const templatesOptions = (address: EpisodeAddress, episode: EpisodeSummary) => ({
  ...patternsOptions(address, everything, isSettled(episode)),
  // A row's template is looked up now and then; its counts need not follow every row that comes.
  refetchInterval: false as const,
});

/** Finds the template of a row when somebody asks for it: most never do. */
export function useTemplates(
  address: EpisodeAddress,
  episode: EpisodeSummary,
  onFound: (template: string, what: "only" | "without") => void,
) {
  const client = useQueryClient();
  const [note, setNote] = useState<string | null>(null);

  async function ask(message: string, what: "only" | "without") {
    setNote("looking for the template of this row");
    try {
      const { patterns } = await client.fetchQuery(templatesOptions(address, episode));
      const found = templateOf(message, patterns);
      setNote(found ? null : "this row's template is too rare to be counted");
      if (found) onFound(found.template, what);
    } catch (error) {
      if (error instanceof Error) setNote(describeFailure(error));
    }
  }

  return { ask: (message: string, what: "only" | "without") => void ask(message, what), note };
}
