import Link from "next/link";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function WorkspaceNotFound() {
  return (
    <Page breadcrumb={[{ label: "Not found" }]}>
      <EmptyState
        title="There is nothing at this address"
        actions={
          <Button asChild>
            <Link href="/">Back to your workspace</Link>
          </Button>
        }
      >
        <p>What was here may have been deleted, or the link belongs to another workspace.</p>
      </EmptyState>
    </Page>
  );
}
