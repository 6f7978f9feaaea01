"use client";

import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useSyncExternalStore } from "react";
import { PageKeys } from "@/components/shell/page-keys";
import { Button } from "@/components/ui/button";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { formatPlural } from "@/lib/format";
import type { CustomNodeView } from "@/lib/workflows/custom-nodes";
import { workflowPageParams } from "@/lib/workflows/search-params";
import type { VersionView } from "@/lib/workflows/version-view";
import { ChangeList } from "../diff/change-list";
import { NodeDetails } from "./node-details";
import { NodeList } from "./node-list";
import { useVersion, VersionProvider } from "./workflow-context";

/** Drawn in the browser alone: it needs the size of its pane. */
const VersionGraph = dynamic(() => import("../graph/version-graph").then((module) => module.VersionGraph), {
  ssr: false,
  loading: () => <p className="p-4 text-text-3">Drawing the graph</p>,
});

const keys = {
  title: "Workflow",
  keys: [
    ["f", "Fit the graph"],
    ["← → ↑ ↓", "Follow the edges"],
    ["+ −", "Zoom the graph"],
    ["n", "Next change of a comparison"],
    ["p", "Previous change"],
  ],
} as const;

interface VersionPanesProps {
  view: VersionView;
  shown: number;
  against: number | null;
  customNodes: readonly CustomNodeView[];
}

export function VersionPanes({ view, ...props }: VersionPanesProps) {
  return (
    <VersionProvider view={view}>
      <Panes {...props} />
      <PageKeys group={keys} />
    </VersionProvider>
  );
}

function Panes({ shown, against, customNodes }: Omit<VersionPanesProps, "view">) {
  const { view, selected } = useVersion();
  const [{ show }, setShow] = useQueryStates({ show: workflowPageParams.show });
  const [, setAgainst] = useQueryStates({ against: workflowPageParams.against }, { shallow: false });
  const wide = useWide();
  const beside = view.diff !== null || selected !== null;
  return (
    <div className="flex min-h-0 min-w-0 grow max-md:flex-col">
      <div className="flex min-h-0 min-w-0 grow flex-col">
        <div className="flex h-9 shrink-0 items-center gap-3 border-line border-b px-4">
          <p className="min-w-0 truncate text-text-2">
            {against === null ? (
              <>
                Version {shown} <span className="text-text-3">{formatPlural(view.nodes.length, "node")}</span>
              </>
            ) : (
              <>
                Version {shown} against version {against}
              </>
            )}
          </p>
          {against !== null && (
            <Button variant="ghost" size="sm" onClick={() => void setAgainst({ against: null })}>
              End comparison
            </Button>
          )}
          <ToggleGroup
            label="Show as"
            value={show}
            options={[
              { value: "graph", label: "Graph" },
              { value: "list", label: "List" },
            ]}
            onValueChange={(next) => void setShow({ show: next })}
            className="ml-auto max-md:hidden"
          />
        </div>
        {show === "list" || wide === false ? (
          <NodeList />
        ) : (
          <div className="relative min-h-0 grow">{wide && <VersionGraph />}</div>
        )}
      </div>
      {beside && (
        <div className="w-90 shrink-0 overflow-auto border-line border-l max-md:order-first max-md:max-h-[50dvh] max-md:w-full max-md:border-b max-md:border-l-0">
          {view.diff && against !== null && <ChangeList diff={view.diff} from={against} to={shown} />}
          <NodeDetails customNodes={customNodes} />
        </div>
      )}
    </div>
  );
}

const wideScreen = "(width >= 720px)";

/** Under this width there is no drawing; null before the browser has said. */
function useWide(): boolean | null {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(wideScreen);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => window.matchMedia(wideScreen).matches,
    () => null,
  );
}
