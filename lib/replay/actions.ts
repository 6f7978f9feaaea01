"use server";

import { workspaceAction } from "@/lib/auth/action";
import { replayRun } from "./mutations";
import { replayInput } from "./schema";

export const replayRunAction = workspaceAction(
  "runs:write",
  replayInput,
  async (scope, input) => {
    const answer = await replayRun(scope, input);
    return answer.ok ? { ...answer, goTo: `/w/${scope.workspaceSlug}/runs/${answer.runId}` } : answer;
  },
  { refresh: "runs" },
);
