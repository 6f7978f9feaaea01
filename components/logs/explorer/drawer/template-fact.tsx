"use client";

import { useQuery } from "@tanstack/react-query";
import { formatPlural } from "@/lib/format";
import { templateOf } from "@/lib/logs/view/template-of";
import { templatesOptions } from "../list/use-templates";
import type { Explorer } from "../use-explorer";

/** How many rows say the same with other values. */
export function TemplateFact({ message, explorer }: { message: string; explorer: Explorer }) {
  const { address, episode, params } = explorer;
  const { data, error } = useQuery(templatesOptions(address, episode));
  if (error) return <span className="text-text-3">not known: {error.message}</span>;
  if (!data) return <span className="text-text-3">counting</span>;
  const found = templateOf(message, data.patterns);
  if (!found) return <span className="text-text-3">a rare one, not counted by itself</span>;
  const only = params.template === found.template;
  return (
    <>
      {data.exact ? "" : "at least "}
      {formatPlural(found.count, "row")}
      {found.isNew && (
        <span className="text-warn-text">
          , {data.newSince?.kind === "run" ? "new since the run before" : "new lately"}
        </span>
      )}
      <span className="flex gap-3 font-medium text-accent-text">
        <button
          type="button"
          className="hover:underline"
          onClick={() => params.set({ template: only ? null : found.template })}
        >
          {only ? "All templates" : "Only this"}
        </button>
        {!only && (
          <button
            type="button"
            className="hover:underline"
            onClick={() => params.set({ without: [...params.without, found.template] })}
          >
            Leave out
          </button>
        )}
      </span>
    </>
  );
}
