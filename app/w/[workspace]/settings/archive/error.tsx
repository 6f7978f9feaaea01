"use client";

import { FailedPage } from "@/components/shell/failed-page";

interface ArchivePolicyErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function ArchivePolicyError({ error, retry }: ArchivePolicyErrorProps) {
  return (
    <FailedPage
      breadcrumb={[{ label: "Settings" }, { label: "Archive policy" }]}
      title="The archive policy cannot be read"
      error={error}
      onRetry={retry}
    >
      A store did not answer. While the policy cannot be read, nothing is deleted by it.
    </FailedPage>
  );
}
