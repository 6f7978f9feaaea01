"use client";

import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { type SearchState, searchSentence } from "@/lib/logs/view/search-progress";
import { describeFailure } from "../describe-failure";
import type { Hits } from "./use-hits";

interface SearchStripProps {
  hits: Hits;
  search: SearchState;
  onClear: () => void;
}

/** Above a filtered list: how much of the episode the rows below stand for, and how to stop or go on. */
export function SearchStrip({ hits, search, onClear }: SearchStripProps) {
  const share = search.total > 0 ? (search.searched / search.total) * 100 : 0;
  const halted = search.status === "stopped" || search.status === "failed";
  return (
    <div className="relative flex h-8 shrink-0 items-center gap-2 whitespace-nowrap border-line border-b pr-2 pl-3 text-12">
      {search.status === "failed" && <StatusGlyph tone="fail" />}
      <span role="status" className="min-w-0 truncate text-text-2">
        {hits.rows.error && <b className="font-medium text-fail-text">{describeFailure(hits.rows.error)} </b>}
        {searchSentence(search)}
      </span>
      {search.status === "searching" && (
        <Button variant="ghost" size="sm" className="text-text" onClick={hits.stop}>
          Stop
        </Button>
      )}
      {halted && (
        <Button variant="ghost" size="sm" className="text-text" onClick={hits.goOn}>
          {search.status === "failed" ? "Try again" : "Continue"}
        </Button>
      )}
      <Button variant="ghost" size="sm" className="ml-auto" onClick={onClear}>
        Clear filter
      </Button>
      {search.status !== "complete" && (
        <span
          aria-hidden="true"
          className="absolute -bottom-px left-0 h-px bg-accent"
          style={{ width: `${share}%` }}
        />
      )}
    </div>
  );
}
