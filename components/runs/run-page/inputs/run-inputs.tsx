"use client";

import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { IdText } from "@/components/ui/id-text";
import { formatCount, formatPlural } from "@/lib/format";
import type { RunInputs as Inputs, RunInput } from "@/lib/runs/inputs-schema";
import { runInputsOptions } from "@/lib/runs/page-query-options";
import { PaneFailed } from "../pane-failed";
import { RowSkeleton } from "../row-skeleton";
import { useRunPage } from "../run-page-context";
import { InputAssets } from "./input-assets";
import { RunParameters } from "./run-parameters";

/** What the run was made with: chosen by a person, and what that came down to. It never changes. */
export function RunInputs() {
  const { workspace, run } = useRunPage();
  const inputs = useQuery(runInputsOptions(workspace, run.id));
  return (
    <div className="min-h-0 grow overflow-y-auto overscroll-contain pb-6">
      {inputs.isPending && <RowSkeleton rows={run.inputs.length + 1} label="Reading the inputs" />}
      {inputs.isError && !inputs.data && <PaneFailed title="The inputs cannot be read" query={inputs} />}
      {inputs.data && <Bindings inputs={inputs.data} />}
      <RunParameters />
    </div>
  );
}

function Bindings({ inputs: { inputs, assets, assetCount } }: { inputs: Inputs }) {
  if (inputs.length === 0 && assetCount === 0) {
    return (
      <EmptyState title="No inputs" className="px-4 py-6">
        <p>This run was made without an asset or a dataset.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <Heading title="Chosen" note={formatPlural(inputs.length, "input")} />
      <table className="w-full table-fixed">
        <thead>
          <tr className="h-7 border-line border-b text-left [&>th]:eyebrow">
            <th scope="col" className="w-28 pl-4">
              Kind
            </th>
            <th scope="col">Name</th>
            <th scope="col" className="w-20">
              Version
            </th>
            <th scope="col" className="w-20 pr-4 text-right!">
              Assets
            </th>
          </tr>
        </thead>
        <tbody>
          {inputs.map((input) => (
            <BindingRow key={`${input.kind} ${input.id}`} input={input} />
          ))}
        </tbody>
      </table>
      <Heading title="Comes down to" note={formatPlural(assetCount, "asset")} />
      <InputAssets assets={assets} />
      {assetCount > assets.length && (
        <p className="px-4 pt-2 text-text-3">
          The first {formatCount(assets.length)} of {formatCount(assetCount)} assets are listed.
        </p>
      )}
    </>
  );
}

function BindingRow({ input: { kind, id, name, versionTag, assetIds } }: { input: RunInput }) {
  return (
    <tr className="h-9 border-line border-b">
      <td className="pl-4 text-text-2">{kind}</td>
      <td className="pr-3">
        <span className="flex min-w-0 items-center gap-2">
          {name && <span className="min-w-0 truncate font-medium">{name}</span>}
          <IdText id={id} name={`${kind} id`} className="text-text-3" />
        </span>
      </td>
      <td className="truncate pr-3">
        {versionTag ? <span className="mono">{versionTag}</span> : <span className="text-text-3">none</span>}
      </td>
      <td className="pr-4 text-right">
        {assetIds.length > 0 ? formatCount(assetIds.length) : <span className="text-text-3">none</span>}
      </td>
    </tr>
  );
}

export function Heading({ title, note }: { title: string; note?: string }) {
  return (
    <div className="flex h-9 items-center gap-2 border-line border-b px-4">
      <h3 className="font-semibold">{title}</h3>
      {note && <span className="text-text-3">{note}</span>}
    </div>
  );
}
