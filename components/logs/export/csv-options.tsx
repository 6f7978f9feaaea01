"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ToggleChip } from "@/components/ui/chip";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ExportChoice } from "@/lib/logs/export/choice";
import { csvColumns } from "@/lib/logs/export/request";
import { parsePath } from "@/lib/logs/search/metadata-path";
import { Field } from "./field";

export const usualColumns = ["sequenceNumber", "timestamp", "level", "message", "metadata"];
const prefix = "metadata.";

interface CsvOptionsProps {
  choice: ExportChoice;
  onChange: (patch: Partial<ExportChoice>) => void;
}

export function CsvOptions({ choice, onChange }: CsvOptionsProps) {
  const { columns, timezone } = choice;
  const [path, setPath] = useState("");
  const known: readonly string[] = csvColumns;
  const own = columns.filter((column) => !known.includes(column));
  const added = `${prefix}${path.trim()}`;
  const isPath = path.trim() !== "" && !path.includes(",") && parsePath(path.trim()) !== null;
  const toggle = (column: string) =>
    onChange({
      columns: columns.includes(column)
        ? columns.filter((other) => other !== column)
        : // In the order they are offered, so that a file's head does not tell who clicked what first.
          [...known, ...own, column].filter((other) => columns.includes(other) || other === column),
    });
  return (
    <>
      <Field name="Columns">
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="sr-only">Columns</legend>
          {[...known, ...own].map((column) => (
            <ToggleChip key={column} pressed={columns.includes(column)} onClick={() => toggle(column)}>
              {columnName(column)}
            </ToggleChip>
          ))}
        </fieldset>
        <div className="mt-1.5 flex gap-1.5">
          <Input
            aria-label="A value in the metadata"
            placeholder="a value in the metadata, like user.id"
            value={path}
            maxLength={200}
            onChange={(event) => setPath(event.target.value)}
            className="max-w-72"
          />
          <Button
            disabled={!isPath || columns.includes(added)}
            onClick={() => {
              onChange({ columns: [...columns, added] });
              setPath("");
            }}
          >
            <Plus size={14} aria-hidden="true" />
            Add column
          </Button>
        </div>
        {columns.length === 0 && (
          <p role="alert" className="mt-1 text-12 text-fail-text">
            Choose at least one column.
          </p>
        )}
      </Field>
      <Field name="Times in">
        <Select
          label="Time zone"
          value={timezone}
          options={zones(timezone).map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
          onValueChange={(next) => onChange({ timezone: next })}
          className="h-7 max-md:h-9"
        />
      </Field>
    </>
  );
}

function columnName(column: string): string {
  return column === "sequenceNumber" ? "row number" : column === "createdAt" ? "received at" : column;
}

/** The reader's zone and UTC first; the others by name. */
function zones(chosen: string): string[] {
  const local = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set(["UTC", local, chosen, ...Intl.supportedValuesOf("timeZone")])];
}
