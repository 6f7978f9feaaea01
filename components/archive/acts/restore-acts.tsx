"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { Time } from "@/components/ui/time";
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

/** Of a restore under way: let it stay longer, or end it before its time. */
export function RestoreActs(props: RestoreActsProps) {
  const [open, setOpen] = useState<"extend" | "end" | null>(null);
  const [extend, end] = [useRef<HTMLButtonElement>(null), useRef<HTMLButtonElement>(null)];
  const { from, to } = props.restore;
  const range = `rows ${formatCount(from)} to ${formatCount(to)}`;
  const dialog = (which: "extend" | "end") => ({
    open: open === which,
    onOpenChange: (is: boolean) => setOpen(is ? which : null),
  });
  return (
    <>
      <Button ref={extend} size="sm" aria-label={`Extend ${range}`} onClick={() => setOpen("extend")}>
        Extend…
      </Button>
      <Button ref={end} size="sm" aria-label={`End ${range} now`} onClick={() => setOpen("end")}>
        End now…
      </Button>
      <ExtendRestore {...props} {...dialog("extend")} returnFocusTo={extend} />
      <EndRestore {...props} {...dialog("end")} returnFocusTo={end} />
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
            <Time at={restore.expiresAt} />
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
