"use client";

import type { DrawerWidth } from "./use-drawer-width";

/** The edge that is dragged; with the keyboard its arrows, or [ and ] from anywhere. */
export function DrawerEdge({ drawer }: { drawer: DrawerWidth }) {
  return (
    <hr
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
      className="-left-0.75 h-auto border-0 absolute inset-y-0 z-10 w-1.5 cursor-col-resize touch-none hover:bg-accent/25 focus-visible:bg-accent/40 max-md:hidden"
    />
  );
}

/** With a value, the line between two parts of the page is a widget. */
function movableSeparator({ width, narrowest, widest }: DrawerWidth) {
  return {
    tabIndex: 0,
    "aria-label": "Width of the details",
    "aria-orientation": "vertical",
    "aria-valuenow": width,
    "aria-valuemin": narrowest,
    "aria-valuemax": widest,
  } as const;
}
