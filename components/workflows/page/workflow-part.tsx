import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { WorkspaceScope } from "@/lib/auth/access";
import { listRuns } from "@/lib/runs/queries";
import { needsAssets } from "@/lib/workflows/check-start";
import { listCustomNodes } from "@/lib/workflows/custom-nodes";
import { listPastInputs } from "@/lib/workflows/past-inputs";
import { getVersionGraph } from "@/lib/workflows/queries";
import type { VersionRow, WorkflowRow } from "@/lib/workflows/schema";
import type { WorkflowTab } from "@/lib/workflows/search-params";
import { versionView } from "@/lib/workflows/version-view";
import { InputsPart } from "./inputs-part";
import { RunsPart } from "./runs-part";
import { SettingsPart } from "./settings-part";
import { VersionPanes } from "./version-panes";
import { VersionRail } from "./version-rail";

interface WorkflowPartProps {
  scope: WorkspaceScope;
  workflow: WorkflowRow;
  versions: readonly VersionRow[];
  shown: number;
  chosen: { tab: WorkflowTab; against: number | null };
  startAddress: string | null;
  canWrite: boolean;
}

/** The part of the page that the tab names; only this one is read. */
export async function WorkflowPart(props: WorkflowPartProps) {
  const { scope, workflow, shown, startAddress, canWrite } = props;
  const workspace = scope.workspaceSlug;
  if (props.chosen.tab === "runs") {
    const { runs } = await listRuns(scope, { workflowId: workflow.id, size: 25 });
    return (
      <div className="min-h-0 grow overflow-auto">
        <RunsPart workspace={workspace} workflowId={workflow.id} runs={runs} startHref={startAddress} />
      </div>
    );
  }
  if (props.chosen.tab === "inputs") {
    const [graph, past] = await Promise.all([
      getVersionGraph(scope, workflow.id, shown),
      listPastInputs(scope, workflow.id),
    ]);
    const hungry = graph?.nodes.filter((node) => needsAssets([node])).map(({ name }) => name) ?? [];
    return (
      <div className="min-h-0 grow overflow-auto">
        <InputsPart startAddress={startAddress} version={shown} hungry={hungry} past={past} />
      </div>
    );
  }
  if (props.chosen.tab === "settings") {
    return (
      <div className="min-h-0 grow overflow-auto">
        <SettingsPart
          // What was typed belongs to the workflow as it is now.
          key={workflow.updatedAt}
          workspace={workspace}
          workflow={workflow}
          version={shown}
          exportHref={`/api/w/${workspace}/workflows/${encodeURIComponent(workflow.id)}/export?version=${shown}`}
          canWrite={canWrite}
        />
      </div>
    );
  }
  return <GraphPart {...props} />;
}

async function GraphPart({ scope, workflow, versions, shown, chosen }: WorkflowPartProps) {
  const address = `/w/${scope.workspaceSlug}/workflows/${encodeURIComponent(workflow.id)}`;
  const against = chosen.against === shown ? null : chosen.against;
  const [graph, other] = await Promise.all([
    getVersionGraph(scope, workflow.id, shown),
    against === null ? null : getVersionGraph(scope, workflow.id, against),
  ]);
  const custom =
    graph?.nodes.map((node) => node.nodeDefinitionId).filter((id) => id.startsWith("custom:")) ?? [];
  const customNodes =
    custom.length > 0 ? await listCustomNodes(scope, { definitionIds: [...new Set(custom)] }) : [];
  return (
    <div className="grid min-h-0 grow grid-cols-[224px_minmax(0,1fr)] max-md:flex max-md:flex-col">
      <VersionRail
        address={address}
        versions={versions}
        shown={shown}
        against={other ? against : null}
        published={workflow.publishedVersionNumber}
      />
      {graph ? (
        <VersionPanes
          view={versionView(graph, other)}
          shown={shown}
          against={other ? against : null}
          customNodes={customNodes}
        />
      ) : (
        <EmptyState
          title={`There is no version ${shown}`}
          actions={
            <Button asChild>
              <Link href={address}>Show the published version</Link>
            </Button>
          }
        >
          <p>The newest version of this workflow is {workflow.latestVersionNumber}.</p>
        </EmptyState>
      )}
    </div>
  );
}
