"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogTrigger } from "@/components/ui/dialog";
import { isUnfinished } from "@/lib/logs/export/jobs/schema";
import { exportsOptions } from "@/lib/logs/export/query-options";
import { useExplorerContext } from "../explorer/explorer-context";
import { shareDone } from "./share-done";

/** Loaded when it is opened: most who read a log take nothing away. */
const ExportDialog = lazy(() =>
  import("./export-dialog").then(({ ExportDialog: Content }) => ({ default: Content })),
);

/** Rows as a file. While one is prepared, the button says how far it is, so that nobody has to wait for it. */
export function ExportButton() {
  const { address } = useExplorerContext();
  const [open, setOpen] = useState(false);
  const { data } = useQuery(exportsOptions(address.workspace));
  const running = data?.exports.find(isUnfinished);
  const share = running && shareDone(running);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button className="max-md:w-9 max-md:px-0">
          <Download size={14} aria-hidden="true" />
          <span className="max-md:sr-only">
            {running
              ? share === null
                ? "Exporting"
                : `Exporting ${Math.floor((share ?? 0) * 100)}%`
              : "Export"}
          </span>
        </Button>
      </DialogTrigger>
      {open && (
        <Suspense fallback={null}>
          <ExportDialog />
        </Suspense>
      )}
    </Dialog>
  );
}
