"use client";

import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { TaskName } from "@/components/runs/run-page/task-name";
import { cn } from "@/components/ui/cn";
import type { Placed } from "@/lib/runs/graph-view";
import { useFocusWish } from "./focus-wish";

interface BoxButtonProps extends ComponentProps<"button"> {
  item: Placed & { stem: string; mark: string | null };
  /** Under the name. */
  words: ReactNode;
  wordsClassName?: string;
  nameClassName?: string;
  /** Before the name. */
  glyph?: ReactNode;
  spoken: string;
  selected: boolean;
  /** One box is in the tab order; the arrow keys reach the others. */
  tabbable: boolean;
}

/** A box of a graph, where its drawing places it. */
export function BoxButton(props: BoxButtonProps) {
  const {
    item,
    words,
    wordsClassName,
    nameClassName,
    glyph,
    spoken,
    selected,
    tabbable,
    className,
    ...rest
  } = props;
  const button = useRef<HTMLButtonElement>(null);
  const focusWish = useFocusWish();
  useEffect(() => {
    if (selected && focusWish.take()) button.current?.focus({ preventScroll: true });
  }, [selected, focusWish]);
  return (
    <button
      ref={button}
      type="button"
      tabIndex={tabbable ? 0 : -1}
      aria-label={spoken}
      aria-current={selected || undefined}
      style={{ left: item.x, top: item.y }}
      className={cn(
        "pointer-events-auto absolute grid h-9.5 w-28 content-center items-center rounded-2 border px-1.75 text-left hover:bg-hover focus-visible:rounded-2 focus-visible:shadow-[0_0_0_2px_var(--surface),0_0_0_5px_var(--accent)]",
        glyph && "grid-cols-[12px_minmax(0,1fr)] gap-x-1.5",
        className,
        selected && "shadow-[var(--focus)]",
      )}
      {...rest}
    >
      {glyph}
      <TaskName
        stem={item.stem}
        mark={item.mark}
        className={cn("font-medium text-11! leading-3.5!", nameClassName)}
      />
      <span className={cn("truncate text-11 leading-[13px]", glyph && "col-start-2", wordsClassName)}>
        {words}
      </span>
    </button>
  );
}
