import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A key as it stands on the keyboard. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      className={cn(
        "inline-block min-w-4.5 rounded-1 border border-line-strong bg-surface px-1 text-center font-medium font-sans text-11 text-text-3",
        className,
      )}
      {...props}
    />
  );
}
