"use client";

import type { ReactNode } from "react";
import { FailedState } from "@/components/ui/failed-state";
import { type Crumb, Page } from "./page";

interface FailedPageProps {
  breadcrumb: readonly Crumb[];
  rail?: boolean;
  /** "Runs cannot be read". */
  title: string;
  children?: ReactNode;
  error: Error & { digest?: string };
  onRetry: () => void;
}

/** What an `error.tsx` of a workspace draws: the shell stays, the page says what could not be read. */
export function FailedPage({ breadcrumb, rail, title, children, error, onRetry }: FailedPageProps) {
  return (
    <Page breadcrumb={breadcrumb} rail={rail}>
      <FailedState title={title} requestId={error.digest} onRetry={onRetry}>
        {children}
      </FailedState>
    </Page>
  );
}
