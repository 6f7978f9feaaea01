"use client";

import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { TaskNameParts } from "@/components/runs/run-page/task-name";
import { cn } from "@/components/ui/cn";
import type { glyphBefore } from "@/components/ui/status-glyph";
import type { Placed } from "@/lib/runs/graph-view";
import { useFocusWish } from "./focus-wish";

interface BoxButtonProps extends ComponentProps<"button"> {
  item: Placed & { stem: string; mark: string | null };
  /** Under the name. */
  words: ReactNode;
  wordsClassName?: string;
  nameClassName?: string;
  /** Before the name. */
  glyph?: ReturnType<typeof glyphBefore>;
  spoken: string;
  selected: boolean;
  /** One box is in the tab order; the arrow keys reach the others. */
  tabbable: boolean;
}

/** A box of a graph, where its drawing places it. Of as few elements as can be: there are as many as fit the window. */
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
        "mono pointer-events-auto absolute flex h-9.5 w-28 gap-[0.6ch] whitespace-nowrap rounded-2 border px-1.75 pt-[4.5px] text-left font-medium text-11! leading-3.5! tracking-[-0.02em] hover:bg-hover focus-visible:rounded-2 focus-visible:shadow-[0_0_0_2px_var(--surface),0_0_0_5px_var(--accent)]",
        glyph && [glyph.className, "before:mt-px before:mr-[calc(6px-0.6ch)]"],
        className,
        selected && "shadow-[var(--focus)]",
      )}
      data-glyph={glyph?.["data-glyph"]}
      {...rest}
    >
      <TaskNameParts stem={item.stem} mark={item.mark} className={nameClassName} />
      <span
        className={cn(
          "absolute top-[18.5px] right-1.75 truncate font-normal font-sans text-11 leading-[13px] tracking-normal",
          glyph ? "left-6.25" : "left-1.75",
          wordsClassName,
        )}
      >
        {words}
      </span>
    </button>
  );
}
