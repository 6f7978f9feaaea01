"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatCount, formatPlural } from "@/lib/format";
import { formatElapsed } from "@/lib/logs/compare/elapsed";
import type { ComparedTemplate, Comparison } from "@/lib/logs/compare/schema";
import { explorerSearch } from "@/lib/logs/search-params";
import { levelBar } from "../level-style";
import { TemplateText } from "./template-text";

interface TemplateRowProps {
  template: ComparedTemplate;
  both: boolean;
  /** Rows of the most frequent template of the list: what a full bar means. */
  most: number;
  workspace: string;
  comparison: Comparison;
}

/** A template with its rows on either side. Opened, it is whole, and leads to those rows. */
export function TemplateRow({ template, both, most, workspace, comparison }: TemplateRowProps) {
  const [open, setOpen] = useState(false);
  const { first, a, b } = template;
  return (
    <li className="relative border-line border-b">
      {first && (
        <span aria-hidden="true" className={cn("absolute inset-y-0 left-0 w-0.75", levelBar[first.level])} />
      )}
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="focus-inset flex min-h-7 w-full items-center gap-2 py-1 pr-3 pl-2.5 text-left hover:bg-hover max-md:min-h-10"
      >
        <ChevronRight
          size={12}
          aria-hidden="true"
          className={cn("shrink-0 text-text-3 transition-transform", open && "rotate-90")}
        />
        <span
          className={cn(
            "mono min-w-0 grow",
            open ? "break-words" : "truncate",
            first?.level === "fatal" && "text-fail-text",
          )}
        >
          {first && first.level !== "info" && first.level !== "debug" && (
            <span className="sr-only">{first.level}: </span>
          )}
          <TemplateText text={template.template} />
        </span>
        {both ? (
          <span className={cn("flex shrink-0 gap-2 text-right text-12", open && "self-start")}>
            <span className="w-(--w-figure) text-text-2">{formatCount(a)}</span>
            <span className="w-(--w-figure) text-text-2">{formatCount(b)}</span>
            <span className={cn("w-(--w-figure)", a === b ? "text-text-3" : "font-semibold")}>
              {difference(b - a)}
            </span>
          </span>
        ) : (
          <span className={cn("shrink-0 text-12 text-text-2", open && "self-start")}>
            {formatCount(a + b)}
          </span>
        )}
      </button>
      <ShareBar a={a} b={b} most={most} both={both} />
      {open && <Opened template={template} workspace={workspace} comparison={comparison} />}
    </li>
  );
}

/** Rows of the longest bar are 100%; where both sides have some, A lies over B. */
function ShareBar({ a, b, most, both }: { a: number; b: number; most: number; both: boolean }) {
  const width = (rows: number) => `${Math.max(rows > 0 ? 0.5 : 0, (rows / most) * 100)}%`;
  return (
    <span aria-hidden="true" className="pointer-events-none absolute inset-x-3 -bottom-px block h-0.5">
      <span
        className="absolute inset-y-0 left-0 block rounded-full bg-line-control"
        style={{ width: width(both ? Math.min(a, b) : a + b) }}
      />
      {both && a !== b && (
        <span
          className="absolute inset-y-0 block border-line-control border-t border-dashed"
          style={{ left: width(Math.min(a, b)), width: `${(Math.abs(a - b) / most) * 100}%` }}
        />
      )}
    </span>
  );
}

function Opened({
  template,
  workspace,
  comparison,
}: Pick<TemplateRowProps, "template" | "workspace" | "comparison">) {
  const { first } = template;
  const links = (["a", "b"] as const).filter((side) => template[side] > 0);
  const start = first && comparison[first.side].firstAt;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 pt-0.5 pb-2 pl-7 text-12 text-text-2">
      {first && (
        <span>
          first in {first.side.toUpperCase()} at row{" "}
          <Link
            className="text-accent-text hover:underline"
            href={hrefOf(workspace, comparison[first.side].episodeId, { seq: first.sequence })}
          >
            {formatCount(first.sequence)}
          </Link>
          , {first.level}
          {start && `, ${formatElapsed(Date.parse(first.at) - Date.parse(start))} after the start`}
        </span>
      )}
      {links.map((side) => (
        <Link
          key={side}
          className="font-medium text-accent-text hover:underline"
          href={hrefOf(workspace, comparison[side].episodeId, { template: template.template })}
        >
          Show {formatPlural(template[side], "row")} of {side.toUpperCase()}
        </Link>
      ))}
    </div>
  );
}

function hrefOf(workspace: string, episodeId: string, shown: { seq?: string; template?: string }): string {
  return `/w/${workspace}/logs/${encodeURIComponent(episodeId)}${explorerSearch(shown)}`;
}

function difference(rows: number): string {
  if (rows === 0) return "=";
  return rows > 0 ? `+${formatCount(rows)}` : `−${formatCount(-rows)}`;
}
