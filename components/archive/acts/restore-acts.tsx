"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Countdown } from "@/components/ui/countdown";
import { Select } from "@/components/ui/select";
import { cancelRestoreAction, requestRestoreAction } from "@/lib/archive/actions";
import { actKeys } from "@/lib/archive/acts/query-options";
import type { Restore } from "@/lib/archive/acts/schema";
import { formatCount, formatPlural } from "@/lib/format";
import { ActDialog, type ActDialogProps } from "./act-dialog";
import { ActForm, Note } from "./act-form";
import { Fact, FactList } from "./fact-list";
import { hoursOptions, type RestoreHours } from "./restore-hours";

interface RestoreActsProps {
  workspace: string;
  episodeId: string;
  restore: Restore;
}

export type RestoreAct = "extend" | "end";

/**
 * What is done to one restore among several: it stays longer, or ends before its time. The forms stand beside the list: a
 * restore that has ended has no buttons any more, and what became of it is said all the same.
 */
export function useRestoreActs(
  workspace: string,
  episodeId: string,
): { begin: (act: RestoreAct, restore: Restore, opener: HTMLElement) => void; form: ReactNode } {
  const [chosen, setChosen] = useState<{ act: RestoreAct; restore: Restore } | null>(null);
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLElement>(null);
  const Form = chosen?.act === "extend" ? ExtendRestore : EndRestore;
  return {
    begin: (act, restore, from) => {
      opener.current = from;
      setChosen({ act, restore });
      setOpen(true);
    },
    form: chosen && (
      <Form
        workspace={workspace}
        episodeId={episodeId}
        restore={chosen.restore}
        open={open}
        onOpenChange={setOpen}
        returnFocusTo={opener}
      />
    ),
  };
}

interface RestoreButtonsProps {
  restore: Restore;
  onBegin: (act: RestoreAct, restore: Restore, opener: HTMLElement) => void;
}

export function RestoreButtons({ restore, onBegin }: RestoreButtonsProps) {
  const range = `rows ${formatCount(restore.from)} to ${formatCount(restore.to)}`;
  return (
    <>
      <Button
        size="sm"
        aria-label={`Extend ${range}`}
        onClick={(event) => onBegin("extend", restore, event.currentTarget)}
      >
        Extend…
      </Button>
      <Button
        size="sm"
        aria-label={`End ${range} now`}
        onClick={(event) => onBegin("end", restore, event.currentTarget)}
      >
        End now…
      </Button>
    </>
  );
}

function ExtendRestore({ workspace, episodeId, restore, ...dialog }: RestoreActsProps & ActDialogProps) {
  const client = useQueryClient();
  const [hours, setHours] = useState<RestoreHours>("72");
  return (
    <ActDialog {...dialog} title={`Extend rows ${formatCount(restore.from)}–${formatCount(restore.to)}`}>
      <ActForm
        workspace={workspace}
        action={requestRestoreAction}
        hidden={{ episodeId, from: restore.from, to: restore.to, hours }}
        submit="Extend"
        pending={{ label: "Extending" }}
        onDone={() => void client.invalidateQueries({ queryKey: actKeys.restores({ workspace, episodeId }) })}
      >
        <FactList>
          <Fact name="Ends now">
            <Countdown until={restore.expiresAt} after="now" />
          </Fact>
          <Fact name="Ends then, counted from now">
            <Select
              label="Ends in"
              value={hours}
              options={hoursOptions}
              onValueChange={setHours}
              className="h-7 w-32 max-md:h-9"
            />
          </Fact>
          <Fact name="Read again" tone="ok">
            nothing: the rows are there
          </Fact>
        </FactList>
        <Note>The later of the two times holds.</Note>
      </ActForm>
    </ActDialog>
  );
}

function EndRestore({ workspace, episodeId, restore, ...dialog }: RestoreActsProps & ActDialogProps) {
  const client = useQueryClient();
  return (
    <ActDialog
      {...dialog}
      title={`End the restore of rows ${formatCount(restore.from)}–${formatCount(restore.to)}`}
    >
      <ActForm
        workspace={workspace}
        action={cancelRestoreAction}
        hidden={{ restoreId: restore.restoreId }}
        submit="End the restore"
        pending={{ label: "Ending" }}
        keep="Keep it"
        onDone={() => void client.invalidateQueries({ queryKey: actKeys.restores({ workspace, episodeId }) })}
      >
        <FactList>
          <Fact name="Copies deleted from the live store" tone="off">
            {formatPlural(restore.rows, "row")}
          </Fact>
          <Fact name="Still in the archive" tone="ok">
            every one of them
          </Fact>
        </FactList>
        <Note>
          Pages of these rows are read from the archive again, at its speed. The quota is free at once.
        </Note>
      </ActForm>
    </ActDialog>
  );
}
