"use client";

import { Menu, Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useShell } from "./shell-context";

/** Only on a phone, where the sidebar is a sheet. */
export function MenuButton() {
  const { setOverlay } = useShell();
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label="Menu"
      className="md:hidden"
      onClick={() => setOverlay("menu")}
    >
      <Menu size={18} aria-hidden="true" />
    </Button>
  );
}

/** Only on a phone; elsewhere it stands in the sidebar. */
export function PaletteButton() {
  const { setOverlay } = useShell();
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label="Search or jump to"
      className="md:hidden"
      onClick={() => setOverlay("palette")}
    >
      <Search size={18} aria-hidden="true" />
    </Button>
  );
}
