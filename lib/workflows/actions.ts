"use server";

import { workspaceAction } from "@/lib/auth/action";
import {
  archiveWorkflow,
  createWorkflow,
  duplicateWorkflow,
  publishVersion,
  renameWorkflow,
  restoreWorkflow,
} from "./definitions";
import {
  createWorkflowInput,
  duplicateWorkflowInput,
  publishVersionInput,
  renameWorkflowInput,
  saveVersionInput,
  workflowInput,
} from "./schema";
import { saveVersion } from "./versions";

const refresh = "workflows";
const permission = "workflows:write";

export const createWorkflowAction = workspaceAction(permission, createWorkflowInput, createWorkflow, {
  refresh,
});
export const saveVersionAction = workspaceAction(permission, saveVersionInput, saveVersion, { refresh });
export const publishVersionAction = workspaceAction(permission, publishVersionInput, publishVersion, {
  refresh,
});
export const renameWorkflowAction = workspaceAction(permission, renameWorkflowInput, renameWorkflow, {
  refresh,
});
export const archiveWorkflowAction = workspaceAction(permission, workflowInput, archiveWorkflow, { refresh });
export const restoreWorkflowAction = workspaceAction(permission, workflowInput, restoreWorkflow, { refresh });
export const duplicateWorkflowAction = workspaceAction(
  permission,
  duplicateWorkflowInput,
  duplicateWorkflow,
  {
    refresh,
  },
);
