import type { ReactNode } from "react";
import { cn } from "./cn";

interface EmptyStateProps {
  /** What is not here, as a sentence without a full stop. */
  title: string;
  /** What will appear and how ("nothing yet"), or which filter is the reason ("no match"). */
  children?: ReactNode;
  /** Buttons, the one that helps most first. */
  actions?: ReactNode;
  className?: string;
}

export function EmptyState({ title, children, actions, className }: EmptyStateProps) {
  return (
    <div className={cn("max-w-160 px-6 py-8 max-md:px-4", className)}>
      <h2 className="mb-1 text-15 font-semibold">{title}</h2>
      {children && <div className="flex flex-col gap-2 text-text-2">{children}</div>}
      {actions && <div className="mt-4 flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
