"use client";

import { FailedPage } from "@/components/shell/failed-page";

interface RunsErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function RunsError({ error, retry }: RunsErrorProps) {
  return (
    <FailedPage breadcrumb={[{ label: "Runs" }]} title="Runs cannot be read" error={error} onRetry={retry}>
      Reading them failed on the server. Runs go on without this page; nothing was lost.
    </FailedPage>
  );
}
