import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Shared with the select, which looks like a field. */
export const fieldClass =
  "h-7 w-full min-w-0 rounded-2 border border-line-strong bg-surface px-2 text-text placeholder:text-text-3 transition-colors focus-visible:rounded-2 disabled:bg-hover disabled:text-text-3 aria-invalid:border-fail-solid max-md:h-9";

export function Input({ className, ...props }: ComponentProps<"input">) {
  // A phone zooms into fields whose text is under 16 px.
  return <input className={cn(fieldClass, "max-md:text-[16px]", className)} {...props} />;
}
