import { BackToLogs } from "@/components/logs/episodes/back-to-logs";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";

export default function EpisodeNotFound() {
  return (
    <Page rail breadcrumb={[{ label: "Logs" }, { label: "No such episode" }]}>
      <EmptyState title="There is no such episode in this workspace" actions={<BackToLogs />}>
        <p>The link may be cut off, or the episode belongs to another workspace.</p>
      </EmptyState>
    </Page>
  );
}
