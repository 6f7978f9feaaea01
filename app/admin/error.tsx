"use client";

import { FailedPage } from "@/components/shell/failed-page";

interface AdminErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function AdminError({ error, retry }: AdminErrorProps) {
  return (
    <FailedPage
      breadcrumb={[{ label: "Platform" }]}
      title="The platform cannot be read"
      error={error}
      onRetry={retry}
    >
      A store did not answer. Nothing is changed by looking.
    </FailedPage>
  );
}
