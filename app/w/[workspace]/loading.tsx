import { HomeGrid } from "@/components/home/home-grid";
import { ChartSkeleton, HealthSkeleton, ListSkeleton } from "@/components/home/home-skeleton";
import { homeWindow } from "@/components/home/home-window";
import { LeadSkeleton } from "@/components/home/lead";
import { Page } from "@/components/shell/page";

export default function HomeLoading() {
  return (
    <Page breadcrumb={[{ label: "Home" }]} ownHeading>
      <HomeGrid
        lead={<LeadSkeleton />}
        left={
          <>
            <ListSkeleton title="Needs attention" rows={3} />
            <ListSkeleton title="Running now" rows={3} />
            <ListSkeleton title="Recent runs" rows={10} />
          </>
        }
        right={
          <>
            <ChartSkeleton title={homeWindow["24h"].chartTitle} />
            <HealthSkeleton />
          </>
        }
      />
    </Page>
  );
}
