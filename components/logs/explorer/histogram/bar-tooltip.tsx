import { cn } from "@/components/ui/cn";
import { formatCount, formatPlural } from "@/lib/format";
import { logLevels } from "@/lib/logs/level";
import { type Bar, rowsOf } from "@/lib/logs/view/histogram-bars";
import { levelBar } from "../../level-style";
import { tierPattern } from "./tier-band";

interface BarTooltipProps {
  /** The time in words, with its zone. */
  time: string;
  sum: Omit<Bar, "start">;
  /** Middle of the selection, as a share of the width. */
  place: number;
  /** What releasing the pointer, or Enter, will do. */
  hint: string | null;
}

const worstFirst = [...logLevels].reverse();

/** The exact counts of what is pointed at. It hangs below the chart, so that it covers no bar. */
export function BarTooltip({ time, sum, place, hint }: BarTooltipProps) {
  const levels = worstFirst.filter((level) => sum.levels[level] > 0);
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute top-full z-30 mt-1.5 min-w-52 rounded-2 bg-raised px-2.5 py-2 text-12 shadow-overlay"
      style={{ left: `${place * 100}%`, transform: `translateX(-${place * 100}%)` }}
    >
      <p className="flex justify-between gap-4 whitespace-nowrap">
        <span className="text-text-2">{time}</span>
        <b className="font-medium">{formatPlural(rowsOf(sum.levels), "row")}</b>
      </p>
      {levels.map((level) => (
        <p key={level} className="flex items-center gap-1.5">
          <span className={cn("size-2 rounded-[2px]", levelBar[level])} />
          <span className="text-text-2">{level}</span>
          <span className="ml-auto">{formatCount(sum.levels[level])}</span>
        </p>
      ))}
      <p className="mt-1 flex flex-wrap gap-x-3 border-line border-t pt-1 text-11 text-text-3 empty:hidden">
        {sum.cold > 0 && <Tier tier="cold">archive {formatCount(sum.cold)}</Tier>}
        {sum.hot > 0 && <Tier tier="hot">live {formatCount(sum.hot)}</Tier>}
        {sum.missing && <Tier tier="missing">some cannot be read</Tier>}
        {sum.archiving && <Tier tier="archiving">moving to the archive</Tier>}
      </p>
      {hint && <p className="text-11 text-text-3">{hint}</p>}
    </div>
  );
}

function Tier({ tier, children }: { tier: keyof typeof tierPattern; children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.25">
      <span className={cn("h-1.5 w-3.5 rounded-[1px]", tierPattern[tier])} />
      {children}
    </span>
  );
}
