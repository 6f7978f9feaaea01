"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ActDialog } from "@/components/archive/acts/act-dialog";
import { ActForm, Note } from "@/components/archive/acts/act-form";
import { FactSkeleton } from "@/components/archive/acts/fact-list";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { undoRetentionAction } from "@/lib/archive/actions";
import { retentionPreviewOptions } from "@/lib/archive/acts/query-options";
import type { ArchiveRights } from "@/lib/archive/acts/schema";
import type { Marked } from "@/lib/archive/retention/marked";
import type { RetentionState } from "@/lib/archive/retention/policy";
import { MarkedList } from "./marked-list";
import { retentionWords } from "./policy-words";
import { RetentionForm } from "./retention-form";
import { RetentionPreview } from "./retention-preview";

interface RetentionPanelProps {
  workspace: string;
  state: RetentionState;
  marked: Marked;
  rights: ArchiveRights;
}

/** How long archived logs are kept, what that is about to delete, and the way back. */
export function RetentionPanel({ workspace, state, marked, rights }: RetentionPanelProps) {
  const [open, setOpen] = useState<"change" | "undo" | null>(null);
  const change = useRef<HTMLButtonElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  const dialog = (which: "change" | "undo") => ({
    open: open === which,
    onOpenChange: (is: boolean) => setOpen(is ? which : null),
  });
  const undoable = rights.delete && marked.chunks > 0 && state.previous !== undefined;
  return (
    <Panel
      title="Retention"
      aside={
        rights.delete && (
          <Button ref={change} size="sm" aria-label="Change the retention" onClick={() => setOpen("change")}>
            Change…
          </Button>
        )
      }
    >
      <p className="mt-2">Archived logs are {retentionWords(state.policy)}.</p>
      {state.updatedAt && (
        <p className="text-12 text-text-3">
          Set {state.updatedBy && `by ${state.updatedBy} `}
          <Time at={state.updatedAt} />.
        </p>
      )}
      <MarkedList
        workspace={workspace}
        marked={marked}
        rights={rights}
        undo={
          undoable && (
            <Button ref={undo} size="sm" onClick={() => setOpen("undo")}>
              Undo…
            </Button>
          )
        }
      />
      <ActDialog {...dialog("change")} title="How long archived logs are kept" returnFocusTo={change}>
        <RetentionForm workspace={workspace} state={state} />
      </ActDialog>
      {state.previous && (
        <ActDialog {...dialog("undo")} title="Undo the last change of the retention" returnFocusTo={undo}>
          <UndoForm workspace={workspace} state={state} previous={state.previous} />
        </ActDialog>
      )}
    </Panel>
  );
}

interface UndoFormProps {
  workspace: string;
  state: RetentionState;
  previous: NonNullable<RetentionState["previous"]>;
}

function UndoForm({ workspace, state, previous }: UndoFormProps) {
  const [seen] = useState({ updatedAt: state.updatedAt, previous });
  const { policy, changedAt } = seen.previous;
  const { data, error } = useQuery(retentionPreviewOptions(workspace, policy?.days ?? null));
  return (
    <ActForm
      workspace={workspace}
      action={undoRetentionAction}
      hidden={{ seen: seen.updatedAt ?? "" }}
      submit="Undo the change"
      pending={{ label: "Undoing" }}
      blocked={!data}
    >
      <p className="mb-3 text-text-2">
        Archived logs are again {retentionWords(policy)}, as before the change <Time at={changedAt} />.
      </p>
      {error ? (
        <Note tone="fail">{error.message}</Note>
      ) : data ? (
        <RetentionPreview preview={data} undoHours={policy?.undoHours ?? 0} />
      ) : (
        <FactSkeleton lines={2} />
      )}
    </ActForm>
  );
}
