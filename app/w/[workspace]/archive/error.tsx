"use client";

import { FailedPage } from "@/components/shell/failed-page";

interface ArchiveErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function ArchiveError({ error, retry }: ArchiveErrorProps) {
  return (
    <FailedPage
      breadcrumb={[{ label: "Archive" }]}
      title="The archive cannot be read"
      error={error}
      onRetry={retry}
    >
      The store did not answer. What is archived stays where it is, and no row is deleted meanwhile.
    </FailedPage>
  );
}
