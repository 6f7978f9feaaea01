"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useAct } from "@/components/saved-views/use-act";
import { Button } from "@/components/ui/button";
import { type GlyphShape, type GlyphTone, StatusGlyph } from "@/components/ui/status-glyph";
import { formatBytes, formatRelative } from "@/lib/format";
import { cancelExportAction, deleteExportFileAction } from "@/lib/logs/export/jobs/actions";
import { type ExportJob, type ExportState, isUnfinished } from "@/lib/logs/export/jobs/schema";
import { exportFilePath, exportsKey } from "@/lib/logs/export/query-options";
import { ExportProgress } from "./export-progress";
import { ExportResult } from "./export-result";
import { saidQuery } from "./said-query";

const look: Record<ExportState, { tone: GlyphTone; shape?: GlyphShape; word: string }> = {
  queued: { tone: "off", shape: "dashed", word: "Waiting for a worker" },
  running: { tone: "run", word: "Being written" },
  done: { tone: "ok", word: "Ready" },
  failed: { tone: "fail", word: "Failed" },
  cancelled: { tone: "off", shape: "stopped", word: "Cancelled" },
  expired: { tone: "off", shape: "ring", word: "Deleted" },
};

export function ExportItem({ workspace, job }: { workspace: string; job: ExportJob }) {
  const client = useQueryClient();
  const { act, pending, failure } = useAct(workspace);
  const again = () => void client.invalidateQueries({ queryKey: exportsKey(workspace) });
  const { tone, shape, word } = look[job.state];
  return (
    <li className="py-2.5" data-export={job.id} data-state={job.state}>
      <div className="flex min-h-7 items-center gap-2">
        <StatusGlyph tone={tone} shape={shape} />
        <span className="whitespace-nowrap font-medium">{word}</span>
        <span className="mono min-w-0 truncate text-text-2">{job.fileName}</span>
        <span className="ml-auto flex shrink-0 gap-1.5">
          {isUnfinished(job) && (
            <Button
              size="sm"
              disabled={pending}
              aria-label={`Cancel ${job.fileName}`}
              onClick={() => act(cancelExportAction, { exportId: job.id }, again)}
            >
              Cancel
            </Button>
          )}
          {job.state === "done" && (
            <>
              <Button
                size="sm"
                variant="ghost"
                disabled={pending}
                aria-label={`Delete ${job.fileName}`}
                onClick={() => act(deleteExportFileAction, { exportId: job.id }, again)}
              >
                Delete
              </Button>
              <Button size="sm" asChild>
                <a href={exportFilePath(workspace, job.id)} download={job.fileName}>
                  <Download size={13} aria-hidden="true" />
                  Download {job.sizeBytes !== null && formatBytes(job.sizeBytes)}
                </a>
              </Button>
            </>
          )}
        </span>
      </div>
      <p className="pl-5 text-12 text-text-3 md:truncate">
        {saidQuery(job.params)}, asked for {formatRelative(job.createdAt)}
        {job.state === "done" && job.expiresAt && `, deleted ${formatRelative(job.expiresAt)}`}
      </p>
      {isUnfinished(job) && <ExportProgress job={job} />}
      {job.error && <p className="pl-5 text-12 text-fail-text">{job.error}</p>}
      {job.state === "done" && job.result && <ExportResult job={job} result={job.result} />}
      {failure && (
        <p role="alert" className="pl-5 text-12 text-fail-text">
          {failure.message}
        </p>
      )}
    </li>
  );
}
