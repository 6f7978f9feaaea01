"use client";

import { SlidersHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { pageSizes } from "@/lib/runs/list/filters";
import { type OptionalColumn, optionalColumns, type RunListLook } from "@/lib/runs/list/look";

const columnName: Record<OptionalColumn, string> = {
  run: "Run id",
  inputs: "Inputs",
  progress: "Tasks",
  duration: "Duration",
  started: "Started",
  by: "Triggered by",
};

interface LookMenuProps {
  look: RunListLook;
  /** Returns what of it is the reader's own. */
  onChange: (look: RunListLook) => RunListLook;
}

/** Columns, density and page size; remembered by this browser, but for the columns of an open view. */
export function LookMenu({ look, onChange }: LookMenuProps) {
  const router = useRouter();
  const change = async (next: RunListLook) => {
    const own = onChange(next);
    await fetch("/api/me/run-list", { method: "PUT", body: JSON.stringify(own) }).catch(() => {});
    // How many runs a page holds is decided on the server.
    if (next.size !== look.size) router.refresh();
  };
  const keepOpen = (event: Event) => event.preventDefault();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Columns and density">
          <SlidersHorizontal size={14} aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>Columns</DropdownMenuLabel>
        {optionalColumns.map((column) => (
          <DropdownMenuCheckboxItem
            key={column}
            checked={!look.hidden.includes(column)}
            onSelect={keepOpen}
            onCheckedChange={(shown) =>
              void change({
                ...look,
                hidden: optionalColumns.filter((other) =>
                  other === column ? !shown : look.hidden.includes(other),
                ),
              })
            }
          >
            {columnName[column]}
          </DropdownMenuCheckboxItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuCheckboxItem
          checked={look.compact}
          onSelect={keepOpen}
          onCheckedChange={(compact) => void change({ ...look, compact })}
        >
          Compact rows
        </DropdownMenuCheckboxItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Runs a page</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={String(look.size)}
          onValueChange={(value) => {
            const size = pageSizes.find((each) => String(each) === value);
            if (size) void change({ ...look, size });
          }}
        >
          {pageSizes.map((size) => (
            <DropdownMenuRadioItem key={size} value={String(size)} onSelect={keepOpen}>
              {size}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
