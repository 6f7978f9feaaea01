import { cn } from "@/components/ui/cn";

/** The letter of a side. A is filled, B is an outline: the two are told apart without a colour. */
export function SideMark({ side, className }: { side: "a" | "b"; className?: string }) {
  return (
    <span
      className={cn(
        "inline-flex size-4.5 shrink-0 items-center justify-center rounded-1 border border-text font-semibold text-11 leading-none",
        side === "a" ? "bg-text text-surface" : "bg-surface text-text",
        className,
      )}
    >
      {side.toUpperCase()}
    </span>
  );
}
