import { Minus, PencilLine, Plus } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { Mark } from "@/lib/workflows/version-view";

/** Shape, word, colour: a comparison printed in grey still reads. */
export const markLook = {
  added: { word: "added", icon: Plus, text: "text-ok-text", box: "border-ok-solid bg-ok-tint" },
  removed: {
    word: "removed",
    icon: Minus,
    text: "text-fail-text",
    box: "border-dashed border-fail-solid bg-fail-tint",
  },
  changed: {
    word: "changed",
    icon: PencilLine,
    text: "text-warn-text",
    box: "border-warn-solid bg-warn-tint",
  },
  same: { word: "unchanged", icon: null, text: "text-text-3", box: "border-line-strong bg-surface" },
} as const satisfies Record<Mark, object>;

export function MarkGlyph({ mark, className }: { mark: Mark; className?: string }) {
  const Icon = markLook[mark].icon;
  return (
    Icon && (
      <Icon
        size={12}
        strokeWidth={2.4}
        aria-hidden="true"
        className={cn("shrink-0", markLook[mark].text, className)}
      />
    )
  );
}
