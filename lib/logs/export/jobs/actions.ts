"use server";

import { workspaceAction } from "@/lib/auth/action";
import { cancelExport, deleteExportFile, startExport } from "./mutations";
import { exportInput, startExportInput } from "./schema";

// Exports are read by the browser, which asks again itself: no page is drawn from them.
const refresh = { refresh: "exports" };

export const startExportAction = workspaceAction("logs:read", startExportInput, startExport, refresh);
export const cancelExportAction = workspaceAction("logs:read", exportInput, cancelExport, refresh);
export const deleteExportFileAction = workspaceAction("logs:read", exportInput, deleteExportFile, refresh);
