"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";

/** Bars from one to another, both inclusive; `from` is where the selection began. */
export interface BarSelection {
  from: number;
  to: number;
}

interface BarSelectionOptions {
  bars: number;
  /** A stretch was chosen: with a drag, or with the keyboard. */
  onZoom: (selection: { first: number; last: number }) => void;
  /** One bar was pressed. */
  onPick: (bar: number) => void;
  /** Nothing is left that Escape could undo. */
  onBack: () => void;
}

/** A press that moves less than this is one on a bar, however the hand trembles. */
const leastDragPx = 4;

interface Selecting extends BarSelection {
  /** What chooses: the pointer while it is down, the pointer over a bar, or the keyboard. */
  by: "drag" | "hover" | "keys";
  startX: number;
  moved: boolean;
}

/** Which bars the pointer or the keyboard is at. Both mean the same: a range, and then into it. */
export function useBarSelection({ bars, onZoom, onPick, onBack }: BarSelectionOptions) {
  const [selecting, setSelecting] = useState<Selecting | null>(null);
  // The chart may have fewer bars than when the selection was made.
  const clamp = (bar: number) => Math.min(bars - 1, Math.max(0, bar));
  const barAt = ({ currentTarget, clientX }: PointerEvent) => {
    const box = currentTarget.getBoundingClientRect();
    return clamp(Math.floor(((clientX - box.left) / Math.max(1, box.width)) * bars));
  };
  const end = ({ from, to }: BarSelection) => {
    setSelecting(null);
    onZoom({ first: Math.min(from, to), last: Math.max(from, to) });
  };

  const pointer = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const bar = barAt(event);
      setSelecting({ by: "drag", from: bar, to: bar, startX: event.clientX, moved: false });
    },
    onPointerMove: (event: PointerEvent) => {
      const bar = barAt(event);
      setSelecting((now) => {
        if (now?.by !== "drag") return { by: "hover", from: bar, to: bar, startX: 0, moved: false };
        return { ...now, to: bar, moved: now.moved || Math.abs(event.clientX - now.startX) >= leastDragPx };
      });
    },
    onPointerUp: (event: PointerEvent) => {
      if (selecting?.by !== "drag") return;
      if (selecting.moved) end({ from: selecting.from, to: barAt(event) });
      else {
        setSelecting({ ...selecting, by: "hover" });
        onPick(selecting.from);
      }
    },
    onPointerCancel: () => setSelecting(null),
    onPointerLeave: () => setSelecting((now) => (now?.by === "hover" ? null : now)),
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const now = selecting?.by === "keys" ? selecting : null;
    const place = now?.to ?? 0;
    const target = {
      ArrowLeft: now ? place - 1 : bars - 1,
      ArrowRight: now ? place + 1 : 0,
      Home: 0,
      End: bars - 1,
      PageUp: place - 10,
      PageDown: place + 10,
    }[event.key];
    if (target !== undefined) {
      const to = clamp(target);
      const from = event.shiftKey && now ? now.from : to;
      setSelecting({ by: "keys", from, to, startX: 0, moved: false });
    } else if (event.key === "Enter" && now) end(now);
    else if (event.key === " " && now) onPick(Math.min(now.from, now.to));
    else if (event.key === "Escape") {
      if (now && now.from !== now.to) setSelecting({ ...now, from: now.to });
      else onBack();
    } else return;
    // The page has the same keys for its rows.
    event.preventDefault();
  };
  const onBlur = () => setSelecting((now) => (now?.by === "keys" ? null : now));

  const shown = selecting && {
    first: clamp(Math.min(selecting.from, selecting.to)),
    last: clamp(Math.max(selecting.from, selecting.to)),
  };
  return {
    shown,
    /** A stretch is being chosen, not only pointed at. */
    choosing: selecting === null ? null : waysToChoose(selecting),
    cursor: selecting ? clamp(selecting.to) : null,
    pointer,
    keys: { onKeyDown, onBlur },
  };
}

function waysToChoose({ by, moved }: Selecting): "drag" | "keys" | null {
  if (by === "keys") return "keys";
  return by === "drag" && moved ? "drag" : null;
}
