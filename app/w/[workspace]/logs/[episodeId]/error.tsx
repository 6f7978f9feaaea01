"use client";

import { FailedPage } from "@/components/shell/failed-page";

interface EpisodeErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function EpisodeError({ error, retry }: EpisodeErrorProps) {
  return (
    <FailedPage
      rail
      breadcrumb={[{ label: "Logs" }]}
      title="This log cannot be read"
      error={error}
      onRetry={retry}
    >
      The store did not answer. Writers go on, and what is stored stays as it is; nothing was lost.
    </FailedPage>
  );
}
