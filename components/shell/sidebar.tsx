"use client";

import { Search } from "lucide-react";
import { Kbd } from "@/components/ui/kbd";
import { unlessRail } from "./nav-badge";
import { NavLinks } from "./nav-links";
import { useShell } from "./shell-context";
import { ThemeButton } from "./theme-button";
import { UserMenu } from "./user-menu";
import { WorkspaceSwitcher } from "./workspace-switcher";

export function Sidebar() {
  const { setOverlay } = useShell();
  return (
    <nav
      aria-label="Workspace"
      className="sticky top-0 flex h-dvh flex-col border-line border-r bg-canvas px-2 max-md:hidden"
    >
      <WorkspaceSwitcher className="h-11 shrink-0" labelClass={unlessRail} />
      <button
        type="button"
        onClick={() => setOverlay("palette")}
        title="Search or jump to (Ctrl K)"
        className="mt-1 mb-3 flex h-7 w-full shrink-0 items-center gap-2 rounded-2 border border-line-strong bg-surface pr-1.25 pl-2 text-left text-text-3 transition-colors hover:bg-hover focus-visible:rounded-2 group-has-[>[data-rail]]/app:justify-center group-has-[>[data-rail]]/app:border-transparent group-has-[>[data-rail]]/app:bg-transparent group-has-[>[data-rail]]/app:p-0"
      >
        <Search size={14} aria-hidden="true" />
        <span className={unlessRail}>Search or jump to</span>
        <Kbd aria-hidden="true" className="ml-auto group-has-[>[data-rail]]/app:hidden">
          Ctrl K
        </Kbd>
      </button>
      <NavLinks labelClass={unlessRail} className="min-h-0 grow overflow-y-auto" />
      <div className="-mx-2 flex shrink-0 items-center gap-1 border-line border-t p-2 group-has-[>[data-rail]]/app:flex-col-reverse">
        <UserMenu labelClass={unlessRail} />
        <ThemeButton />
      </div>
    </nav>
  );
}
