import type { ReactNode } from "react";
import { type GlyphTone, StatusGlyph } from "@/components/ui/status-glyph";

/** The blast radius of an act, a line for each kind of thing it touches or spares. */
export function FactList({ children }: { children: ReactNode }) {
  return <dl className="border-line border-t">{children}</dl>;
}

interface FactProps {
  name: ReactNode;
  tone?: GlyphTone;
  children: ReactNode;
}

export function Fact({ name, tone, children }: FactProps) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-4 border-line border-b py-1">
      <dt className="flex shrink-0 items-center gap-2 text-text-2">
        {tone && <StatusGlyph tone={tone} />}
        {name}
      </dt>
      <dd className="min-w-0 text-right [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

/** As many lines as will be there, while they are asked for: nothing jumps when they come. */
export function FactSkeleton({ lines }: { lines: number }) {
  return (
    <div aria-hidden="true" className="border-line border-t">
      {Array.from({ length: lines }, (_, line) => `line ${line}`).map((line) => (
        <div key={line} className="flex h-8 items-center justify-between border-line border-b">
          <span className="h-2 w-28 rounded-1 bg-active" />
          <span className="h-2 w-16 rounded-1 bg-active" />
        </div>
      ))}
    </div>
  );
}
