"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useActionState, useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { startExportAction } from "@/lib/logs/export/jobs/actions";
import { exportsKey } from "@/lib/logs/export/query-options";
import type { EpisodeAddress } from "@/lib/logs/query-options";
import { newUuid } from "./new-uuid";

interface BackgroundExportProps {
  address: EpisodeAddress;
  params: URLSearchParams | null;
  primary: boolean;
  empty: boolean;
  onStarted: () => void;
}

/** A worker writes the file; the page may be left meanwhile. */
export function BackgroundExport({ address, params, primary, empty, onStarted }: BackgroundExportProps) {
  const client = useQueryClient();
  // Drawn once: a form that is sent twice starts one export.
  const [exportId] = useState(newUuid);
  const [state, act, pending] = useActionState(startExportAction.bind(null, address.workspace), null);
  const started = useEffectEvent(() => {
    void client.invalidateQueries({ queryKey: exportsKey(address.workspace) });
    onStarted();
  });
  useEffect(() => {
    if (state?.ok) started();
  }, [state]);
  return (
    <form action={act} className="contents">
      {state?.ok === false && (
        <p role="alert" className="mr-auto self-center text-12 text-fail-text">
          {state.message}
        </p>
      )}
      <input type="hidden" name="exportId" value={exportId} />
      <input type="hidden" name="episodeId" value={address.episodeId} />
      <input type="hidden" name="params" value={params?.toString() ?? ""} />
      <Button
        type="submit"
        variant={primary ? "primary" : "default"}
        disabled={pending || params === null || empty}
      >
        {pending ? "Starting" : "Prepare in the background"}
      </Button>
    </form>
  );
}
