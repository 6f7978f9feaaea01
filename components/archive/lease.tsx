"use client";

import { useNow } from "@/components/ui/use-now";
import { formatDuration } from "@/lib/format";
import { second } from "@/lib/time";
import { processOf } from "./owner";

interface LeaseProps {
  owner: string;
  epoch: number;
  expiresAt: string;
}

/** Who archives now, and for how long others are kept out when they hear nothing more of them. */
export function Lease({ owner, epoch, expiresAt }: LeaseProps) {
  const left = Date.parse(expiresAt) - useNow(second);
  return (
    <span className="flex min-w-0 gap-1.5">
      <span className="mono min-w-0 truncate">{processOf(owner)}</span>
      <span className="shrink-0 text-text-3" suppressHydrationWarning>
        epoch {epoch}, {left > 0 ? formatDuration(Math.ceil(left / second) * second) : "expired"}
      </span>
    </span>
  );
}
