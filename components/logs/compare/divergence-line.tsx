"use client";

import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount, formatPlural } from "@/lib/format";
import type { Comparison } from "@/lib/logs/compare/schema";

interface DivergenceLineProps {
  comparison: Comparison;
  onJump: () => void;
}

/** The one sentence of a comparison: how far both say the same, and what they say where they part. */
export function DivergenceLine({ comparison, onJump }: DivergenceLineProps) {
  const { divergence, a, b, rowLimit, onlyA, onlyB, both } = comparison;
  const { kind, equalRows } = divergence;
  const sameCounts = onlyA.length + onlyB.length === 0 && both.every((found) => found.a === found.b);
  if (kind === "same") {
    return (
      <Line>
        <StatusGlyph tone="ok" />
        <p>
          <b className="font-semibold">A and B say the same</b>, {formatPlural(equalRows, "row")} in the same
          order. Only their values and times differ.
        </p>
      </Line>
    );
  }
  if (kind === "not_reached") {
    return (
      <Line>
        <StatusGlyph tone={sameCounts ? "ok" : "off"} />
        <p>
          <b className="font-semibold">No difference in the first {formatCount(rowLimit)} rows.</b> Rows
          behind them were not compared in order
          {sameCounts ? "; the counts of all templates are equal." : "; the counts below are of all rows."}
        </p>
      </Line>
    );
  }
  const lead =
    equalRows === 0 ? "They part at the first row" : `Equal for ${formatPlural(equalRows, "row")}, then`;
  return (
    <Line>
      <StatusGlyph tone="warn" />
      <p className="min-w-0 grow max-md:line-clamp-3">
        <b className="font-semibold">{lead}</b>
        {equalRows === 0 ? ": " : " "}A {saying(divergence.a, a.rows)}, B {saying(divergence.b, b.rows)}.
      </p>
      <Button variant="primary" onClick={onJump} className="max-md:col-start-2 max-md:justify-self-start">
        Go to first divergence
      </Button>
    </Line>
  );
}

function Line({ children }: { children: React.ReactNode }) {
  return (
    <div className="grid min-h-11 shrink-0 grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2 gap-y-1 border-line border-b px-3 py-1.5 md:flex">
      {children}
    </div>
  );
}

function saying(place: Comparison["divergence"]["a"], rows: number) {
  if (!place) return <>ends{rows === 0 ? " without a row" : ""}</>;
  return (
    <>
      says <span className="mono break-words">{shortened(place.template)}</span>{" "}
      <span className="whitespace-nowrap text-text-3">(row {formatCount(place.sequence)})</span>
    </>
  );
}

const shortened = (template: string) => (template.length > 140 ? `${template.slice(0, 139)}…` : template);
