import { type ReactNode, useId } from "react";
import { cn } from "./cn";

interface PanelProps {
  title: string;
  /** After the title, in the quiet tone. */
  count?: ReactNode;
  /** At the right end of the head: a legend, a link, a note. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A region of a page: ruled, not boxed. */
export function Panel({ title, count, aside, className, children }: PanelProps) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className={cn("min-w-0", className)}>
      <div className="flex h-9 items-center gap-2 border-line border-b">
        <h2 id={heading} className="whitespace-nowrap font-semibold">
          {title}
        </h2>
        {count !== undefined && <span className="text-text-3">{count}</span>}
        {/* Cut where it is too long, with room for the focus ring of what is in it. */}
        {aside && <div className="-my-1 -mr-1 ml-auto min-w-0 truncate p-1 text-text-3">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
