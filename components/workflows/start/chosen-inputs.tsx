"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { Choice, InputOption } from "@/lib/datasets/schema";
import { formatBytes, formatCount } from "@/lib/format";
import { kindIcon } from "./input-picker";

interface ChosenInputsProps {
  chosen: readonly Choice[];
  optionOf: (choice: Choice) => InputOption | undefined;
  onVersion: (choice: Choice, versionId: string | undefined) => void;
  onRemove: (choice: Choice) => void;
}

const latest = "latest";

/** What the run will be bound to. A dataset follows its newest version unless one is named. */
export function ChosenInputs({ chosen, optionOf, onVersion, onRemove }: ChosenInputsProps) {
  return (
    <ul aria-label="Chosen inputs" className="mb-2">
      {chosen.map((choice) => {
        const option = optionOf(choice);
        const Icon = kindIcon[choice.kind];
        const name = option?.name ?? choice.id;
        return (
          <li
            key={`${choice.kind} ${choice.id}`}
            className="flex min-h-9 items-center gap-2 border-line border-b py-1 max-md:flex-wrap"
          >
            <Icon size={14} aria-hidden="true" className="text-text-3" />
            <span className="min-w-0 grow truncate font-medium">{name}</span>
            {option ? (
              <span className="text-12 text-text-3 max-md:hidden">{formatBytes(option.sizeBytes)}</span>
            ) : (
              <span className="text-12 text-fail-text">no longer in this workspace</span>
            )}
            {option && choice.kind === "dataset" && (
              <Select
                label={`Version of ${name}`}
                value={choice.versionId ?? latest}
                options={[
                  { value: latest, label: `newest: ${option.versions[0]?.tag ?? "none"}` },
                  ...option.versions
                    .filter(({ ready, id }) => ready || id === choice.versionId)
                    .map(({ id, tag, rows }) => ({
                      value: id,
                      label: rows === null ? tag : `${tag}, ${formatCount(rows)} rows`,
                    })),
                ]}
                onValueChange={(value) => onVersion(choice, value === latest ? undefined : value)}
                className="h-7 w-52 max-md:h-9"
              />
            )}
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove ${name}`}
              onClick={() => onRemove(choice)}
            >
              <X size={14} aria-hidden="true" />
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
