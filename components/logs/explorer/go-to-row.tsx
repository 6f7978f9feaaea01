"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogContent } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import { parseRowNumber } from "@/lib/logs/view/selection";

interface GoToRowProps {
  total: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onGo: (seq: number) => void;
}

export function GoToRow({ total, open, onOpenChange, onGo }: GoToRowProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Go to row"
        description={`Rows are numbered 0 to ${formatCount(Math.max(0, total - 1))}.`}
      >
        <RowForm total={total} onGo={onGo} />
      </DialogContent>
    </Dialog>
  );
}

function RowForm({ total, onGo }: { total: number; onGo: (seq: number) => void }) {
  const [wrong, setWrong] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const seq = parseRowNumber(String(new FormData(event.currentTarget).get("row") ?? ""), total);
        setWrong(seq === null);
        if (seq !== null) onGo(seq);
      }}
    >
      <Input
        name="row"
        inputMode="numeric"
        aria-label="Row number"
        aria-invalid={wrong}
        aria-describedby="row-error"
        autoComplete="off"
      />
      <p id="row-error" role="status" className="min-h-5 pt-1 text-12 text-fail-text">
        {wrong && "There is no such row."}
      </p>
      <DialogActions>
        <Button type="submit" variant="primary">
          Go
        </Button>
      </DialogActions>
    </form>
  );
}
