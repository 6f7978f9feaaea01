"use client";

import { FailedPage } from "@/components/shell/failed-page";

interface WorkspaceErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function WorkspaceError({ error, retry }: WorkspaceErrorProps) {
  return (
    <FailedPage
      breadcrumb={[{ label: "Home" }]}
      title="This page cannot be read"
      error={error}
      onRetry={retry}
    >
      Reading it failed on the server. Runs, logs and archive are as they were; nothing was lost.
    </FailedPage>
  );
}
