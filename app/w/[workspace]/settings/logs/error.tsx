"use client";

import { FailedPage } from "@/components/shell/failed-page";

interface LogSettingsErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function LogSettingsError({ error, retry }: LogSettingsErrorProps) {
  return (
    <FailedPage
      breadcrumb={[{ label: "Settings" }, { label: "Log settings" }]}
      title="The log settings cannot be read"
      error={error}
      onRetry={retry}
    >
      The database did not answer. While it does not, no log entry is stored unmasked: uploads are refused.
    </FailedPage>
  );
}
