"use client";

import { type CSSProperties, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/format";
import type { ComparedTemplate, Comparison } from "@/lib/logs/compare/schema";
import { SideMark } from "./side-mark";
import { TemplateRow } from "./template-row";

const firstShown = 100;

interface TemplateListProps {
  title: string;
  mark: "a" | "b" | null;
  templates: ComparedTemplate[];
  /** What was searched for, as typed. */
  searched: string | null;
  workspace: string;
  comparison: Comparison;
  className?: string;
}

export function TemplateList(props: TemplateListProps) {
  const { title, mark, templates, searched, workspace, comparison, className } = props;
  const [all, setAll] = useState(false);
  const shown = all ? templates : templates.slice(0, firstShown);
  const most = templates.reduce((found, { a, b }) => Math.max(found, a, b), 1);
  // As wide as the longest figure of the list: columns that stand, without taking room from the words.
  const figures: CSSProperties & Record<`--${string}`, string> = {
    "--w-figure": `${Math.max(4, formatCount(most).length + 1)}ch`,
  };
  return (
    <section aria-label={title} style={figures} className={cn("flex min-h-0 min-w-0 flex-col", className)}>
      <div className="flex h-8 shrink-0 items-center gap-2 border-line border-b px-3">
        {mark && <SideMark side={mark} />}
        <h2 className="font-semibold">{title}</h2>
        <span className="text-text-3">{formatCount(templates.length)}</span>
        <span className="eyebrow ml-auto flex gap-2 text-right">
          {mark === null ? (
            <>
              <span className="w-(--w-figure) text-12">A</span>
              <span className="w-(--w-figure) text-12">B</span>
              <span className="w-(--w-figure) text-12">±</span>
            </>
          ) : (
            <span>Rows</span>
          )}
        </span>
      </div>
      <ul className="min-h-0 grow overflow-y-auto">
        {shown.map((template) => (
          <TemplateRow
            key={template.id}
            template={template}
            both={mark === null}
            most={most}
            workspace={workspace}
            comparison={comparison}
          />
        ))}
        {templates.length === 0 && <li className="px-3 py-3 text-text-3">{nothing(mark, searched)}</li>}
        {shown.length < templates.length && (
          <li className="px-3 py-2">
            <Button size="sm" onClick={() => setAll(true)}>
              Show {formatCount(templates.length - shown.length)} more
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}

function nothing(mark: "a" | "b" | null, searched: string | null): string {
  if (searched) return `No template here has “${searched}” in it.`;
  if (mark === null) return "A and B have no template in common.";
  return mark === "a" ? "B says everything that A says." : "A says everything that B says.";
}
