"use server";

import { workspaceAction } from "@/lib/auth/action";
import { deleteView, editView, saveView, updateView } from "@/lib/saved-views/mutations";
import { runViewForms } from "./forms";

// Everybody who reads runs may keep views for themselves; what others see asks for more (lib/saved-views/mutations.ts).
const refresh = { refresh: "runs" };

export const saveRunViewAction = workspaceAction(
  "runs:read",
  runViewForms.save,
  (scope, view) => saveView(scope, "runs", { ...view, episodeId: null }),
  refresh,
);
export const updateRunViewAction = workspaceAction(
  "runs:read",
  runViewForms.update,
  (scope, input) => updateView(scope, "runs", input),
  refresh,
);
export const editRunViewAction = workspaceAction(
  "runs:read",
  runViewForms.edit,
  (scope, input) => editView(scope, "runs", input),
  refresh,
);
export const deleteRunViewAction = workspaceAction(
  "runs:read",
  runViewForms.remove,
  (scope, input) => deleteView(scope, "runs", input),
  refresh,
);
