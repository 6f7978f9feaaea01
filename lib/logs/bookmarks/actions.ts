"use server";

import { workspaceAction } from "@/lib/auth/action";
import { markRow, unmarkRow } from "./mutations";
import { markRowInput, unmarkRowInput } from "./schema";

const refresh = { refresh: "logs" };

// A mark is a person's own note beside a row: whoever may read the row may have one.
export const markRowAction = workspaceAction("logs:read", markRowInput, markRow, refresh);
export const unmarkRowAction = workspaceAction("logs:read", unmarkRowInput, unmarkRow, refresh);
