"use client";

import { FailedPage } from "@/components/shell/failed-page";

interface AuditErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function AuditError({ error, retry }: AuditErrorProps) {
  return (
    <FailedPage
      breadcrumb={[{ label: "Audit" }]}
      title="The audit trail cannot be read"
      error={error}
      onRetry={retry}
    >
      The database did not answer. No entry is lost: each is written with the act it tells of.
    </FailedPage>
  );
}
