import { type ComponentProps, useId } from "react";
import { cn } from "./cn";
import { fieldClass, Input } from "./input";

interface FieldParts {
  label: string;
  hint?: string;
  error?: string;
}

/** A labelled field; its hint gives way to what is wrong with it. */
export function Field({ label, hint, error, ...props }: ComponentProps<"input"> & FieldParts) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <Input id={id} aria-invalid={error !== undefined} aria-describedby={`${id}-note`} {...props} />
    </FieldFrame>
  );
}

export function TextField({
  label,
  hint,
  error,
  className,
  ...props
}: ComponentProps<"textarea"> & FieldParts) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-note`}
        className={cn(fieldClass, "h-auto py-1.5 max-md:h-auto max-md:text-[16px]", className)}
        {...props}
      />
    </FieldFrame>
  );
}

function FieldFrame({
  id,
  label,
  hint,
  error,
  children,
}: FieldParts & { id: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium text-12 text-text-2">
        {label}
      </label>
      {children}
      <p id={`${id}-note`} className={cn("text-12 empty:hidden", error ? "text-fail-text" : "text-text-3")}>
        {error ?? hint}
      </p>
    </div>
  );
}
