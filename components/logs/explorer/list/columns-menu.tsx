"use client";

import { Columns3 } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { mostColumns } from "@/lib/logs/places";
import type { Explorer } from "../use-explorer";
import { useFieldPaths } from "./use-field-paths";

/** Which fields stand beside the message: any of the selected row, or of the rows on screen. */
export function ColumnsMenu({ explorer }: { explorer: Explorer }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Columns" className="size-6 max-md:hidden">
          <Columns3 size={13} aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-64">
        <ColumnItems explorer={explorer} />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function ColumnItems({ explorer }: { explorer: Explorer }) {
  const { list } = explorer;
  const { columns } = list;
  const { paths, reading } = useFieldPaths(explorer);
  const offered = [...new Set(["source", ...columns, ...paths])];
  const full = columns.length >= mostColumns;
  return (
    <>
      <DropdownMenuLabel>Columns beside the message</DropdownMenuLabel>
      {offered.map((name) => (
        <DropdownMenuCheckboxItem
          key={name}
          checked={columns.includes(name)}
          disabled={full && !columns.includes(name)}
          // The menu stays: several columns are chosen at a time.
          onSelect={(event) => event.preventDefault()}
          onCheckedChange={() => list.toggleColumn(name)}
          className="mono"
        >
          <span className="truncate">{name}</span>
        </DropdownMenuCheckboxItem>
      ))}
      {reading && <DropdownMenuItem disabled>Reading rows on screen</DropdownMenuItem>}
      {full && <DropdownMenuItem disabled>{mostColumns} columns at most</DropdownMenuItem>}
      <DropdownMenuSeparator />
      <DropdownMenuItem onSelect={() => list.setColumns(["source"])}>Only the source</DropdownMenuItem>
    </>
  );
}
