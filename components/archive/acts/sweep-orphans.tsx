"use client";

import { useQuery } from "@tanstack/react-query";
import { CopyButton } from "@/components/ui/copy-button";
import { Time } from "@/components/ui/time";
import { sweepOrphansAction } from "@/lib/archive/actions";
import { sweepPreviewOptions } from "@/lib/archive/acts/query-options";
import type { SweepPreview } from "@/lib/archive/acts/schema";
import { formatBytes, formatCount, formatPlural } from "@/lib/format";
import { ActDialog, type ActDialogProps } from "./act-dialog";
import { ActForm, Done, Note } from "./act-form";
import { Fact, FactList, FactSkeleton } from "./fact-list";
import { LoadFailed } from "./load-failed";

interface SweepOrphansProps extends ActDialogProps {
  workspace: string;
}

/** Lists the objects no chunk points at, and deletes what was listed. */
export function SweepOrphans({ workspace, ...dialog }: SweepOrphansProps) {
  return (
    <ActDialog {...dialog} wide title="Sweep orphans of this workspace">
      <SweepBody workspace={workspace} />
    </ActDialog>
  );
}

function SweepBody({ workspace }: { workspace: string }) {
  const { data, error, refetch, isFetching } = useQuery({
    ...sweepPreviewOptions(workspace),
    // What was looked at is what is deleted: the list does not change under the eyes.
    refetchOnReconnect: false,
  });
  if (error && !isFetching) return <LoadFailed error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <>
        <p role="status" className="mb-3 text-text-2">
          Listing the object store. Nothing is deleted by looking.
        </p>
        <FactSkeleton lines={5} />
      </>
    );
  }
  if (data.orphans.length === 0) {
    return (
      <Done>
        <p>Every object belongs to a chunk.</p>
        <LeftAlone preview={data} />
      </Done>
    );
  }
  return (
    <ActForm
      workspace={workspace}
      action={sweepOrphansAction}
      hidden={{ keys: data.orphans.map(({ key }) => key).join("\n") }}
      submit={`Delete ${formatPlural(data.orphans.length, "object")}`}
      pending={{ label: "Deleting" }}
      danger
    >
      <Orphans preview={data} />
      <LeftAlone preview={data} />
    </ActForm>
  );
}

function Orphans({ preview: { orphans, total, olderThanHours } }: { preview: SweepPreview }) {
  return (
    <>
      <p className="mb-2 text-text-2">
        {formatPlural(total.objects, "object")}, {formatBytes(total.bytes)}, older than {olderThanHours} h:
        left by attempts that were cut short. No chunk points at them, and none ever will: their epochs are
        over.
        {orphans.length < total.objects && ` These are the oldest ${formatCount(orphans.length)}.`}
      </p>
      <ul
        aria-label="Objects without a chunk"
        className="max-h-64 overflow-y-auto border-line border-y text-12"
      >
        {orphans.map(({ key, sizeBytes, modifiedAt }) => (
          <li
            key={key}
            className="grid grid-cols-[minmax(0,1fr)_24px_72px_72px] items-center gap-2 border-line border-b py-1 last:border-b-0 max-md:grid-cols-[minmax(0,1fr)_32px_64px]"
          >
            <span className="mono text-text-2 [overflow-wrap:anywhere]">
              {key.replace(/^workspace=[^/]+\//, "")}
            </span>
            <CopyButton text={key} label={`Copy the key ${key}`} />
            <span className="text-right">{formatBytes(sizeBytes)}</span>
            <Time at={modifiedAt} className="text-right text-text-3 max-md:hidden" />
          </li>
        ))}
      </ul>
    </>
  );
}

function LeftAlone({ preview: { waiting, unexplained, olderThanHours } }: { preview: SweepPreview }) {
  return (
    <>
      {waiting > 0 && (
        <div className="mt-3">
          <FactList>
            <Fact name="Too young to tell, or of an attempt that may still commit" tone="off">
              {formatPlural(waiting, "object")}, look again after {olderThanHours} h
            </Fact>
          </FactList>
        </div>
      )}
      {unexplained.length > 0 && (
        <Note tone="warn">
          {formatPlural(unexplained.length, "object")} that nothing explains{" "}
          {unexplained.length === 1 ? "is" : "are"} never deleted by a sweep:{" "}
          {unexplained.slice(0, 5).join(", ")}
          {unexplained.length > 5 && " and others"}.
        </Note>
      )}
    </>
  );
}
