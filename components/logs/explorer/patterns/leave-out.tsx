"use client";

import { Undo2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import type { Choice } from "@/lib/logs/view/facet-choice";

interface LeaveOutProps {
  template: string;
  excluded: boolean;
  onChoose: (choice: Choice) => void;
}

/** The rows of a pattern leave the list of rows, or come back to it. */
export function LeaveOut({ template, excluded, onChoose }: LeaveOutProps) {
  return (
    <Tooltip text={excluded ? "Bring its rows back" : "Leave its rows out"}>
      <Button
        variant="ghost"
        size="sm"
        aria-label={`${excluded ? "Bring back" : "Leave out"} rows of ${template}`}
        onClick={() => onChoose(excluded ? null : "exclude")}
        className="text-text-3 hover:text-text"
      >
        {excluded ? <Undo2 size={13} aria-hidden="true" /> : "≠"}
      </Button>
    </Tooltip>
  );
}
