import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RunActsProvider } from "@/components/runs/run-page/acts/acts-context";
import { RunActions } from "@/components/runs/run-page/run-actions";
import { RunAsOf } from "@/components/runs/run-page/run-as-of";
import { RunBoundary } from "@/components/runs/run-page/run-boundary";
import { RunPage } from "@/components/runs/run-page/run-page";
import { Page } from "@/components/shell/page";
import { IdText } from "@/components/ui/id-text";
import { requireWorkspace } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { queryClient } from "@/lib/query/client";
import { firstOfInterest } from "@/lib/runs/failure-order";
import { packRun } from "@/lib/runs/packed";
import { getRunGraph, getTask } from "@/lib/runs/queries";
import { runKeys } from "@/lib/runs/query-options";
import { loadRunPageParams } from "@/lib/runs/run-page-params";
import { getRunState } from "@/lib/runs/state";

export const metadata: Metadata = { title: "Run" };

export default async function RunRoute({ params, searchParams }: PageProps<"/w/[workspace]/runs/[runId]">) {
  const { workspace, runId } = await params;
  const scope = await requireWorkspace(workspace, "runs:read");
  const [state, graph, chosen] = await Promise.all([
    getRunState(scope, runId),
    getRunGraph(scope, runId),
    loadRunPageParams(searchParams),
  ]);
  if (!state || !graph) notFound();
  const { run, tasks } = state;

  const client = queryClient();
  // The page opens on one task: all of it comes with the page, the error text first of all.
  const opened = tasks.find((task) => task.id === chosen.task) ?? firstOfInterest(tasks);
  const detail = opened && (await getTask(scope, runId, opened.id));
  if (opened && detail) client.setQueryData(runKeys.task(workspace, runId, opened), detail);

  return (
    <RunBoundary
      workspace={workspace}
      runId={runId}
      packed={packRun(state, graph)}
      readAt={Date.parse(run.asOf)}
      state={dehydrate(client)}
    >
      <RunActsProvider mayWrite={can(scope, "runs:write")}>
        <Page
          rail
          ownHeading
          breadcrumb={[
            { label: "Runs", href: `/w/${workspace}/runs` },
            {
              label: run.workflowName,
              href: `/w/${workspace}/runs?workflow=${encodeURIComponent(run.workflowId)}`,
            },
            { label: <IdText id={run.id} name="run id" /> },
          ]}
          asOf={<RunAsOf workspace={workspace} runId={runId} />}
          actions={<RunActions workspace={workspace} runId={runId} />}
          className="flex flex-col md:overflow-hidden"
        >
          <RunPage workspace={workspace} runId={runId} />
        </Page>
      </RunActsProvider>
    </RunBoundary>
  );
}
