import { EpisodeListSkeleton, EpisodeSearchSkeleton } from "@/components/logs/episodes/episode-list-skeleton";
import { Page } from "@/components/shell/page";

export default function LogsLoading() {
  return (
    <Page breadcrumb={[{ label: "Logs" }]}>
      <EpisodeSearchSkeleton />
      <EpisodeListSkeleton />
    </Page>
  );
}
