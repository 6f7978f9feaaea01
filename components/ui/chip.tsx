import { X } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

const shape =
  "inline-flex h-6 max-w-full shrink-0 items-center whitespace-nowrap rounded-1 border text-12 transition-colors max-md:h-9";

interface ToggleChipProps extends Omit<ComponentProps<"button">, "type"> {
  pressed: boolean;
}

/** One value of a filter that is on or off. */
export function ToggleChip({ pressed, className, ...props }: ToggleChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      className={cn(
        shape,
        "gap-1.5 px-2 font-medium max-md:px-3",
        pressed
          ? "border-accent-line bg-accent-tint text-text"
          : "border-line-strong bg-surface text-text-2 hover:bg-hover",
        className,
      )}
      {...props}
    />
  );
}

interface ChipProps {
  /** What is filtered, in the quiet tone. */
  name: ReactNode;
  children: ReactNode;
  onRemove?: () => void;
  removeLabel?: string;
}

/** A filter in force, as "name value", with a way to drop it. */
export function Chip({ name, children, onRemove, removeLabel }: ChipProps) {
  return (
    <span className={cn(shape, "border-line-strong bg-surface")}>
      <span className="pl-1.5 text-text-3">{name}</span>
      <span className="truncate px-1.5 font-medium">{children}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel ?? "Remove filter"}
          onClick={onRemove}
          className="inline-flex h-full items-center self-stretch border-line border-l px-1.5 text-text-3 hover:bg-hover hover:text-text"
        >
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
