"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DialogContent } from "@/components/ui/dialog";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { isUnfinished } from "@/lib/logs/export/jobs/schema";
import { exportsOptions } from "@/lib/logs/export/query-options";
import { useExplorerContext } from "../explorer/explorer-context";
import { ExportForm } from "./export-form";
import { ExportList } from "./export-list";

/** A new export, and those one has. It opens at the latter while one of them is under way. */
export function ExportDialog() {
  const { address } = useExplorerContext();
  const { data } = useQuery(exportsOptions(address.workspace));
  const [tab, setTab] = useState(data?.exports.some(isUnfinished) ? "yours" : "new");
  return (
    <DialogContent
      title={
        <>
          Export <span className="mono text-13">{address.episodeId}</span>
        </>
      }
      className="w-[min(600px,calc(100vw-24px))] max-md:top-[6vh] max-md:max-h-[88vh]"
    >
      <Tabs value={tab} onValueChange={setTab}>
        <TabsList>
          <TabsTrigger value="new">New export</TabsTrigger>
          <TabsTrigger value="yours" count={data?.exports.length || undefined}>
            Your exports
          </TabsTrigger>
        </TabsList>
        <TabsContent value="new" className="min-h-86 pt-3 focus-visible:shadow-none">
          <ExportForm onStarted={() => setTab("yours")} />
        </TabsContent>
        <TabsContent value="yours" className="min-h-86 pt-1 focus-visible:shadow-none">
          <ExportList />
        </TabsContent>
      </Tabs>
    </DialogContent>
  );
}
