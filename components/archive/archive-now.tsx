"use client";

import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { archiveNowAction } from "@/lib/archive/actions";
import { formatCount, formatPlural } from "@/lib/format";
import type { EpisodeSummary } from "@/lib/logs/schema";

interface ArchiveNowProps {
  workspace: string;
  episode: EpisodeSummary;
}

/** The one act of the page. It says first what will happen to which rows. */
export function ArchiveNow({ workspace, episode }: ArchiveNowProps) {
  const [open, setOpen] = useState(false);
  const blocked = episode.archiving
    ? "This episode is being archived now"
    : episode.hot === 0
      ? "Every row is archived"
      : null;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary" disabled={blocked !== null && !open} title={blocked ?? undefined}>
          Archive now
        </Button>
      </DialogTrigger>
      <DialogContent
        title={
          <>
            Archive <span className="mono text-13">{episode.episodeId}</span>
          </>
        }
      >
        <ArchiveForm workspace={workspace} episode={episode} />
      </DialogContent>
    </Dialog>
  );
}

function ArchiveForm({ workspace, episode }: ArchiveNowProps) {
  const [state, act, pending] = useActionState(archiveNowAction.bind(null, workspace), null);
  // What was agreed to, however the figures change while it happens.
  const [agreed] = useState(episode);
  if (state?.ok) {
    return (
      <>
        <p role="status" className="flex items-center gap-2">
          <StatusGlyph tone="ok" />
          {state.message ?? "Done."}
        </p>
        <DialogActions>
          <DialogClose asChild>
            <Button>Close</Button>
          </DialogClose>
        </DialogActions>
      </>
    );
  }
  return (
    <form action={act}>
      <input type="hidden" name="episodeId" value={agreed.episodeId} />
      <input type="hidden" name="everything" value="true" />
      <Plan episode={agreed} />
      <p role="status" className="mt-3 flex min-h-5 items-center gap-2 text-12 empty:hidden">
        {pending && (
          <>
            <StatusGlyph tone="run" />
            Archiving. This page may be left; the worker finishes what is left over.
          </>
        )}
        {!pending && state && (
          <>
            <StatusGlyph tone="fail" />
            <span className="text-fail-text">{state.message}</span>
          </>
        )}
      </p>
      <DialogActions>
        <DialogClose asChild>
          <Button>{pending ? "Close" : "Keep as is"}</Button>
        </DialogClose>
        <Button type="submit" variant="primary" disabled={pending}>
          {pending ? "Archiving" : `Archive ${formatPlural(agreed.hot, "row")}`}
        </Button>
      </DialogActions>
    </form>
  );
}

function Plan({ episode }: { episode: EpisodeSummary }) {
  const from = Number(episode.archivedThrough) + 1;
  const to = Number(episode.nextSequenceNumber) - 1;
  return (
    <>
      <dl className="border-line border-t">
        <Line name="Moved to the archive">{formatPlural(episode.hot, "row")}</Line>
        <Line name="Sequence numbers">
          {formatCount(from)} to {formatCount(to)}
        </Line>
        <Line name="Archived already, untouched">{formatPlural(episode.archived, "row")}</Line>
      </dl>
      <p className="mt-3 text-text-2">
        Each chunk is written, read back and verified before its rows are deleted from the live store. The
        rows keep their numbers and links, and stay readable here all the time.
        {!episode.ended && " Rows written from now on stay live."}
      </p>
    </>
  );
}

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex h-8 items-center justify-between border-line border-b">
      <dt className="text-text-2">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
