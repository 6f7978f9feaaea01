"use client";

import { FailedPage } from "@/components/shell/failed-page";

interface LogsErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function LogsError({ error, retry }: LogsErrorProps) {
  return (
    <FailedPage breadcrumb={[{ label: "Logs" }]} title="Logs cannot be read" error={error} onRetry={retry}>
      The store did not answer. Writers go on, and what is stored stays as it is; nothing was lost.
    </FailedPage>
  );
}
