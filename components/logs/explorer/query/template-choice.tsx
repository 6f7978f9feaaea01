"use client";

import { ToggleGroup } from "@/components/ui/toggle-group";
import { useExplorerContext } from "../explorer-context";

interface TemplateChoiceProps {
  template: string;
  left: boolean;
  onDone: () => void;
}

/** A message template in full, and whether its rows are the ones wanted or those left out. */
export function TemplateChoice({ template, left, onDone }: TemplateChoiceProps) {
  const { params } = useExplorerContext();
  const others = params.without.filter((other) => other !== template);
  return (
    <div className="flex flex-col gap-2">
      <p className="mono max-h-40 overflow-auto break-words text-12">{template}</p>
      <ToggleGroup
        label="Rows of this template"
        value={left ? "without" : "only"}
        options={[
          { value: "only", label: "Only these rows" },
          { value: "without", label: "Leave them out" },
        ]}
        onValueChange={(next) => {
          params.set(
            next === "only"
              ? { template, without: others.length > 0 ? others : null }
              : { template: null, without: [...others, template] },
          );
          onDone();
        }}
      />
    </div>
  );
}
