"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { createWorkflowAction } from "@/lib/workflows/actions";
import type { GraphReading } from "@/lib/workflows/graph-text";
import { GraphEditor } from "./graph-editor";

interface NewWorkflowProps {
  workspace: string;
  projects: readonly { id: string; name: string }[];
  text: string;
  customNodes: readonly string[];
}

export function NewWorkflow({ workspace, projects, text, customNodes }: NewWorkflowProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [projectId, setProjectId] = useState(projects[0]?.id ?? "");
  return (
    <GraphEditor
      workspace={workspace}
      action={createWorkflowAction}
      text={text}
      customNodes={customNodes}
      hidden={{ projectId }}
      submit="Create workflow"
      pending="Creating"
      cancel={
        <Button asChild variant="ghost">
          <Link href={`/w/${workspace}/workflows`}>Leave it</Link>
        </Button>
      }
    >
      {({ failure, reading }) => (
        <>
          <Field
            name="name"
            label="Name"
            maxLength={120}
            autoComplete="off"
            placeholder="nightly-import"
            // A file that is loaded brings its name along, until somebody types another.
            value={typed ?? named(reading)}
            onChange={(event) => setTyped(event.target.value)}
            error={failure?.fields?.name}
          />
          <div className="flex flex-col gap-1">
            <span className="font-medium text-12 text-text-2">Project</span>
            <Select
              label="Project"
              value={projectId}
              options={projects.map(({ id, name }) => ({ value: id, label: name }))}
              onValueChange={setProjectId}
            />
            {failure?.fields?.projectId && (
              <p className="text-12 text-fail-text">{failure.fields.projectId}</p>
            )}
          </div>
        </>
      )}
    </GraphEditor>
  );
}

const named = (reading: GraphReading) => (reading.ok ? (reading.document.name ?? "") : "");
