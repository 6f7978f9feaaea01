import { ExplorerSkeleton } from "@/components/logs/explorer/explorer-skeleton";
import { Page } from "@/components/shell/page";

export default function EpisodeLoading() {
  return (
    <Page rail breadcrumb={[{ label: "Logs" }]} className="flex flex-col md:overflow-hidden">
      <ExplorerSkeleton />
    </Page>
  );
}
