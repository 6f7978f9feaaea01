"use client";

import { ListFilter } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { formatCount } from "@/lib/format";
import { type LevelCounts, type LogLevel, logLevels } from "@/lib/logs/level";

interface LevelMenuProps {
  levels: LevelCounts;
  chosen: readonly LogLevel[];
  onToggle: (level: LogLevel) => void;
  className?: string;
}

/** The level facet where there is no room for a rail; its button counts the levels in force. */
export function LevelMenu({ levels, chosen, onToggle, className }: LevelMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button className={className} aria-label={`Levels, ${chosen.length} chosen`}>
          <ListFilter size={15} aria-hidden="true" />
          {chosen.length > 0 && chosen.length}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuLabel>Level</DropdownMenuLabel>
        {logLevels.map((level) => (
          <DropdownMenuCheckboxItem
            key={level}
            checked={chosen.includes(level)}
            onCheckedChange={() => onToggle(level)}
            onSelect={(event) => event.preventDefault()}
          >
            {level}
            <span className="ml-auto pl-6 text-11 text-text-3">{formatCount(levels[level])}</span>
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
