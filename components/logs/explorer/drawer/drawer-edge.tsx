"use client";

import type { DrawerWidth } from "./use-drawer-width";

/** The edge that is dragged; with the keyboard its arrows, or [ and ] from anywhere. */
export function DrawerEdge({ drawer }: { drawer: DrawerWidth }) {
  return (
    <div
      {...movableSeparator(drawer)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!(event.buttons & 1)) return;
        const right = event.currentTarget.parentElement?.getBoundingClientRect().right;
        if (right !== undefined) drawer.resizeTo(right - event.clientX);
      }}
      onKeyDown={(event) => {
        const by = event.key === "ArrowLeft" ? 1 : event.key === "ArrowRight" ? -1 : null;
        if (by === null) return;
        event.preventDefault();
        drawer.resizeBy(by);
      }}
      className="-left-0.75 absolute inset-y-0 z-10 w-1.5 cursor-col-resize touch-none hover:bg-accent/25 focus-visible:bg-accent/40 max-md:hidden"
    />
  );
}

/** A separator with a value is a widget, unlike the line that `hr` draws. */
function movableSeparator({ width, narrowest, widest }: DrawerWidth) {
  return {
    role: "separator",
    tabIndex: 0,
    "aria-label": "Width of the details",
    "aria-orientation": "vertical",
    "aria-valuenow": width,
    "aria-valuemin": narrowest,
    "aria-valuemax": widest,
  } as const;
}
