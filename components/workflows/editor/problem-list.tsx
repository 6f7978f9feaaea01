"use client";

import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatPlural } from "@/lib/format";
import type { GraphReading } from "@/lib/workflows/graph-text";

interface ProblemListProps {
  id: string;
  reading: GraphReading;
  onGo: (line: number) => void;
}

/** What keeps the graph from being saved, each with its line; or what it is when nothing does. */
export function ProblemList({ id, reading, onGo }: ProblemListProps) {
  return (
    <section id={id} aria-label="Problems of the graph" aria-live="polite" className="min-w-0">
      {reading.ok ? (
        <p className="flex items-center gap-2 py-1.5 text-text-2">
          <StatusGlyph tone="ok" />
          {formatPlural(reading.graphs.nodes.length, "node")}, no problems
        </p>
      ) : (
        <>
          <h2 className="flex items-center gap-2 py-1.5 font-semibold text-fail-text">
            <StatusGlyph tone="fail" />
            {formatPlural(reading.problems.length, "problem")}
          </h2>
          <ul>
            {reading.problems.map(({ line, place, message, remedy }) => (
              <li key={`${place} ${message}`} className="border-line border-t">
                <button
                  type="button"
                  disabled={line === null}
                  onClick={() => line !== null && onGo(line)}
                  className="grid w-full grid-cols-[56px_minmax(0,1fr)] gap-x-2 px-1 py-1.5 text-left hover:bg-hover focus-visible:shadow-(--focus-in)"
                >
                  <span className="mono text-12 text-text-3">{line === null ? "whole" : `line ${line}`}</span>
                  <span className="min-w-0 [overflow-wrap:anywhere]">
                    {message} <span className="text-text-3">{remedy}</span>
                    <span className="mono block text-11 text-text-3">{place}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
