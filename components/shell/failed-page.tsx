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

/**
 * What an `error.tsx` of a workspace draws: the shell stays, the page says what could not be read. An error of the server has a
 * digest; one without was thrown while the browser drew the page, and no store is to blame.
 */
export function FailedPage({ breadcrumb, rail, title, children, error, onRetry }: FailedPageProps) {
  return (
    <Page breadcrumb={breadcrumb} rail={rail}>
      {error.digest === undefined ? (
        <FailedState title="This page could not be drawn" onRetry={onRetry}>
          It stumbled over an error of its own in this browser. What is stored is as it was.
        </FailedState>
      ) : (
        <FailedState title={title} requestId={error.digest} onRetry={onRetry}>
          {children}
        </FailedState>
      )}
    </Page>
  );
}
