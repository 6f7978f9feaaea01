"use client";

import { Button } from "@/components/ui/button";
import { DialogActions, DialogClose } from "@/components/ui/dialog";
import { Note } from "./act-form";

/** What an act would do could not be read, so it cannot be agreed to. */
export function LoadFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <>
      <Note tone="fail">{error.message} Nothing was changed.</Note>
      <DialogActions>
        <DialogClose asChild>
          <Button>Close</Button>
        </DialogClose>
        <Button onClick={onRetry}>Try again</Button>
      </DialogActions>
    </>
  );
}
