"use client";

import { FailedPage } from "@/components/shell/failed-page";

interface WorkflowErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function WorkflowError({ error, retry }: WorkflowErrorProps) {
  return (
    <FailedPage
      breadcrumb={[{ label: "Workflows" }, { label: "Workflow" }]}
      title="The workflow cannot be read"
      error={error}
      onRetry={retry}
    >
      Reading it failed on the server. Its runs go on without this page; nothing was lost.
    </FailedPage>
  );
}
