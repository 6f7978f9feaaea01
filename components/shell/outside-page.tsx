import type { ReactNode } from "react";
import { Mark } from "./mark";

interface OutsidePageProps {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}

/** A page without the shell: nobody knows which workspace it belongs to, or the shell itself failed. */
export function OutsidePage({ title, children, actions }: OutsidePageProps) {
  return (
    <div className="min-h-dvh bg-surface">
      <main className="mx-auto max-w-110 px-4 py-12">
        <Mark />
        <h1 className="mt-4 text-15 font-semibold">{title}</h1>
        <div className="mt-2 flex flex-col gap-2 text-text-2">{children}</div>
        {actions && <div className="mt-4 flex gap-2">{actions}</div>}
      </main>
    </div>
  );
}
