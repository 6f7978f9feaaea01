"use client";

interface PaneEdgeProps {
  /** Spoken name: "Width of the details". */
  label: string;
  value: number;
  least: number;
  most: number;
  /** How wide the pane is to be, and how wide is what holds it. */
  onResize: (width: number, of: number) => void;
  /** Wider or narrower by one step. */
  onStep: (by: 1 | -1) => void;
  /** The pointer has let go. */
  onResized?: () => void;
}

/** The left edge of a pane, which is dragged; with the keyboard its arrows. Stands in the pane, which is positioned. */
export function PaneEdge({ label, value, least, most, onResize, onStep, onResized }: PaneEdgeProps) {
  return (
    <hr
      {...movableSeparator(label, value, least, most)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!(event.buttons & 1)) return;
        const pane = event.currentTarget.parentElement;
        const whole = pane?.parentElement;
        if (pane && whole)
          onResize(pane.getBoundingClientRect().right - event.clientX, whole.getBoundingClientRect().width);
      }}
      onPointerUp={onResized}
      onKeyDown={(event) => {
        const by = event.key === "ArrowLeft" ? 1 : event.key === "ArrowRight" ? -1 : null;
        if (by === null) return;
        event.preventDefault();
        onStep(by);
      }}
      className="absolute inset-y-0 -left-0.75 z-10 h-auto w-1.5 cursor-col-resize touch-none border-0 hover:bg-accent/25 focus-visible:bg-accent/40 max-md:hidden"
    />
  );
}

/** With a value, the line between two parts of the page is a widget. */
function movableSeparator(label: string, value: number, least: number, most: number) {
  return {
    tabIndex: 0,
    "aria-label": label,
    "aria-orientation": "vertical",
    "aria-valuenow": value,
    "aria-valuemin": least,
    "aria-valuemax": most,
  } as const;
}
