"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { publishVersionAction } from "@/lib/workflows/actions";

interface PublishButtonProps {
  workspace: string;
  workflowId: string;
  versionNumber: number;
}

/** Publishing is undone by publishing another version, so it asks nothing. */
export function PublishButton({ workspace, workflowId, versionNumber }: PublishButtonProps) {
  const [state, publish, pending] = useActionState(publishVersionAction.bind(null, workspace), null);
  return (
    <form action={publish} className="flex items-center gap-2">
      <input type="hidden" name="workflowId" value={workflowId} />
      <input type="hidden" name="versionNumber" value={versionNumber} />
      <span role="status" className="max-w-100 truncate text-12 text-fail-text empty:hidden">
        {state?.ok === false && state.message}
      </span>
      <Button type="submit" disabled={pending}>
        {pending ? "Publishing" : `Publish version ${versionNumber}`}
      </Button>
    </form>
  );
}
