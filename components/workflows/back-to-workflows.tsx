"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { Button } from "@/components/ui/button";

/** A not-found page is given no parameters, so the workspace is taken from the address. */
export function BackToWorkflows() {
  const { workspace } = useParams<{ workspace: string }>();
  return (
    <Button asChild>
      <Link href={`/w/${workspace}/workflows`}>All workflows</Link>
    </Button>
  );
}
