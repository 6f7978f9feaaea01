"use client";

import { OutsidePage } from "@/components/shell/outside-page";
import { Button } from "@/components/ui/button";

interface ErrorPageProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <OutsidePage title="This page could not be drawn" actions={<Button onClick={retry}>Try again</Button>}>
      <p>The failure is in the server's log. Nothing was changed by it.</p>
      {error.digest && <p className="mono text-text-3">error {error.digest}</p>}
    </OutsidePage>
  );
}
