import type { ReactNode } from "react";
import { Mark } from "@/components/shell/mark";

/** One narrow column: the mark, then whatever is asked. Not centred in height: a message that appears would move the fields. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh justify-center bg-canvas px-4 py-12 md:pt-[16vh]">
      <main className="w-full max-w-[376px]">
        <div className="mb-6 flex items-center gap-2 font-medium text-15 text-text">
          <Mark />
          Strata
        </div>
        {children}
      </main>
    </div>
  );
}
