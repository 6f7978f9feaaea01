"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { IdText } from "@/components/ui/id-text";
import { formatPlural } from "@/lib/format";
import type { CustomNodeView } from "@/lib/workflows/custom-nodes";
import { executorKind, nodeKind } from "@/lib/workflows/executor-catalogue";
import type { ViewNode } from "@/lib/workflows/version-view";
import { CustomNodePart } from "./custom-node-part";
import { useVersion } from "./workflow-context";

/** All that a version says of one node. */
export function NodeDetails({ customNodes }: { customNodes: readonly CustomNodeView[] }) {
  const { selected, adjacency, select } = useVersion();
  if (!selected) return null;
  const custom = customNodes.find(({ definitionId }) => definitionId === selected.nodeDefinitionId);
  return (
    <section aria-label={`Node ${selected.name}`} className="flex flex-col gap-4 px-4 py-3">
      <div className="flex items-start gap-2">
        <h2 className="mono min-w-0 grow text-15 font-semibold [overflow-wrap:anywhere]">{selected.name}</h2>
        <Button
          variant="ghost"
          size="icon"
          aria-label="Close the details"
          onClick={() => select(null)}
          className="-mt-0.5 -mr-1"
        >
          <X size={14} aria-hidden="true" />
        </Button>
      </div>
      {selected.note && <p className="border-line-strong border-l-2 pl-2 text-text-2">{selected.note}</p>}
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-y-1 text-12 [&_dt]:text-text-3">
        <Fact name="Executor">
          {selected.executorType}
          <Words of={executorKind(selected.executorType)?.words ?? "not served by this console"} />
        </Fact>
        <Fact name="Node type">
          {selected.nodeType}
          <Words of={nodeKind(selected.executorType, selected.nodeType)?.words} />
        </Fact>
        <Fact name="Definition">{selected.nodeDefinitionId}</Fact>
        {selected.artifactType && (
          <Fact name="Artifact">
            {selected.artifactTitle ?? selected.artifactType}
            {selected.artifactTitle && <Words of={selected.artifactType} />}
          </Fact>
        )}
        {selected.priority !== undefined && selected.priority !== 0 && (
          <Fact name="Priority">{selected.priority}</Fact>
        )}
        <Fact name="Node id">
          <IdText id={selected.id} name="node id" head={24} tail={8} />
        </Fact>
      </dl>
      <Relations title="Waits for" ids={selected.upstreamNodeIds} none="Nothing: it begins the run." />
      <Relations title="Then" ids={adjacency.down.get(selected.id) ?? []} none="Nothing waits for it." />
      <Settings title="Settings" value={selected.executorConfig} none="None: the executor's own defaults." />
      {selected.codeHookSpec && <Settings title="Code hook" value={selected.codeHookSpec} none="" />}
      {custom && <CustomNodePart node={custom} />}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

const Words = ({ of }: { of: string | undefined }) => of && <span className="block text-text-3">{of}</span>;

const mostShown = 12;

function Relations({ title, ids, none }: { title: string; ids: readonly string[]; none: string }) {
  const { byId, select } = useVersion();
  const name = (id: string) => byId.get(id)?.name ?? id;
  return (
    <div>
      <h3 className="font-semibold">
        {title}{" "}
        {ids.length > 0 && (
          <span className="font-normal text-text-3">{formatPlural(ids.length, "node")}</span>
        )}
      </h3>
      {ids.length === 0 ? (
        <p className="text-12 text-text-3">{none}</p>
      ) : (
        <ul className="mt-1 flex flex-wrap gap-1">
          {ids.slice(0, mostShown).map((id) => (
            <li key={id} className="min-w-0">
              <button
                type="button"
                onClick={() => select(id)}
                className="mono h-6 max-w-full truncate rounded-1 border border-line px-1.5 text-11 hover:bg-hover"
              >
                {name(id)}
              </button>
            </li>
          ))}
          {ids.length > mostShown && (
            <li className="self-center text-12 text-text-3">and {ids.length - mostShown} more</li>
          )}
        </ul>
      )}
    </div>
  );
}

function Settings({
  title,
  value,
  none,
}: {
  title: string;
  value: ViewNode["executorConfig"];
  none: string;
}) {
  const text = value && Object.keys(value).length > 0 ? JSON.stringify(value, null, 2) : null;
  return (
    <div className="min-w-0">
      <h3 className="font-semibold">{title}</h3>
      {text === null ? (
        <p className="text-12 text-text-3">{none}</p>
      ) : (
        <div className="relative mt-1 rounded-1 bg-hover">
          <pre className="mono max-h-72 overflow-auto whitespace-pre-wrap py-1.5 pr-8 pl-2 text-12 leading-4.5 [overflow-wrap:anywhere]">
            {text}
          </pre>
          <CopyButton
            text={text}
            label={`Copy ${title.toLowerCase()}`}
            className="absolute top-1 right-1 bg-hover"
          />
        </div>
      )}
    </div>
  );
}
