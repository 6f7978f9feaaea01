"use client";

import { ListChecks } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useRunList } from "./run-list-context";

/** On a phone, where a touch on a row opens it: from here on touches choose rows. */
export function ChooseRuns() {
  const { mayWrite, choosing, setChoosing, clear } = useRunList();
  if (!mayWrite) return null;
  return (
    <Button
      variant="ghost"
      aria-pressed={choosing}
      onClick={() => (choosing ? clear() : setChoosing(true))}
      className="text-12 aria-pressed:bg-active aria-pressed:text-text md:hidden"
    >
      <ListChecks size={14} aria-hidden="true" />
      Choose runs
    </Button>
  );
}
