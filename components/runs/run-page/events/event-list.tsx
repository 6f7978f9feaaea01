"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useRef } from "react";
import type { RunEvent } from "@/lib/runs/events";
import { useScreen } from "../use-screen";
import { EventRow } from "./event-row";

const rowHeight = 28;
/** High enough for a finger. */
const phoneRow = 40;

/** Events in the order of time. Rows outside the view are not in the document: a run of ten thousand tasks has thirty thousand. */
export function EventList({ events }: { events: readonly RunEvent[] }) {
  // The virtualizer is an object that changes in place; memoised by the compiler it would show stale rows.
  "use no memo";
  const scroller = useRef<HTMLDivElement>(null);
  const height = useScreen() === "phone" ? phoneRow : rowHeight;
  const virtualizer = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: useCallback((index: number) => events[index]?.key ?? index, [events]),
    overscan: 10,
    initialRect: { width: 600, height: 480 },
  });
  const rows = virtualizer.getVirtualItems();
  return (
    <div ref={scroller} className="min-h-0 grow overflow-y-auto overflow-x-hidden overscroll-contain">
      <ol aria-label="Events" style={{ height: virtualizer.getTotalSize() }} className="relative">
        {rows.map(({ index, key, start, size }) => {
          const event = events[index];
          if (!event) return null;
          return (
            <EventRow
              key={key}
              event={event}
              position={index + 1}
              count={events.length}
              previousAt={events[index - 1]?.at ?? null}
              style={{ transform: `translateY(${start}px)`, height: size }}
            />
          );
        })}
      </ol>
    </div>
  );
}
