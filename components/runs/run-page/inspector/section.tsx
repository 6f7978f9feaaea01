import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  /** Beside the title, in the quiet tone. */
  note?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** A ruled part of the inspector. */
export function Section({ title, note, action, children }: SectionProps) {
  return (
    <section className="mx-4 min-w-0">
      <div className="flex h-8 items-center gap-2 border-line border-b">
        <h3 className="font-semibold">{title}</h3>
        {note && <span className="min-w-0 truncate text-text-3">{note}</span>}
        {action && <span className="ml-auto whitespace-nowrap">{action}</span>}
      </div>
      {children}
    </section>
  );
}
