import type { ComponentProps } from "react";
import { cn } from "./cn";

export const fieldClass =
  "h-7 w-full min-w-0 rounded-2 border border-line-strong bg-surface px-2 text-text placeholder:text-text-3 transition-colors focus-visible:rounded-2 disabled:bg-hover disabled:text-text-3 aria-invalid:border-fail-solid max-md:h-9 max-md:text-[16px]";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(fieldClass, className)} {...props} />;
}
