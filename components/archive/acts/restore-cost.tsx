"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useEffectEvent } from "react";
import { type EpisodePlace, type RestoreWish, restorePreviewOptions } from "@/lib/archive/acts/query-options";
import type { RestorePreview } from "@/lib/archive/acts/schema";
import { formatBytes, formatCount, formatPlural } from "@/lib/format";
import { Note } from "./act-form";
import { Fact, FactList, FactSkeleton } from "./fact-list";

interface RestoreCostProps {
  place: EpisodePlace;
  /** Null while the fields say nothing one can ask for. */
  wish: RestoreWish | null;
  onSeen: (seen: { wish: RestoreWish; preview: RestorePreview }) => void;
}

const nothing: RestoreWish = { from: "0", to: "0" };

/** What restoring the range reads, stores, and takes of the quota. */
export function RestoreCost({ place, wish, onSeen }: RestoreCostProps) {
  const asked = useDeferredValue(wish);
  const { data, error } = useQuery({
    ...restorePreviewOptions(place, asked ?? nothing),
    enabled: asked !== null,
  });
  const tell = useEffectEvent(onSeen);
  useEffect(() => {
    if (data && asked) tell({ wish: asked, preview: data });
  }, [data, asked]);
  if (asked === null) return <Note>Give the first and the last of a range, in this order.</Note>;
  if (error) return <Note tone="fail">{error.message}</Note>;
  if (!data) return <FactSkeleton lines={4} />;
  const left = data.quota.rows - data.quota.used;
  return (
    <>
      <FactList>
        <Fact name="Whole chunks, rows">
          {formatPlural(data.chunks, "chunk")},{" "}
          <span className="mono">
            {formatCount(data.from)}–{formatCount(data.to)}
          </span>
        </Fact>
        <Fact name="Read from the object store">{formatBytes(data.compressedBytes)}</Fact>
        <Fact name="Stored in the live store">
          {formatPlural(data.rows, "row")}, {formatBytes(data.rawBytes)}
        </Fact>
        <Fact name="Quota of the workspace" tone={data.fits ? "ok" : "fail"}>
          {formatCount(left)} of {formatCount(data.quota.rows)} rows left
        </Fact>
      </FactList>
      {!data.fits && (
        <Note tone="fail">
          {formatPlural(data.rows, "row")} do not fit. End a restore that is no longer needed, or ask for
          less.
        </Note>
      )}
    </>
  );
}
