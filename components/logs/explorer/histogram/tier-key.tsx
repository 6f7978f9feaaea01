import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { formatCount, formatPlural } from "@/lib/format";
import type { LogHistogram } from "@/lib/logs/histogram/schema";
import { rowsOf, sumOfBars } from "@/lib/logs/view/histogram-bars";
import { tierPattern } from "./tier-band";

interface TierKeyProps {
  histogram: LogHistogram;
  /** The whole episode is shown: what lies outside then has a time of its own, far away. */
  whole: boolean;
}

/** What the patterns mean, with the rows of each tier in this stretch of time. */
export function TierKey({ histogram, whole }: TierKeyProps) {
  const { hot, cold, missing, archiving } = sumOfBars(histogram.bars);
  const outside = rowsOf(histogram.before) + rowsOf(histogram.after);
  return (
    <span className="flex gap-3.5 whitespace-nowrap max-md:hidden">
      {cold > 0 && <Entry tier="cold">archive, {formatPlural(cold, "row")}</Entry>}
      {missing && <Entry tier="missing">some cannot be read</Entry>}
      {archiving && <Entry tier="archiving">moving to the archive</Entry>}
      {hot > 0 && <Entry tier="hot">live, {formatPlural(hot, "row")}</Entry>}
      {whole && outside > 0 && <span>{formatPlural(outside, "row")} with a time far outside</span>}
      {histogram.blurred > 0 && (
        <span className="max-xl:hidden">{formatCount(histogram.blurred)} may stand a bar aside</span>
      )}
    </span>
  );
}

function Entry({ tier, children }: { tier: keyof typeof tierPattern; children: ReactNode }) {
  return (
    <span>
      <span
        aria-hidden="true"
        className={cn("mr-1.25 inline-block h-1.5 w-3.5 rounded-[1px] align-[1px]", tierPattern[tier])}
      />
      {children}
    </span>
  );
}
