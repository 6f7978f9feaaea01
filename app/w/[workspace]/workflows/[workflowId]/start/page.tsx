import { randomUUID } from "node:crypto";
import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { StartForm } from "@/components/workflows/start/start-form";
import { requireWorkspace } from "@/lib/auth/access";
import { getInputOptions, resolveChoices, searchInputs } from "@/lib/datasets/queries";
import { inputKeys } from "@/lib/datasets/query-options";
import { choiceOf } from "@/lib/datasets/schema";
import { queryClient } from "@/lib/query/client";
import { checkGraph } from "@/lib/workflows/check-graph";
import { needsAssets } from "@/lib/workflows/check-start";
import { getVersionGraph, getWorkflowWithFigures, listVersions } from "@/lib/workflows/queries";
import { loadStartParams } from "@/lib/workflows/search-params";
import { choicesOfRun, tasksByExecutor } from "@/lib/workflows/start-page";

export const metadata: Metadata = { title: "Start run" };

export default async function StartRunPage({
  params,
  searchParams,
}: PageProps<"/w/[workspace]/workflows/[workflowId]/start">) {
  const { workspace, workflowId } = await params;
  const scope = await requireWorkspace(workspace, "runs:write");
  const [workflow, versions, asked] = await Promise.all([
    getWorkflowWithFigures(scope, workflowId),
    listVersions(scope, workflowId),
    loadStartParams(searchParams),
  ]);
  if (!workflow) notFound();
  const { publishedVersionNumber: published, latestVersionNumber: latest } = workflow;
  const version = asked.version ?? published ?? latest;
  const named = [
    ...asked.dataset.map((text) => choiceOf("dataset", text)),
    ...asked.asset.map((text) => choiceOf("asset", text)),
  ].slice(0, 100);
  const [graph, before] = await Promise.all([
    getVersionGraph(scope, workflowId, version),
    asked.from === null ? null : choicesOfRun(scope, asked.from),
  ]);
  const initial = named.length > 0 ? named : (before ?? []);
  const client = queryClient();
  const [known, options, resolved] = await Promise.all([
    getInputOptions(scope, initial),
    searchInputs(scope, ""),
    resolveChoices(scope, initial),
  ]);
  client.setQueryData(inputKeys.search(workspace, ""), options);
  client.setQueryData(inputKeys.resolved(workspace, initial), resolved);
  const refusal =
    workflow.status === "archived"
      ? "This workflow is archived. Restore it to run it again."
      : graph
        ? null
        : `There is no version ${version} of this workflow.`;
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Page
        breadcrumb={[
          { label: "Workflows", href: `/w/${workspace}/workflows` },
          { label: workflow.name, href: `/w/${workspace}/workflows/${encodeURIComponent(workflowId)}` },
          { label: "Start run" },
        ]}
      >
        {graph && !refusal ? (
          <StartForm
            workspace={workspace}
            workflowId={workflowId}
            version={version}
            versions={versions.map(({ versionNumber }) => ({
              value: String(versionNumber),
              label: `Version ${versionNumber}${versionNumber === published ? ", published" : ""}`,
            }))}
            initial={initial}
            known={known}
            needsAssets={needsAssets(graph.nodes)}
            tasks={graph.nodes.length}
            executors={tasksByExecutor(graph.nodes)}
            typicalMs={workflow.figures.durationP50Ms}
            problems={checkGraph(graph.nodes).map(({ message, remedy }) => ({ message, remedy }))}
            retryOfRunId={before ? asked.from : null}
            idempotencyKey={randomUUID()}
          />
        ) : (
          <EmptyState title="No run can be started here">
            <p>{refusal}</p>
          </EmptyState>
        )}
      </Page>
    </HydrationBoundary>
  );
}
