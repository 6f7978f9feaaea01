"use client";

import { FailedPage } from "@/components/shell/failed-page";

interface WorkflowsErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function WorkflowsError({ error, retry }: WorkflowsErrorProps) {
  return (
    <FailedPage
      breadcrumb={[{ label: "Workflows" }]}
      title="Workflows cannot be read"
      error={error}
      onRetry={retry}
    >
      Reading them failed on the server. Runs go on without this page; nothing was lost.
    </FailedPage>
  );
}
