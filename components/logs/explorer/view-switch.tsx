"use client";

import { Select } from "@/components/ui/select";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { useExplorerContext } from "./explorer-context";
import { otherViews } from "./views";

const views = [
  { value: "rows" as const, label: "Rows" },
  ...otherViews.map(({ view, label }) => ({ value: view, label })),
];

/** Rows, or what stands in their place. A phone has no room for all the words side by side. */
export function ViewSwitch() {
  const { params } = useExplorerContext();
  const choice = { label: "View", value: params.view, options: views, onValueChange: params.setView };
  return (
    <>
      <ToggleGroup {...choice} className="max-md:hidden" />
      <Select {...choice} className="h-9 shrink-0 md:hidden" />
    </>
  );
}
