"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { searchPlanOptions } from "@/lib/logs/query-options";
import { planSentence } from "@/lib/logs/view/search-sentence";
import { useExplorerContext } from "../explorer-context";

/** Sooner than the search itself begins. */
const askAfterMs = 150;

/** What the archive would be read for what is typed, before it is asked for. Silent when nothing is archived or typed. */
export function QueryCost({ draft }: { draft: string }) {
  const { address, episode, params } = useExplorerContext();
  const text = useRested(draft.trim());
  // Its search has begun, which says the same: asking once more would only slow it down.
  const asked = text === params.text;
  const { data: plan } = useQuery({
    ...searchPlanOptions(address, { ...params.asked.query, text }),
    enabled: text !== "" && !asked && episode.chunks.total > 0 && params.asked.queryError === null,
  });
  if (!plan || text === "" || text !== draft.trim()) return null;
  return (
    <span role="status" className="shrink-0 whitespace-nowrap text-12 text-text-3 max-lg:hidden">
      {planSentence(plan)}
    </span>
  );
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(setRested, askAfterMs, text);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
