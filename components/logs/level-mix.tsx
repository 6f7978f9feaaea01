import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/format";
import { type LevelCounts, logLevels } from "@/lib/logs/level";
import { levelBar } from "./level-style";

/** Shares of the levels as one bar. Warnings and worse keep 2 px however rare they are: they are what one looks for. */
export function LevelMix({ levels, className }: { levels: LevelCounts; className?: string }) {
  const present = logLevels.filter((level) => levels[level] > 0);
  const words = present.map((level) => `${formatCount(levels[level])} ${level}`).join(", ");
  return (
    <span
      role="img"
      aria-label={words || "no rows"}
      title={words}
      className={cn("flex h-2.5 gap-px", className)}
    >
      {present.map((level) => (
        <span
          key={level}
          className={cn("min-w-0.5 first:rounded-l-1 last:rounded-r-1", levelBar[level])}
          style={{ flexGrow: levels[level] }}
        />
      ))}
      {present.length === 0 && <span className="grow rounded-1 bg-active" />}
    </span>
  );
}
