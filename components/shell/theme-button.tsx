"use client";

import { Moon, Sun } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useTheme } from "./use-theme";

export function ThemeButton() {
  const { dark, choose } = useTheme();
  const Icon = dark ? Sun : Moon;
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={dark ? "Use the light theme" : "Use the dark theme"}
      title="Theme: dark or light (Shift D)"
      onClick={() => choose(dark ? "light" : "dark")}
    >
      <Icon size={15} aria-hidden="true" />
    </Button>
  );
}
