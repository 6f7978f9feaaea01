"use client";

import { FailedPage } from "@/components/shell/failed-page";

interface RunErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function RunError({ error, retry }: RunErrorProps) {
  return (
    <FailedPage
      rail
      breadcrumb={[{ label: "Runs" }, { label: "Run" }]}
      title="The run cannot be read"
      error={error}
      onRetry={retry}
    >
      Reading it failed on the server. The run goes on without this page; nothing was lost.
    </FailedPage>
  );
}
