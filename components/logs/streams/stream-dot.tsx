import { cn } from "@/components/ui/cn";
import type { StreamColor } from "@/lib/logs/streams/stream-colors";

/** Spelled out, because class names are found by reading the source. */
const background: Record<StreamColor, string> = {
  c1: "bg-c1",
  c2: "bg-c2",
  c3: "bg-c3",
  c4: "bg-c4",
  c5: "bg-c5",
  c6: "bg-c6",
};

/** A stream's colour; its name stands beside it. */
export function StreamDot({ color, className }: { color: StreamColor; className?: string }) {
  return (
    <span aria-hidden="true" className={cn("size-2 shrink-0 rounded-[2px]", background[color], className)} />
  );
}
