"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { saveEpisodeArchivingAction } from "@/lib/archive/actions";
import { actsOptions } from "@/lib/archive/acts/query-options";
import type { EpisodeActs } from "@/lib/archive/acts/schema";
import { archivingMark } from "@/lib/archive/policy/schema";
import { ActDialog, type ActDialogProps, EpisodeId } from "./act-dialog";
import { ActForm } from "./act-form";
import { ArchivingFields } from "./archiving-fields";
import { FactSkeleton } from "./fact-list";
import { LoadFailed } from "./load-failed";

interface EpisodeSettingsProps extends ActDialogProps {
  workspace: string;
  acts: EpisodeActs;
}

/** How this one episode is archived from its next chunk on. */
export function EpisodeSettings({ workspace, acts, ...dialog }: EpisodeSettingsProps) {
  return (
    <ActDialog
      {...dialog}
      title={
        <>
          How <EpisodeId>{acts.episodeId}</EpisodeId> is archived
        </>
      }
      description="From its next chunk on. What is archived already stays as it was cut."
    >
      <SettingsBody workspace={workspace} episodeId={acts.episodeId} shown={acts} />
    </ActDialog>
  );
}

interface SettingsBodyProps {
  workspace: string;
  episodeId: string;
  shown: EpisodeActs;
}

function SettingsBody({ workspace, episodeId, shown }: SettingsBodyProps) {
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...actsOptions({ workspace, episodeId }, shown),
    refetchOnReconnect: false,
  });
  if (error) return <LoadFailed error={error} onRetry={() => void refetch()} />;
  // Not typed over what was on the page: that may be old, and saving it would be refused.
  if (!data || isPlaceholderData) return <FactSkeleton lines={8} />;
  return <SettingsForm workspace={workspace} episodeId={episodeId} archiving={data.archiving} />;
}

interface SettingsFormProps {
  workspace: string;
  episodeId: string;
  archiving: EpisodeActs["archiving"];
}

function SettingsForm({ workspace, episodeId, archiving }: SettingsFormProps) {
  const [seen] = useState(archiving);
  return (
    <ActForm
      workspace={workspace}
      action={saveEpisodeArchivingAction}
      hidden={{ episodeId, seen: archivingMark(seen) }}
      submit="Save for this episode"
      pending={{ label: "Saving" }}
    >
      {(failure) => <ArchivingFields shown={seen} values={failure?.values} errors={failure?.fields} />}
    </ActForm>
  );
}
