"use client";

import Link from "next/link";
import { useShell } from "@/components/shell/shell-context";
import { Button } from "@/components/ui/button";

export function BackToLogs() {
  const { workspace } = useShell();
  if (!workspace) return null;
  return (
    <Button asChild>
      <Link href={`/w/${workspace.slug}/logs`}>All episodes</Link>
    </Button>
  );
}
