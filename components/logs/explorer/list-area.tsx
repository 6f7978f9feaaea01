"use client";

import { ArrowDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatPlural } from "@/lib/format";
import { describeFailure } from "../describe-failure";

interface ListAreaProps {
  /** The search strip of a filtered list. */
  strip: ReactNode;
  children: ReactNode;
  error: Error | null;
  onRetry: () => void;
  /** Rows appended while the reader looks elsewhere. */
  newRows: number;
  onToEnd: () => void;
}

/** The list with what may lie over it: a failure above, a call to new rows below. Neither moves a row. */
export function ListArea({ strip, children, error, onRetry, newRows, onToEnd }: ListAreaProps) {
  return (
    <div className="flex min-h-0 min-w-0 flex-col [grid-area:list]">
      {strip}
      <div className="relative min-h-0 grow">
        {children}
        {error && (
          <div
            role="alert"
            className="absolute inset-x-0 top-0 flex min-h-9 items-center gap-2 border-fail-line border-b bg-fail-tint px-3 py-1"
          >
            <StatusGlyph tone="fail" />
            <span className="min-w-0">
              <b className="font-semibold text-fail-text">Rows cannot be read.</b> {describeFailure(error)}{" "}
              Nothing is lost.
            </span>
            <Button size="sm" className="ml-auto" onClick={onRetry}>
              Try again
            </Button>
          </div>
        )}
        {newRows > 0 && (
          <Button
            className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-overlay"
            onClick={onToEnd}
          >
            {formatPlural(newRows, "new row")}
            <ArrowDown size={14} aria-hidden="true" />
          </Button>
        )}
      </div>
    </div>
  );
}
