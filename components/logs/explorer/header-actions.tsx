"use client";

import { ExportButton } from "../export/export-button";
import { LiveSwitch } from "./live/live-switch";
import { ViewSwitch } from "./view-switch";

/** The end of the top bar: view, then what one does with the episode as a whole. */
export function HeaderActions() {
  return (
    <>
      <ViewSwitch />
      <ExportButton />
      <LiveSwitch />
    </>
  );
}
