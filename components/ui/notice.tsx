import type { ReactNode } from "react";
import { cn } from "./cn";
import { StatusGlyph } from "./status-glyph";

interface NoticeProps {
  tone: "warn" | "fail";
  children: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** A strip above content that stays: "As of 12:01. Reconnecting, try 4." */
export function Notice({ tone, children, action, className }: NoticeProps) {
  return (
    <div
      role="status"
      className={cn(
        "flex min-h-10 items-center gap-2 border-y px-6 py-1.5 max-md:px-4",
        tone === "warn" ? "border-warn-line bg-warn-tint" : "border-fail-line bg-fail-tint",
        className,
      )}
    >
      <StatusGlyph tone={tone} />
      <div className="min-w-0 grow">{children}</div>
      {action}
    </div>
  );
}
