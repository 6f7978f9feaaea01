import { ArchiveSkeleton } from "@/components/archive/archive-skeleton";
import { Page } from "@/components/shell/page";

export default function ArchiveLoading() {
  return (
    <Page breadcrumb={[{ label: "Archive" }]}>
      <ArchiveSkeleton />
    </Page>
  );
}
