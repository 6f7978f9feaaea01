"use server";

import { workspaceAction } from "@/lib/auth/action";
import { decide, reopen } from "./mutations";
import { decideInput, reopenInput } from "./schema";

export const decideFailureAction = workspaceAction("runs:write", decideInput, decide, {
  refresh: "runs/failures",
});
export const reopenFailureAction = workspaceAction("runs:write", reopenInput, reopen, {
  refresh: "runs/failures",
});
