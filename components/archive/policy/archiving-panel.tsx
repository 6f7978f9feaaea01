"use client";

import { useRef, useState } from "react";
import { ActDialog, type ActDialogProps } from "@/components/archive/acts/act-dialog";
import { ActForm } from "@/components/archive/acts/act-form";
import { ArchivingFields } from "@/components/archive/acts/archiving-fields";
import { Fact, FactList } from "@/components/archive/acts/fact-list";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { saveArchivePolicyAction } from "@/lib/archive/actions";
import type { ArchivePolicy } from "@/lib/archive/policy/queries";
import { archivingWords } from "./policy-words";

interface ArchivingPanelProps {
  workspace: string;
  policy: ArchivePolicy;
  mayChange: boolean;
}

/** When and how rows of new episodes are archived. */
export function ArchivingPanel({ workspace, policy, mayChange }: ArchivingPanelProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { archiving, isDefault, updatedBy, updatedAt } = policy;
  const words = archivingWords(archiving);
  return (
    <Panel
      title="How new episodes are archived"
      aside={
        mayChange && (
          <Button
            ref={button}
            size="sm"
            aria-label="Change how new episodes are archived"
            onClick={() => setOpen(true)}
          >
            Change…
          </Button>
        )
      }
    >
      <div className="max-w-160 [&>dl]:border-t-0">
        <FactList>
          <Fact name="Archiving begins">{words.threshold}</Fact>
          <Fact name="A chunk holds">{words.chunk}</Fact>
          <Fact name="Stays live">{words.tail}</Fact>
          <Fact name="Live rows are archived by age after">{words.age}</Fact>
        </FactList>
      </div>
      <p className="mt-2 max-w-160 text-12 text-text-3">
        {isDefault ? (
          "The defaults of the product."
        ) : (
          <>
            Changed {updatedBy && `by ${updatedBy} `}
            {updatedAt && <Time at={updatedAt} />}.
          </>
        )}{" "}
        An episode takes these when it is made and keeps them; a single one is changed on the archive page.
      </p>
      <ArchivingDialog
        workspace={workspace}
        policy={policy}
        open={open}
        onOpenChange={setOpen}
        returnFocusTo={button}
      />
    </Panel>
  );
}

type ArchivingDialogProps = ActDialogProps & Pick<ArchivingPanelProps, "workspace" | "policy">;

function ArchivingDialog({ workspace, policy, ...dialog }: ArchivingDialogProps) {
  return (
    <ActDialog
      {...dialog}
      title="How new episodes are archived"
      description="For episodes that are made from now on. Those that are there keep what they have."
    >
      <ArchivingForm workspace={workspace} policy={policy} />
    </ActDialog>
  );
}

function ArchivingForm({ workspace, policy }: Pick<ArchivingPanelProps, "workspace" | "policy">) {
  // What this person saw, however often the page behind is drawn anew.
  const [seen] = useState(policy);
  return (
    <ActForm
      workspace={workspace}
      action={saveArchivePolicyAction}
      hidden={{ seen: seen.updatedAt ?? "" }}
      submit="Save for new episodes"
      pending={{ label: "Saving" }}
    >
      {(failure) => (
        <ArchivingFields shown={seen.archiving} values={failure?.values} errors={failure?.fields} />
      )}
    </ActForm>
  );
}
