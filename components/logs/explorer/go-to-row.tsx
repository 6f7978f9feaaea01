"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogContent } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import { fetchRowAtTime } from "@/lib/logs/places-query-options";
import { placeAsked, zoneOffsetMinutes } from "@/lib/logs/view/place-asked";
import { describeFailure } from "../describe-failure";
import type { Explorer } from "./use-explorer";

export function GoToRow({ explorer }: { explorer: Explorer }) {
  const { total, asking, setAsking } = explorer;
  return (
    <Dialog open={asking} onOpenChange={setAsking}>
      <DialogContent
        title="Go to row or time"
        description={<Examples last={Math.max(0, total - 1)} />}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          document.getElementById(fieldId)?.focus();
        }}
      >
        <PlaceForm explorer={explorer} />
      </DialogContent>
    </Dialog>
  );
}

const fieldId = "go-to-place";
const times = [
  ["14:02", "the last time it was that"],
  ["2026-11-20 14:02", "or to the millisecond"],
  ["-5m", "before the last row"],
  ["+90s", "after the first row"],
] as const;

function Examples({ last }: { last: number }) {
  return (
    <>
      A number from 0 to {formatCount(last)}, or a time:
      <span className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-12">
        {times.map(([time, meaning]) => (
          <span key={time} className="contents">
            <span className="mono whitespace-nowrap">{time}</span>
            <span>{meaning}</span>
          </span>
        ))}
      </span>
    </>
  );
}

function PlaceForm({ explorer }: { explorer: Explorer }) {
  const { address, episode, total, select, setAsking, list } = explorer;
  const [wrong, setWrong] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const zone = list.frame.clock === "local" ? list.frame.zone : "UTC";

  async function go(text: string) {
    const place = placeAsked(text, {
      total,
      firstAt: episode.firstAt,
      lastAt: episode.lastAt,
      offsetMinutes: (at) => zoneOffsetMinutes(zone, at),
    });
    if (!place) return setWrong("There is no such row, and this is no time.");
    if (place.kind === "row") return arrive(place.seq);
    setReading(true);
    try {
      const row = await fetchRowAtTime(address, place.at);
      if (row) return arrive(Number(row.seq));
      setWrong("Every row is older than that.");
    } catch (error) {
      if (error instanceof Error) setWrong(describeFailure(error));
    } finally {
      setReading(false);
    }
  }

  function arrive(seq: number) {
    setAsking(false);
    select(seq, "center");
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setWrong(null);
        void go(String(new FormData(event.currentTarget).get("row") ?? ""));
      }}
    >
      <Input
        id={fieldId}
        name="row"
        aria-label="Row number or time"
        aria-invalid={wrong !== null}
        aria-describedby="row-error"
        autoComplete="off"
      />
      <p id="row-error" role="status" className="min-h-5 pt-1 text-12 text-fail-text">
        {reading ? <span className="text-text-3">looking for the first row then</span> : wrong}
      </p>
      <DialogActions>
        <Button type="submit" variant="primary">
          Go
        </Button>
      </DialogActions>
    </form>
  );
}
