import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { segment, segmentGroup } from "@/components/ui/segment";
import { formatCount } from "@/lib/format";

interface ClosedToggleProps {
  closed: boolean;
  openHref: string;
  closedHref: string;
  open: number;
  count: number;
}

/** What is open, or what somebody has resolved or ignored. */
export function ClosedToggle({ closed, openHref, closedHref, open, count }: ClosedToggleProps) {
  return (
    <nav aria-label="Open or closed" className={cn(segmentGroup, "ml-auto")}>
      <Link href={openHref} aria-current={closed ? undefined : "page"} className={cn(segment, "gap-1.5")}>
        Open <span className="font-normal text-text-3">{formatCount(open)}</span>
      </Link>
      <Link href={closedHref} aria-current={closed ? "page" : undefined} className={cn(segment, "gap-1.5")}>
        Resolved or ignored <span className="font-normal text-text-3">{formatCount(count)}</span>
      </Link>
    </nav>
  );
}
