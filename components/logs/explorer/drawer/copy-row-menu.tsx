"use client";

import { Copy } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { copyFormats } from "@/lib/logs/view/copy-rows";
import type { Explorer } from "../use-explorer";

const names = {
  text: "Text, in the clock of the screen",
  jsonl: "JSON, as it is stored",
  markdown: "Markdown",
};

export function CopyRowMenu({ seq, explorer }: { seq: number; explorer: Explorer }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Copy this row">
          <Copy size={13} aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>Copy the row as</DropdownMenuLabel>
        {copyFormats.map((format) => (
          <DropdownMenuItem key={format} onSelect={() => explorer.list.copyRow(seq, format)}>
            {names[format]}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
