"use server";

import { workspaceAction } from "@/lib/auth/action";
import { retryFailedInput, retryRunInput, retryTasksInput, runInput, startRunInput } from "./control-input";
import { cancel, retryAllFailed, retryChosen, retryWhole, start } from "./mutations";

const refresh = "runs";

/** Ends what waits at once, and tells what runs. */
export const cancelRunAction = workspaceAction("runs:write", runInput, cancel, { refresh });

/** The chosen tasks and everything behind them, in the same run. */
export const retryTasksAction = workspaceAction("runs:write", retryTasksInput, retryChosen, { refresh });

/** Every task that failed or was cancelled while all before it had succeeded, in one operation. */
export const retryFailedAction = workspaceAction("runs:write", retryFailedInput, retryAllFailed, { refresh });

/** A new run like an old one, with the same inputs or others; goes to its page. */
export const retryRunAction = workspaceAction("runs:write", retryRunInput, retryWhole, { refresh });

/** A new run of a version of a workflow; goes to its page. */
export const startRunAction = workspaceAction("runs:write", startRunInput, start, { refresh });
