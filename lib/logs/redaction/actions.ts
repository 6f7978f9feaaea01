"use server";

import { workspaceAction } from "@/lib/auth/action";
import { deleteRedactionRule, moveRedactionRule, saveRedactionRule, switchRedactionRule } from "./mutations";
import { deleteRuleInput, moveRuleInput, saveRuleInput, switchRuleInput, tryLineInput } from "./schema";
import { tryLine } from "./try-line";

const refresh = { refresh: "settings/logs" };

export const saveRuleAction = workspaceAction("redaction:write", saveRuleInput, saveRedactionRule, refresh);
export const switchRuleAction = workspaceAction(
  "redaction:write",
  switchRuleInput,
  switchRedactionRule,
  refresh,
);
export const moveRuleAction = workspaceAction("redaction:write", moveRuleInput, moveRedactionRule, refresh);
export const deleteRuleAction = workspaceAction(
  "redaction:write",
  deleteRuleInput,
  deleteRedactionRule,
  refresh,
);
export const tryLineAction = workspaceAction("redaction:read", tryLineInput, tryLine, refresh);
