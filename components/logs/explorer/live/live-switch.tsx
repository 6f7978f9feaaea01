"use client";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { useNow } from "@/components/ui/use-now";
import { formatDuration } from "@/lib/format";
import { second } from "@/lib/time";
import { useExplorerContext } from "../explorer-context";
import type { TailState } from "./tail-connection";

/** Follows new rows, and says in a word how that goes. An episode that ended has nothing to follow. */
export function LiveSwitch() {
  const { params, episode, live, scroll } = useExplorerContext();
  const now = useNow(second);
  if (episode.ended) {
    return (
      <Tooltip text="No more rows will come to this episode.">
        <span className="flex h-7 items-center gap-1.5 px-1 text-12 text-text-3 max-md:hidden">
          <span aria-hidden="true" className="size-1.75 rounded-[1px] bg-line-control" />
          Ended
        </span>
      </Tooltip>
    );
  }
  const on = params.live;
  const state = on ? live.state : { kind: "off" as const };
  const word = on && state.kind === "live" && !scroll.atEnd ? "holding still" : wordOf(state, now);
  return (
    <span className="flex items-center gap-2">
      <span
        role="status"
        className={cn(
          "whitespace-nowrap text-12 text-text-3",
          state.kind === "waiting" || state.kind === "refused" ? "text-warn-text" : "max-lg:hidden",
        )}
      >
        {word}
      </span>
      <Tooltip text={on ? "Stop following new rows (L)" : "Follow new rows as they are written (L)"}>
        <Button aria-pressed={on} onClick={() => params.set({ live: on ? null : true })} className="gap-2">
          <span
            aria-hidden="true"
            className={cn(
              "size-1.75 rounded-full",
              !on && "bg-line-control",
              on && (state.kind === "live" ? "bg-ok-solid" : "bg-warn-solid"),
            )}
          />
          Live
        </Button>
      </Tooltip>
    </span>
  );
}

function wordOf(state: TailState, now: number): string {
  switch (state.kind) {
    case "off":
      return "not following";
    case "connecting":
      return "connecting";
    case "live":
      return "following";
    case "waiting": {
      const left = Math.ceil((state.until - now) / second) * second;
      return left > 0 ? `reconnecting in ${formatDuration(left).replace(".0", "")}` : "reconnecting";
    }
    case "refused":
      return state.message;
  }
}
