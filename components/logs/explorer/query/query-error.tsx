"use client";

import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { QueryParams } from "@/lib/logs/explorer-query";
import { useExplorerContext } from "../explorer-context";

const names: Record<keyof QueryParams, string> = {
  level: "level",
  q: "text",
  mode: "text",
  since: "start of the time range",
  until: "end of the time range",
  meta: "condition on the metadata",
  template: "template",
  without: "template that is left out",
};

/** A part of the address that cannot be read: which, why, and the way on. All rows are listed meanwhile. */
export function QueryError() {
  const { params } = useExplorerContext();
  const { queryError } = params;
  // A pattern is wrong while it is being typed; the field says so itself.
  if (!queryError || (queryError.part === "q" && params.mode === "regex")) return null;
  const { part } = queryError;
  const isTime = part === "since" || part === "until";
  return (
    <div
      role="alert"
      className="flex min-h-8 shrink-0 items-center gap-2 border-warn-line border-b bg-warn-tint px-3 py-1 text-12"
    >
      <StatusGlyph tone="warn" />
      <span className="min-w-0">
        <b className="font-semibold text-warn-text">The {names[part]} in the address cannot be read.</b>{" "}
        {isTime ? `“${params[part]}” is no time.` : queryError.message} All rows are listed.
      </span>
      <Button size="sm" className="ml-auto" onClick={() => params.set({ [part]: null })}>
        Remove it
      </Button>
    </div>
  );
}
