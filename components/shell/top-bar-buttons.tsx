"use client";

import { type LucideIcon, Menu, Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useShell } from "./shell-context";

/** Where the sidebar is a sheet. */
export function MenuButton() {
  const { setOverlay } = useShell();
  return <PhoneButton label="Menu" icon={Menu} onClick={() => setOverlay("menu")} />;
}

/** Elsewhere it stands in the sidebar. */
export function PaletteButton() {
  const { setOverlay } = useShell();
  return <PhoneButton label="Search or jump to" icon={Search} onClick={() => setOverlay("palette")} />;
}

interface PhoneButtonProps {
  label: string;
  icon: LucideIcon;
  onClick: () => void;
}

function PhoneButton({ label, icon: Icon, onClick }: PhoneButtonProps) {
  return (
    <Button variant="ghost" size="icon" aria-label={label} className="md:hidden" onClick={onClick}>
      <Icon size={18} aria-hidden="true" />
    </Button>
  );
}
