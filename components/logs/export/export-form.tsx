"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DialogActions } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { formatCount } from "@/lib/format";
import { choiceParams, directBytes, type ExportChoice, rangeProblem } from "@/lib/logs/export/choice";
import { estimateOptions } from "@/lib/logs/export/query-options";
import { useExplorerContext } from "../explorer/explorer-context";
import { BackgroundExport } from "./background-export";
import { CsvOptions, usualColumns } from "./csv-options";
import { DirectDownload } from "./direct-download";
import { EstimateLine } from "./estimate-line";
import { Field } from "./field";

/** What leaves, as what, and how much that is; then now, or in the background. */
export function ExportForm({ onStarted }: { onStarted: () => void }) {
  const { address, params, total } = useExplorerContext();
  const { query, filtered } = params.asked;
  const [choice, setChoice] = useState<ExportChoice>({
    format: "jsonl",
    rows: filtered ? "filtered" : "all",
    from: "",
    to: "",
    columns: usualColumns,
    timezone: params.clock === "local" ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC",
  });
  const change = (patch: Partial<ExportChoice>) => setChoice((now) => ({ ...now, ...patch }));
  const problem = rangeProblem(choice);
  const noColumn = choice.format === "csv" && choice.columns.length === 0;
  const wanted = problem || noColumn ? null : choiceParams(choice, query);
  const estimate = useQuery(estimateOptions(address, wanted));
  return (
    <div className="flex min-h-83 flex-col">
      <div className="mb-auto grid grid-cols-[96px_minmax(0,1fr)] items-start gap-x-3 gap-y-3 max-md:grid-cols-1 max-md:gap-y-1.5">
        <Field name="Format">
          <ToggleGroup
            label="Format"
            value={choice.format}
            options={[
              { value: "jsonl", label: "JSON lines" },
              { value: "csv", label: "CSV" },
            ]}
            onValueChange={(format) => change({ format })}
          />
          <p className="mt-1 text-12 text-text-3">
            {choice.format === "jsonl"
              ? "Every row byte for byte as it is stored, in UTC."
              : "Text that a spreadsheet would run as a formula gets an apostrophe before it."}
          </p>
        </Field>
        <Field name="Rows">
          {filtered && (
            <ToggleGroup
              label="Rows"
              value={choice.rows}
              options={[
                { value: "filtered", label: "Those the filter keeps" },
                { value: "all", label: "All" },
              ]}
              onValueChange={(rows) => change({ rows })}
              className="mb-2"
            />
          )}
          <div className="flex flex-wrap items-center gap-2 text-text-2">
            from row
            <Input
              aria-label="First row"
              inputMode="numeric"
              placeholder="0"
              value={choice.from}
              aria-invalid={problem !== null}
              onChange={(event) => change({ from: event.target.value })}
              className="w-28"
            />
            to
            <Input
              aria-label="Last row"
              inputMode="numeric"
              placeholder={formatCount(Math.max(0, total - 1))}
              value={choice.to}
              aria-invalid={problem !== null}
              onChange={(event) => change({ to: event.target.value })}
              className="w-28"
            />
          </div>
          {problem && (
            <p role="alert" className="mt-1 text-12 text-fail-text">
              {problem}
            </p>
          )}
        </Field>
        {choice.format === "csv" && <CsvOptions choice={choice} onChange={change} />}
        <Field name="Size">
          <EstimateLine
            estimate={estimate.data}
            error={estimate.error}
            reading={estimate.isFetching}
            asked={wanted !== null}
          />
        </Field>
      </div>
      <DialogActions>
        <BackgroundExport
          address={address}
          params={wanted}
          primary={!isSmall(estimate.data)}
          empty={total === 0}
          onStarted={onStarted}
        />
        {isSmall(estimate.data) && <DirectDownload address={address} params={wanted} empty={total === 0} />}
      </DialogActions>
    </div>
  );
}

/** While the size is not known, the way that carries any size stands first. */
function isSmall(estimate: { bytes: number } | undefined): boolean {
  return estimate !== undefined && estimate.bytes <= directBytes;
}
