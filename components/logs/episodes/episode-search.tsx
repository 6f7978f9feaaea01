"use client";

import { Search } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { streamListParams } from "@/lib/logs/streams/search-params";

/** Finds episodes by a part of their id. The URL holds it; a new search starts at the first page. */
export function EpisodeSearch() {
  const [pending, startTransition] = useTransition();
  const [{ q }, setParams] = useQueryStates(streamListParams, {
    shallow: false,
    history: "push",
    startTransition,
  });
  const search = (text: string) => void setParams({ q: text.trim() || null, cursor: null });
  return (
    <search aria-label="Find streams" aria-busy={pending} className="flex items-center gap-2 max-md:w-full">
      <form
        key={q}
        action={(form) => search(String(form.get("q") ?? ""))}
        className="relative w-64 max-md:w-full"
      >
        <Search
          size={14}
          aria-hidden="true"
          className="absolute top-1.75 left-2 text-text-3 max-md:top-2.75"
        />
        <Input
          type="search"
          name="q"
          data-page-search
          aria-label="Stream id or a part of it"
          placeholder="Stream id or a part of it"
          maxLength={200}
          defaultValue={q}
          className="pl-7 max-md:pl-8"
        />
      </form>
      {q && (
        <Button variant="ghost" size="sm" onClick={() => search("")}>
          Clear
        </Button>
      )}
    </search>
  );
}
