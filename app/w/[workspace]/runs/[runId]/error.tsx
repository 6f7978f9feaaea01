"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Page } from "@/components/shell/page";
import { FailedState } from "@/components/ui/failed-state";

interface RunErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function RunError({ error, reset }: RunErrorProps) {
  const router = useRouter();
  const [retrying, startRetry] = useTransition();
  const retry = () =>
    startRetry(() => {
      // The data is read on the server: only a refresh asks for it again.
      router.refresh();
      reset();
    });
  return (
    <Page rail breadcrumb={[{ label: "Runs" }, { label: "Run" }]}>
      <FailedState
        title="The run cannot be read"
        requestId={error.digest}
        onRetry={retry}
        retrying={retrying}
      >
        <p>The store did not answer. The run itself goes on, and nothing of it is lost.</p>
      </FailedState>
    </Page>
  );
}
