"use server";

import { workspaceAction } from "@/lib/auth/action";
import { archiveNow } from "./mutations";
import { archiveNowInput } from "./schema";

/** "Archive now": in this request as far as its time goes, the rest by the worker. */
export const archiveNowAction = workspaceAction("archive:write", archiveNowInput, archiveNow, {
  refresh: "archive",
});
