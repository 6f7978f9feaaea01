import { ChevronDown } from "lucide-react";
import { cn } from "./cn";
import { fieldClass } from "./input";

interface SelectProps<T extends string> {
  /** Spoken name of the control. */
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onValueChange: (value: T) => void;
  disabled?: boolean;
  className?: string;
}

/** One of a list. The browser's own: its list is right for keyboards, screen readers and phones, and follows the theme. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, value, options, onValueChange, disabled, className } = props;
  return (
    <span className={cn("relative inline-flex h-7 min-w-0 max-w-full max-md:h-9", className)}>
      <select
        aria-label={label}
        value={value}
        disabled={disabled}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onValueChange(chosen.value);
        }}
        className={cn(fieldClass, "h-full appearance-none truncate pr-7 hover:bg-hover")}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        size={14}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-text-3"
      />
    </span>
  );
}
