import { LogSettingsSkeleton } from "@/components/log-settings/log-settings-skeleton";
import { Page } from "@/components/shell/page";

export default function LogSettingsLoading() {
  return (
    <Page breadcrumb={[{ label: "Settings" }, { label: "Log settings" }]}>
      <LogSettingsSkeleton />
    </Page>
  );
}
