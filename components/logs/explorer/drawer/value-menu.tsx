"use client";

import { MoreHorizontal } from "lucide-react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { JsonNode } from "@/lib/logs/view/json-tree";
import { useExplorerContext } from "../explorer-context";

interface ValueMenuProps {
  node: JsonNode;
  /** The value as it reads. */
  text: string;
  name: string;
  path: string;
}

/** Longer values are no condition of a query. */
const longestCondition = 1_000;

/** What one does with a value: take it along, ask for rows with it or without, see it beside every row. */
export function ValueMenu({ node, text, name, path }: ValueMenuProps) {
  const { params, list } = useExplorerContext();
  const single = node.kind !== "object" && node.kind !== "array";
  const queryable = single && path !== "" && text.length <= longestCondition;
  const isColumn = list.columns.includes(path);
  const ask = (op: "eq" | "ne") => params.set({ meta: [...params.meta, `${op}:${path}:${text}`] });
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`${name}: copy, filter, column`}
        className="absolute top-0 right-0 inline-flex h-4.75 w-6 items-center justify-center rounded-1 text-text-3 opacity-0 hover:bg-active hover:text-text focus-visible:opacity-100 group-hover/line:opacity-100 aria-expanded:opacity-100 max-md:opacity-100"
      >
        <MoreHorizontal size={13} aria-hidden="true" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => void navigator.clipboard.writeText(text)}>
          Copy value
        </DropdownMenuItem>
        {path && (
          <DropdownMenuItem onSelect={() => void navigator.clipboard.writeText(path)}>
            Copy path
          </DropdownMenuItem>
        )}
        {queryable && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => ask("eq")}>Only rows with this value</DropdownMenuItem>
            <DropdownMenuItem onSelect={() => ask("ne")}>Leave out rows with this value</DropdownMenuItem>
            <DropdownMenuItem onSelect={() => list.toggleColumn(path)}>
              {isColumn ? "Remove the column" : "Show as a column"}
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
