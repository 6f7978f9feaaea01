"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogClose } from "@/components/ui/dialog";
import { formatBytes, formatCount, formatPlural } from "@/lib/format";
import { ActDialog, type ActDialogProps, EpisodeId } from "./act-dialog";
import { Done, Note } from "./act-form";
import { Fact, FactList } from "./fact-list";
import { ProgressBar } from "./progress-bar";
import { type ScrubRun, useScrub } from "./use-scrub";

interface VerifyNowProps extends ActDialogProps {
  workspace: string;
  episodeId: string;
  chunks: number;
  bytes: number;
  /** Only this chunk. */
  chunkNumber?: number;
}

/** Reads chunks again and compares every byte with what was written. It changes nothing but what is known. */
export function VerifyNow(props: VerifyNowProps) {
  const { workspace, episodeId, chunks, bytes, chunkNumber, ...dialog } = props;
  return (
    <ActDialog
      {...dialog}
      title={
        <>
          {chunkNumber === undefined ? "Verify" : `Verify chunk ${formatCount(chunkNumber)} of`}{" "}
          <EpisodeId>{episodeId}</EpisodeId>
        </>
      }
    >
      <VerifyBody {...props} />
    </ActDialog>
  );
}

function VerifyBody({ workspace, episodeId, chunks, bytes, chunkNumber }: VerifyNowProps) {
  const router = useRouter();
  const place = { workspace, episodeId };
  const { run, start, stop } = useScrub(place, chunkNumber ?? null, () => router.refresh());
  const leave = useEffectEvent(stop);
  // Closing the dialog ends the reading too: nobody watches it any more, and the worker takes over.
  useEffect(() => () => leave(), []);
  if (run.phase === "done") return <Result result={run.result} />;
  const reading = run.phase === "reading";
  return (
    <>
      <FactList>
        <Fact name="Read from the object store" tone="run">
          {formatPlural(chunks, "chunk")}, {formatBytes(bytes)}
        </Fact>
        <Fact name="Compared">hash, member, number and level of every row</Fact>
        <Fact name="Changed" tone="ok">
          nothing but what is known of each chunk
        </Fact>
      </FactList>
      {run.phase !== "ready" && <Progress run={run} chunks={chunks} />}
      <DialogActions>
        {reading ? (
          <Button onClick={stop}>Stop reading</Button>
        ) : (
          <>
            <DialogClose asChild>
              <Button>Close</Button>
            </DialogClose>
            <Button variant="primary" disabled={chunks === 0} onClick={() => void start()}>
              {run.phase === "ready" ? `Verify ${formatPlural(chunks, "chunk")}` : "Start again"}
            </Button>
          </>
        )}
      </DialogActions>
    </>
  );
}

function Progress({ run, chunks }: { run: Exclude<ScrubRun, { phase: "ready" | "done" }>; chunks: number }) {
  const { progress } = run;
  const checked = progress?.chunksChecked ?? 0;
  const total = progress?.chunks ?? chunks;
  const bad = progress?.problems ?? 0;
  return (
    <div className="mt-4">
      <ProgressBar done={checked} total={total} tone={bad > 0 ? "fail" : "run"} label="Chunks read again" />
      <p role="status" className="mt-1.5 text-12 text-text-2">
        {formatCount(checked)} of {formatPlural(total, "chunk")}, {formatBytes(progress?.bytesRead ?? 0)}
        {bad > 0 && <span className="text-fail-text">, {formatPlural(bad, "problem")}</span>}
      </p>
      {run.phase === "stopped" && (
        <Note>Stopped. What was read is on record; the worker reads the rest by and by.</Note>
      )}
      {run.phase === "failed" && <Note tone="fail">{run.message}</Note>}
    </div>
  );
}

function Result({ result }: { result: Extract<ScrubRun, { phase: "done" }>["result"] }) {
  const { chunksChecked, bytesRead, healed, problems } = result;
  return (
    <Done tone={problems.length > 0 ? "fail" : "ok"}>
      <p>
        {formatPlural(chunksChecked, "chunk")} read again, {formatBytes(bytesRead)}
        {problems.length === 0
          ? ", every row as it was written."
          : `, ${formatPlural(problems.length, "problem")}.`}
        {healed > 0 &&
          ` ${formatPlural(healed, "chunk")} that ${healed === 1 ? "was" : "were"} bad can be read again.`}
      </p>
      {problems.length > 0 && (
        <ul aria-label="Problems" className="mt-2 max-h-60 overflow-y-auto text-12 text-fail-text">
          {problems.map((sentence) => (
            <li key={sentence} className="border-line border-t py-1.5 first:border-t-0">
              {sentence}
            </li>
          ))}
        </ul>
      )}
    </Done>
  );
}
