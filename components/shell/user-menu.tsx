"use client";

import { LogOut } from "lucide-react";
import { useTransition } from "react";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useShell } from "./shell-context";
import { themes } from "./theme";
import { useTheme } from "./use-theme";

const themeNames = { system: "As the system", light: "Light", dark: "Dark" };

export function UserMenu({ labelClass }: { labelClass?: string }) {
  const { person, signOut } = useShell();
  const { chosen, choose } = useTheme();
  const [leaving, startLeaving] = useTransition();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`${person.name}: account and theme`}
        className="flex h-7 min-w-0 grow items-center gap-2 rounded-2 px-1.5 text-left transition-colors hover:bg-hover focus-visible:rounded-2 max-md:h-11 group-has-[>[data-rail]]/app:md:px-0"
      >
        <span
          aria-hidden="true"
          className="size-5 shrink-0 rounded-full bg-active text-center font-semibold text-[9px] text-text-2 leading-5"
        >
          {initials(person.name)}
        </span>
        <span className={cn("min-w-0 truncate font-medium text-text-2", labelClass)}>{person.name}</span>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-56">
        <DropdownMenuLabel className="truncate">{person.email}</DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={chosen}>
          {themes.map((theme) => (
            <DropdownMenuRadioItem key={theme} value={theme} onSelect={() => choose(theme)}>
              {themeNames[theme]}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem
          disabled={leaving}
          onSelect={() =>
            startLeaving(async () => {
              await signOut(new FormData());
            })
          }
        >
          <LogOut size={14} aria-hidden="true" className="text-text-3" />
          {leaving ? "Signing out" : "Sign out"}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.[0] ?? ""}${words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""}`.toUpperCase();
}
