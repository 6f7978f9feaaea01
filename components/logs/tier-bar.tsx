import { cn } from "@/components/ui/cn";

interface TierBarProps {
  archived: number;
  live: number;
  /** Rows that may be live before archiving starts, as a mark. */
  threshold?: number;
  className?: string;
}

/** Rows in the archive (hatched) and in the live store (solid), to scale. The figures stand beside it in words. */
export function TierBar({ archived, live, threshold, className }: TierBarProps) {
  const all = archived + live;
  const share = all > 0 ? (archived / all) * 100 : 0;
  // The mark lies where live rows up to the threshold would begin; beyond the bar's start it says nothing.
  const mark = threshold !== undefined && all > threshold ? (1 - threshold / all) * 100 : null;
  return (
    <span aria-hidden="true" className={cn("relative flex h-2.5 gap-px", className)}>
      {archived > 0 && (
        <span className="rounded-l-1 bg-hatch last:rounded-1" style={{ flex: `0 0 ${share}%` }} />
      )}
      {live > 0 && <span className="min-w-px grow rounded-r-1 bg-tier-hot first:rounded-1" />}
      {all === 0 && <span className="grow rounded-1 bg-active" />}
      {mark !== null && (
        <span
          className="absolute -inset-y-0.75 w-0.5 bg-text shadow-[0_0_0_1px_var(--surface)]"
          style={{ left: `${mark}%` }}
        />
      )}
    </span>
  );
}
