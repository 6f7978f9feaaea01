import { cn } from "./cn";

/** Stands where a value will stand, in its size. Quiet on purpose: no shimmer, nothing moves. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn("block h-2 rounded-1 bg-active", className)} />;
}
