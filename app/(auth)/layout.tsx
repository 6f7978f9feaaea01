import type { ReactNode } from "react";
import { StrataMark } from "@/components/auth/strata-mark";

/** One narrow column: the mark, then whatever is asked. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh justify-center bg-canvas px-4 py-12 md:items-center">
      <main className="w-full max-w-[376px]">
        <div className="mb-6 flex items-center gap-2 font-medium text-15 text-text">
          <StrataMark />
          Strata
        </div>
        {children}
      </main>
    </div>
  );
}
