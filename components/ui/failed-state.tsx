"use client";

import { Button } from "./button";
import { cn } from "./cn";
import { StatusGlyph } from "./status-glyph";

interface FailedStateProps {
  /** What could not be read: "Runs cannot be read". */
  title: string;
  /** What is known: what still works, what was not lost. */
  children?: React.ReactNode;
  requestId?: string | null;
  onRetry?: () => void;
  retrying?: boolean;
  className?: string;
}

/** An outage never looks like an empty list. */
export function FailedState({ title, children, requestId, onRetry, retrying, className }: FailedStateProps) {
  return (
    <div role="alert" className={cn("max-w-160 px-6 py-8 max-md:px-4", className)}>
      <h2 className="mb-1 flex items-center gap-2 text-15 font-semibold text-fail-text">
        <StatusGlyph tone="fail" size={14} />
        {title}
      </h2>
      {children && <div className="text-text-2">{children}</div>}
      {onRetry && (
        <Button className="mt-4" onClick={onRetry} disabled={retrying}>
          {retrying ? "Trying again" : "Try again"}
        </Button>
      )}
      {requestId && <p className="mono mt-3 text-text-3">request {requestId}</p>}
    </div>
  );
}
