"use client";

import { ToggleGroup } from "@/components/ui/toggle-group";
import { useExplorerContext } from "./explorer-context";
import { otherViews } from "./views";

/** Rows, or what stands in their place. */
export function ViewSwitch() {
  const { params } = useExplorerContext();
  if (otherViews.length === 0) return null;
  return (
    <ToggleGroup
      label="View"
      value={params.view}
      options={[
        { value: "rows", label: "Rows" },
        ...otherViews.map(({ view, label }) => ({ value: view, label })),
      ]}
      onValueChange={params.setView}
    />
  );
}
