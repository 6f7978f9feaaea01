import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { RunCompare } from "@/components/runs/compare/run-compare";
import { Page } from "@/components/shell/page";
import { IdText } from "@/components/ui/id-text";
import { requireWorkspace } from "@/lib/auth/access";
import { queryClient } from "@/lib/query/client";
import { compareRuns, findChoice, listRunChoices } from "@/lib/runs/compare/queries";
import { runChoicesOptions, runComparisonOptions } from "@/lib/runs/compare/query-options";
import { loadRunCompareParams } from "@/lib/runs/compare/search-params";

export const metadata: Metadata = { title: "Compare runs" };

interface RunComparePageProps {
  params: Promise<{ workspace: string; runId: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function RunComparePage({ params, searchParams }: RunComparePageProps) {
  const { workspace, runId } = await params;
  const scope = await requireWorkspace(workspace, "runs:read");
  const [run, choices] = await Promise.all([findChoice(scope, runId), listRunChoices(scope, runId)]);
  if (!run || !choices) notFound();
  const other = (await loadRunCompareParams(searchParams)).with ?? choices.suggested;
  const client = queryClient();
  client.setQueryData(runChoicesOptions(workspace, runId).queryKey, choices);
  const comparison = other === null ? null : await compareRuns(scope, runId, other);
  if (other !== null && comparison) {
    client.setQueryData(runComparisonOptions(workspace, runId, other).queryKey, comparison);
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Page
        rail
        breadcrumb={[
          { label: "Runs", href: `/w/${workspace}/runs` },
          {
            label: run.workflowName,
            href: `/w/${workspace}/runs?workflow=${encodeURIComponent(run.workflowId)}`,
          },
          {
            label: <IdText id={run.id} name="run id" copy={false} />,
            href: `/w/${workspace}/runs/${run.id}`,
          },
          { label: "Compare" },
        ]}
        className="flex flex-col max-md:h-[calc(100dvh-48px)] max-md:grow-0 md:overflow-hidden"
      >
        <RunCompare workspace={workspace} run={run} />
      </Page>
    </HydrationBoundary>
  );
}
