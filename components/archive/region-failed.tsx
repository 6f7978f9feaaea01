"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";

interface RegionFailedProps {
  title: string;
  requestId: string | null;
}

/** In the place of what could not be read. What is archived is not touched by a page that cannot show it. */
export function RegionFailed({ title, requestId }: RegionFailedProps) {
  const router = useRouter();
  const [trying, startTrying] = useTransition();
  return (
    <div role="alert" className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1 py-2">
      <StatusGlyph tone="fail" />
      <span className="font-medium text-fail-text">{title}.</span>
      <span className="text-text-2">The store did not answer; nothing was changed.</span>
      <Button size="sm" disabled={trying} onClick={() => startTrying(() => router.refresh())}>
        {trying ? "Trying again" : "Try again"}
      </Button>
      {requestId && <span className="mono text-text-3">request {requestId}</span>}
    </div>
  );
}
