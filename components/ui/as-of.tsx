import { formatClock, formatInstant } from "@/lib/format";
import { cn } from "./cn";

interface AsOfProps {
  at: string;
  /** The figures follow by themselves ("live"), keep their age ("still"), or could not be refreshed ("stale"). */
  state?: "live" | "still" | "stale";
  /** "every 60 s", after the time. */
  note?: string;
  className?: string;
}

const dot = { live: "bg-ok-solid", still: "bg-line-control", stale: "bg-warn-solid" };
const lead = { live: "live, as of", still: "as of", stale: "reconnecting, as of" };

/** The age of what is on screen. */
export function AsOf({ at, state = "still", note, className }: AsOfProps) {
  return (
    <span
      className={cn("inline-flex items-center gap-1.5 whitespace-nowrap text-12 text-text-3", className)}
      title={formatInstant(at)}
    >
      <span aria-hidden="true" className={cn("size-1.5 shrink-0 rounded-full", dot[state])} />
      <span>
        <span className="max-md:sr-only">{lead[state]} </span>
        <time dateTime={at}>{formatClock(at)}</time> UTC
        {note && <span className="max-lg:hidden">, {note}</span>}
      </span>
    </span>
  );
}
