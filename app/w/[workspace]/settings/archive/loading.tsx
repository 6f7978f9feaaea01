import { PolicySkeleton } from "@/components/archive/policy/policy-skeleton";
import { Page } from "@/components/shell/page";

export default function ArchivePolicyLoading() {
  return (
    <Page breadcrumb={[{ label: "Settings" }, { label: "Archive policy" }]}>
      <PolicySkeleton />
    </Page>
  );
}
