"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { verifyNowAction } from "@/lib/archive/actions";

/** Reads every chunk of the episode again. It changes nothing but what is known, so it asks for no confirmation. */
export function VerifyNow({ workspace, episodeId }: { workspace: string; episodeId: string }) {
  const [state, act, pending] = useActionState(verifyNowAction.bind(null, workspace), null);
  return (
    <form action={act} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="episodeId" value={episodeId} />
      <span
        role="status"
        className={cn("empty:hidden [overflow-wrap:anywhere]", state && !state.ok && "text-fail-text")}
      >
        {!pending && state?.message}
      </span>
      <Button type="submit" size="sm" disabled={pending}>
        {pending ? "Reading" : "Verify now"}
      </Button>
    </form>
  );
}
