"use client";

import type { FilterChoices } from "@/lib/runs/list/choices";
import type { RunParams } from "../use-run-params";
import { DurationMenu } from "./duration-menu";
import type { FilterKind } from "./filter-kinds";
import { OptionMenu } from "./option-menu";
import { StatusMenu } from "./status-menu";
import { TimeMenu } from "./time-menu";

interface FilterMenuProps {
  kind: FilterKind;
  params: RunParams["params"];
  choices: FilterChoices;
  /** Sets a filter; the menu closes where one choice is all there is. */
  onSet: (patch: Parameters<RunParams["set"]>[0], close: boolean) => void;
}

/** What a chip opens. */
export function FilterMenu({ kind, params, choices, onSet }: FilterMenuProps) {
  switch (kind) {
    case "status":
      return <StatusMenu chosen={params.status} onChange={(status) => onSet({ status }, false)} />;
    case "workflow":
      return (
        <OptionMenu
          find="Find a workflow"
          options={choices.workflows.map(({ id, name }) => ({ value: id, label: name }))}
          value={params.workflow}
          onPick={(workflow) => onSet({ workflow, version: null }, true)}
          nothing="There is no workflow yet."
        />
      );
    case "version":
      return (
        <OptionMenu
          find="Find a version"
          options={versionsOf(choices, params.workflow)}
          value={params.version === null ? null : String(params.version)}
          onPick={(version) => onSet({ version: Number(version) }, true)}
          nothing="Choose a workflow first: a version is one of its versions."
        />
      );
    case "project":
      return (
        <OptionMenu
          find="Find a project"
          options={choices.projects.map(({ id, name }) => ({ value: id, label: name }))}
          value={params.project}
          onPick={(project) => onSet({ project }, true)}
          nothing="There is no project yet."
        />
      );
    case "started":
      return <TimeMenu since={params.since} until={params.until} onChange={(range) => onSet(range, true)} />;
    case "duration":
      return (
        <DurationMenu
          longer={params.longer}
          shorter={params.shorter}
          onChange={(range) => onSet(range, true)}
        />
      );
    case "input":
      return (
        <OptionMenu
          find="Id of a dataset or an asset"
          options={choices.inputs.map(({ id, kind: note }) => ({ value: id, label: id, note }))}
          value={params.input}
          onPick={(input) => onSet({ input }, true)}
          nothing="The newest runs have no inputs. Type an id."
          free
        />
      );
    case "by":
      return (
        <OptionMenu
          find="Who or what triggered it"
          options={choices.triggers.map((by) => ({ value: by, label: by }))}
          value={params.by}
          onPick={(by) => onSet({ by }, true)}
          nothing="There is no run yet."
          free
        />
      );
  }
}

function versionsOf({ workflows }: FilterChoices, workflowId: string | null) {
  const versions = workflows.find(({ id }) => id === workflowId)?.versions ?? 0;
  return Array.from({ length: versions }, (_, index) => {
    const version = String(versions - index);
    return { value: version, label: `v${version}`, note: index === 0 ? "latest" : undefined };
  });
}
