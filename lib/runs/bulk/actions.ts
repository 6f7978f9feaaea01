"use server";

import { workspaceAction } from "@/lib/auth/action";
import { abortBulk, startBulk } from "./mutations";
import { bulkJobInput, startBulkInput } from "./schema";

const refresh = { refresh: "runs/bulk" };

export const startBulkAction = workspaceAction("runs:write", startBulkInput, startBulk, refresh);
export const abortBulkAction = workspaceAction("runs:write", bulkJobInput, abortBulk, refresh);
