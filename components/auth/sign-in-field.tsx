import { type ComponentProps, useId } from "react";
import { Input } from "@/components/ui/input";

type Props = ComponentProps<"input"> & { label: string; error?: string };

export function SignInField({ label, error, ...props }: Props) {
  const id = useId();
  const errorId = `${id}-error`;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium text-12 text-text-2">
        {label}
      </label>
      <Input
        id={id}
        className="h-9"
        maxLength={256}
        required
        aria-invalid={error !== undefined}
        aria-describedby={error ? errorId : undefined}
        {...props}
      />
      {error && (
        <p id={errorId} className="text-12 text-fail-text">
          {error}
        </p>
      )}
    </div>
  );
}
