import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/format";
import { type LevelCounts, type LogLevel, logLevels } from "@/lib/logs/level";
import { levelBar } from "../../level-style";

interface LevelFacetProps {
  levels: LevelCounts;
  chosen: readonly LogLevel[];
  onToggle: (level: LogLevel) => void;
}

/** Counts are those of the whole episode, kept at ingest: exact, and free to show. */
export function LevelFacet({ levels, chosen, onToggle }: LevelFacetProps) {
  const most = Math.max(1, ...Object.values(levels));
  return (
    <ul>
      {logLevels.map((level) => {
        const on = chosen.includes(level);
        const count = levels[level];
        return (
          <li key={level}>
            <button
              type="button"
              aria-pressed={on}
              disabled={count === 0 && !on}
              onClick={() => onToggle(level)}
              className={cn(
                "focus-inset relative grid h-6.5 w-full max-lg:h-11 grid-cols-[minmax(0,1fr)_auto] items-center gap-2 px-3 text-left text-12",
                on ? "bg-accent-tint" : "hover:bg-hover",
                chosen.length > 0 && !on && "text-text-3",
              )}
            >
              <span className="flex items-center gap-1.75 truncate">
                <span aria-hidden="true" className={cn("size-2 rounded-[2px]", levelBar[level])} />
                <span className={cn(on && "font-medium")}>{level}</span>
              </span>
              <span className="text-11 text-text-3">{formatCount(count)}</span>
              <span aria-hidden="true" className="absolute inset-x-3 bottom-px h-0.5 rounded-[1px] bg-hover">
                <span
                  className={cn(
                    "block h-full min-w-0.5 rounded-[1px]",
                    levelBar[level],
                    count === 0 && "hidden",
                  )}
                  style={{ width: `${(count / most) * 100}%` }}
                />
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
