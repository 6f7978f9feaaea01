"use server";

import { workspaceAction } from "@/lib/auth/action";
import { deleteView, editView, saveView, updateView } from "@/lib/saved-views/mutations";
import { logViewForms } from "./forms";

// Everybody who reads logs may keep views for themselves; what others see asks for more (lib/saved-views/mutations.ts).
const refresh = { refresh: "log-views" };

export const saveViewAction = workspaceAction(
  "logs:read",
  logViewForms.save,
  (scope, { episodeId, onlyHere, ...view }) =>
    saveView(scope, "logs", { ...view, episodeId: onlyHere ? episodeId : null }),
  refresh,
);
export const updateViewAction = workspaceAction(
  "logs:read",
  logViewForms.update,
  (scope, input) => updateView(scope, "logs", input),
  refresh,
);
export const editViewAction = workspaceAction(
  "logs:read",
  logViewForms.edit,
  (scope, input) => editView(scope, "logs", input),
  refresh,
);
export const deleteViewAction = workspaceAction(
  "logs:read",
  logViewForms.remove,
  (scope, input) => deleteView(scope, "logs", input),
  refresh,
);
