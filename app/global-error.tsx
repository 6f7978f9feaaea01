"use client";

import { OutsidePage } from "@/components/shell/outside-page";
import { Button } from "@/components/ui/button";
import "./globals.css";

interface GlobalErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

/** Stands in for the root layout when that fails, so it brings its own document; fonts fall back to the system's. */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <title>Strata</title>
        <OutsidePage title="Strata could not be drawn" actions={<Button onClick={retry}>Try again</Button>}>
          <p>The failure is in the server's log. Nothing was changed by it.</p>
          {error.digest && <p className="mono text-text-3">error {error.digest}</p>}
        </OutsidePage>
      </body>
    </html>
  );
}
