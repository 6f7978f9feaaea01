"use client";

import { Download } from "lucide-react";
import { type ReactNode, useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import type { ActionState } from "@/lib/auth/action-state";
import {
  archiveWorkflowAction,
  duplicateWorkflowAction,
  renameWorkflowAction,
  restoreWorkflowAction,
} from "@/lib/workflows/actions";
import type { WorkflowRow } from "@/lib/workflows/schema";

interface SettingsPartProps {
  workspace: string;
  workflow: WorkflowRow;
  version: number;
  exportHref: string;
  canWrite: boolean;
}

export function SettingsPart({ workspace, workflow, version, exportHref, canWrite }: SettingsPartProps) {
  const { id, name, status } = workflow;
  const archived = status === "archived";
  return (
    <div className="flex max-w-160 flex-col gap-5 px-4 py-2">
      {canWrite && !archived && (
        <Panel title="Name">
          <SmallForm
            workspace={workspace}
            action={renameWorkflowAction}
            hidden={{ workflowId: id }}
            submit="Rename"
            pending="Renaming"
            field={{
              name: "name",
              label: "Name",
              value: name,
              hint: "Its address stays the same: links go on working.",
            }}
          />
        </Panel>
      )}
      <Panel title="File">
        <div className="flex flex-wrap items-center gap-3 py-2">
          <p className="min-w-0 grow text-text-2">
            Version {version} as JSON. A new workflow can begin with it, here or elsewhere.
          </p>
          <Button asChild>
            <a href={exportHref} download>
              <Download size={14} aria-hidden="true" />
              Export version {version}
            </a>
          </Button>
        </div>
      </Panel>
      {canWrite && (
        <Panel title="Duplicate">
          <SmallForm
            workspace={workspace}
            action={duplicateWorkflowAction}
            hidden={{ workflowId: id, versionNumber: String(version) }}
            submit="Duplicate"
            pending="Duplicating"
            field={{
              name: "name",
              label: "Name of the new workflow",
              value: `${name} copy`,
              hint: `A draft that begins with version ${version}.`,
            }}
          />
        </Panel>
      )}
      {canWrite && (
        <Panel title={archived ? "Restore" : "Archive"}>
          <SmallForm
            workspace={workspace}
            action={archived ? restoreWorkflowAction : archiveWorkflowAction}
            hidden={{ workflowId: id }}
            submit={archived ? "Restore workflow" : "Archive workflow"}
            pending={archived ? "Restoring" : "Archiving"}
            danger={!archived}
          >
            {archived
              ? "It comes back into the lists, and can be run and changed again."
              : "It leaves the lists and no new run of it starts. What runs goes on; its versions and runs stay readable."}
          </SmallForm>
        </Panel>
      )}
    </div>
  );
}

interface SmallFormProps {
  workspace: string;
  action: (workspace: string, previous: ActionState | null, form: FormData) => Promise<ActionState>;
  hidden: Readonly<Record<string, string>>;
  submit: string;
  pending: string;
  danger?: boolean;
  field?: { name: string; label: string; value: string; hint: string };
  children?: ReactNode;
}

/** One act with at most one field: what was typed stays, what came of it stands beneath. */
function SmallForm({
  workspace,
  action,
  hidden,
  submit,
  pending: doing,
  danger,
  field,
  children,
}: SmallFormProps) {
  const [state, act, pending] = useActionState(action.bind(null, workspace), null);
  const failure = state?.ok === false ? state : null;
  return (
    <form action={act} noValidate className="flex flex-col gap-2 py-2">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="flex items-end gap-2 max-md:flex-col max-md:items-stretch">
        <div className="min-w-0 grow">
          {field && (
            <Field
              name={field.name}
              label={field.label}
              hint={field.hint}
              defaultValue={failure?.values?.[field.name] ?? field.value}
              error={failure?.fields?.[field.name]}
              maxLength={120}
              autoComplete="off"
            />
          )}
          {children && <p className="text-text-2">{children}</p>}
        </div>
        <Button
          type="submit"
          variant={danger ? "danger" : "default"}
          disabled={pending}
          className={field && "mb-6 max-md:mb-0"}
        >
          {pending ? doing : submit}
        </Button>
      </div>
      <p role="status" className="text-12 empty:hidden">
        {state?.ok && <span className="text-ok-text">{state.message}</span>}
        {failure && !failure.fields && <span className="text-fail-text">{failure.message}</span>}
      </p>
    </form>
  );
}
