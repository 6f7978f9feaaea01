"use client";

import { Dialog, SheetContent } from "@/components/ui/dialog";
import { NavLinks } from "./nav-links";
import { useShell } from "./shell-context";
import { ThemeButton } from "./theme-button";
import { UserMenu } from "./user-menu";
import { WorkspaceSwitcher } from "./workspace-switcher";

/** The sidebar of a phone. */
export function MenuSheet() {
  const { overlay, setOverlay } = useShell();
  return (
    <Dialog open={overlay === "menu"} onOpenChange={(open) => setOverlay(open ? "menu" : null)}>
      <SheetContent label="Menu" className="md:hidden">
        <WorkspaceSwitcher className="mx-2 h-12 w-auto shrink-0" />
        <nav aria-label="Workspace" className="grow px-2">
          <NavLinks onNavigate={() => setOverlay(null)} />
        </nav>
        <div className="flex items-center gap-1 border-line border-t p-2">
          <UserMenu />
          <ThemeButton />
        </div>
      </SheetContent>
    </Dialog>
  );
}
