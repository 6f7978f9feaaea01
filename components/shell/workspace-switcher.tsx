"use client";

import { ChevronDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Mark } from "./mark";
import { useShell } from "./shell-context";

interface WorkspaceSwitcherProps {
  className?: string;
  labelClass?: string;
}

export function WorkspaceSwitcher({ className, labelClass }: WorkspaceSwitcherProps) {
  const { workspace, workspaces } = useShell();
  const router = useRouter();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={workspace ? `Workspace ${workspace.name}: switch` : "Open a workspace"}
        title="Switch workspace"
        className={cn(
          "flex w-full items-center gap-2.25 rounded-2 px-1.5 text-left font-semibold focus-visible:rounded-2 group-has-[>[data-rail]]/app:md:justify-center group-has-[>[data-rail]]/app:md:px-0",
          className,
        )}
      >
        <Mark />
        <span className={cn("min-w-0 truncate", labelClass)}>{workspace?.name ?? "Platform"}</span>
        <ChevronDown
          size={14}
          aria-hidden="true"
          className="ml-auto text-text-3 group-has-[>[data-rail]]/app:md:hidden"
        />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="min-w-56">
        <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={workspace?.slug ?? ""}
          onValueChange={(slug) => router.push(`/w/${slug}`)}
        >
          {workspaces.map((option) => (
            <DropdownMenuRadioItem key={option.slug} value={option.slug}>
              <span className="min-w-0 truncate">{option.name}</span>
              <span className="ml-auto pl-3 text-12 text-text-3">{option.role}</span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
