import { AuditSkeleton } from "@/components/audit/audit-skeleton";
import { Page } from "@/components/shell/page";

export default function AuditLoading() {
  return (
    <Page breadcrumb={[{ label: "Audit" }]} className="px-6 max-md:px-4">
      <AuditSkeleton />
    </Page>
  );
}
