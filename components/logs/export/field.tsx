import type { ReactNode } from "react";

/** A part of the form: what it decides on the left, how on the right. */
export function Field({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <span className="pt-1 text-text-2 max-md:pt-2">{name}</span>
      <div className="min-w-0">{children}</div>
    </>
  );
}
