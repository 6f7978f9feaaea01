import { cn } from "@/components/ui/cn";
import { formatCount, formatPercent } from "@/lib/format";

interface PatternShareProps {
  count: number;
  share: number;
  most: number;
  excluded: boolean;
}

/** Rows as a figure, and beside the most frequent pattern. */
export function PatternShare({ count, share, most, excluded }: PatternShareProps) {
  return (
    <div className="flex items-center gap-2.5">
      <span className="w-17 shrink-0 text-right max-md:w-auto">{formatCount(count)}</span>
      <span aria-hidden="true" className="h-1 w-12 shrink-0 rounded-full bg-active max-md:w-24">
        <span
          className={cn(
            "block h-full min-w-0.5 rounded-full",
            excluded ? "bg-line-strong" : "bg-line-control",
          )}
          style={{ width: `${(count / most) * 100}%` }}
        />
      </span>
      <span className="w-11 shrink-0 text-right text-11 text-text-3">{formatPercent(share)}</span>
    </div>
  );
}
