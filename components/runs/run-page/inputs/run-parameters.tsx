"use client";

import { configFacts } from "@/lib/runs/task-config";
import { useRunPage } from "../run-page-context";
import { Heading } from "./run-inputs";

/** What else was given or noted when the run was made: the version, who asked, and what its source said about it. */
export function RunParameters() {
  const { run } = useRunPage();
  const facts = [
    { name: "Workflow", value: `${run.workflowName}, version ${run.versionNumber}` },
    { name: "Made by", value: run.triggeredBy },
    ...(run.projectName ? [{ name: "Project", value: run.projectName }] : []),
    ...configFacts(run.summary),
  ];
  return (
    <>
      <Heading title="Parameters" />
      <dl className="grid grid-cols-[140px_minmax(0,1fr)] gap-y-1 px-4 pt-2 [&_dt]:text-text-3">
        {facts.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt>{name}</dt>
            <dd className="[overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
