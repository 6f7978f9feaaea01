"use client";

import { Field } from "@/components/ui/field";
import { type Archiving, type ArchivingField, archivingFields } from "@/lib/archive/policy/schema";
import { formatCount } from "@/lib/format";

const words: Record<ArchivingField, { label: string; hint: string }> = {
  archiveThreshold: {
    label: "Threshold, rows",
    hint: "An archiver begins when so many rows lie above the hot tail.",
  },
  chunkSize: {
    label: "Chunk size, rows",
    hint: "Most rows of one file. Larger packs better, smaller restores less.",
  },
  keepHot: {
    label: "Hot tail, rows",
    hint: "The newest rows stay in the live store, where a page costs least.",
  },
  archiveAfterHours: { label: "Age, hours", hint: "Live rows that are older go too, however few they are." },
};

interface ArchivingFieldsProps {
  shown: Archiving;
  /** As typed, after a failure. */
  values?: Record<string, string>;
  errors?: Record<string, string>;
}

/** The four numbers that say when and how rows are archived: of an episode, and of a workspace. */
export function ArchivingFields({ shown, values, errors }: ArchivingFieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 max-md:grid-cols-1">
      {archivingFields.map((field) => (
        <Field
          key={field}
          name={field}
          label={words[field].label}
          hint={words[field].hint}
          inputMode="numeric"
          autoComplete="off"
          defaultValue={values?.[field] ?? formatCount(shown[field])}
          error={errors?.[field]}
        />
      ))}
    </div>
  );
}
